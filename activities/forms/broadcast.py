"""What somebody writes to families: to whom, about what, and whether to keep the text."""

import re

from django import forms
from django.core.exceptions import ValidationError

from activities.models import Activity, Broadcast, BroadcastText, Registration, Session

Audience = Broadcast.Audience
#: To start from, until a House keeps its own.
TEXTS = {
    "move": (
        "Andere plek",
        "We verhuizen naar een andere plek",
        "We verhuizen naar … .\nHet uur blijft hetzelfde.\nTot dan!",
    ),
    "bring": (
        "Breng mee",
        "Breng iets mee",
        "Breng deze keer mee: … .\nHeb je dat niet? Geen probleem. Kom gewoon.",
    ),
    "room": (
        "Nog plaats",
        "Er is nog plaats",
        "Er is nog plaats. Ken je een gezin dat wil komen? Zeg het voort.",
    ),
    "thanks": (
        "Dank je wel",
        "Dank je wel dat je er was",
        "Fijn dat jullie er waren.\nTot de volgende keer!",
    ),
}


class BroadcastForm(forms.Form):
    """The message. A family is ticked where only some must hear it."""

    audience = forms.ChoiceField(
        label="Aan wie?",
        choices=Audience,
        initial=Audience.CONFIRMED,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie het bericht krijgt."},
    )
    chosen = forms.ModelMultipleChoiceField(
        label="Welke gezinnen?",
        queryset=Registration.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Kies gezinnen uit de lijst.",
            "invalid_pk_value": "Kies gezinnen uit de lijst.",
        },
    )
    subject = forms.CharField(
        label="Onderwerp", max_length=100, error_messages={"required": "Schrijf een onderwerp."}
    )
    text = forms.CharField(
        label="Bericht",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Korte zinnen. De naam, het moment en een link naar de inschrijving zetten wij erbij.",
        error_messages={"required": "Schrijf een bericht."},
    )
    keep_as = forms.CharField(
        label="Bewaar deze tekst als",
        max_length=60,
        required=False,
        help_text="Een naam. De volgende keer kies je hem hierboven.",
    )

    def __init__(self, *args, activity: Activity, session: Session | None, **kwargs):
        super().__init__(*args, **kwargs)
        if session is None:
            del self.fields["chosen"]
            self.fields["audience"].choices = [
                each for each in Audience.choices if each[0] != Audience.CHOSEN
            ]
        else:
            current = session.registrations.current().filter(anonymised_at=None).exclude(email="")
            self.fields["chosen"].queryset = current.order_by("name", "pk")
            self.fields["chosen"].label_from_instance = lambda row: f"{row.name}: {row.get_state_display()}"

    def clean_text(self) -> str:
        """Written by people, on several machines: one kind of line end, and no more than one white line."""
        return re.sub(r"\n{3,}", "\n\n", self.cleaned_data["text"].replace("\r\n", "\n")).strip()

    def clean(self):
        told = super().clean()
        if told.get("audience") == Audience.CHOSEN and "chosen" not in self.errors and not told.get("chosen"):
            raise ValidationError({"chosen": "Vink minstens één gezin aan."})
        return told

    @property
    def message(self) -> dict:
        """Who, and what; for the action."""
        told = self.cleaned_data
        chosen = [row.pk for row in told.get("chosen") or ()]
        return {**{name: told[name] for name in ("audience", "subject", "text")}, "chosen": chosen}


def started_from(activity: Activity, code: str) -> dict[str, str]:
    """The subject and text to start from: one of ours, or one that the House kept; nothing for nonsense."""
    if code in TEXTS:
        _, subject, text = TEXTS[code]
        return {"subject": subject, "text": text}
    if code.isascii() and code.isdigit() and len(code) < 9:
        kept = BroadcastText.objects.filter(house=activity.house_id, pk=int(code)).first()
        return {"subject": kept.subject, "text": kept.text} if kept else {}
    return {}


def texts_of(activity: Activity) -> list[tuple[str, str]]:
    """What one can start from: the code and the name, those of the House first (one query)."""
    kept = BroadcastText.objects.filter(house=activity.house_id).order_by("name")
    return [(str(row.pk), row.name) for row in kept] + [(code, each[0]) for code, each in TEXTS.items()]
