"""What families fill in: where they live, when their children were born, and what they think; and what a House says."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from families.actions.family import MOST_CHILDREN
from families.models import Family, Idea, Talk
from families.participation import QUESTION
from huizen.finder import find_places, place_by_key
from huizen.forms import DateInput, MonthField
from huizen.forms.open import OpenForm
from huizen.models import House
from huizen.vocabulary import AGE_MAX, AGE_MIN, LANGUAGES


class HomeForm(forms.Form):
    """A postcode or a place; a doubt is asked back, never guessed."""

    home = forms.CharField(
        label=_("Waar woon je?"),
        help_text=_("Je postcode of je gemeente. Zo tonen we eerst wat dichtbij is."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )

    languages = forms.MultipleChoiceField(
        label=_("Wat spreken jullie thuis?"),
        help_text=_("Dan tonen we eerst wat je kan volgen."),
        choices=[(code, _(name)) for code, name in LANGUAGES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_home(self):
        typed = self.cleaned_data["home"].strip()
        if not typed:
            return ""
        places = find_places(typed, day=self.today)
        if len(places) == 1 and places[0].exact:
            return places[0].slug
        if not places:
            raise ValidationError(_("Die plaats kennen we niet. Probeer je postcode."))
        labels = ", ".join(place.label for place in places[:4])
        raise ValidationError(
            gettext("Welke bedoel je? %(labels)s. Schrijf de postcode erbij.") % {"labels": labels}
        )


class ChildForm(forms.Form):
    """A child: the name may stay away, the month is what finds a fitting activity."""

    first_name = forms.CharField(label=_("Voornaam"), max_length=40, required=False)
    birth_month = MonthField(
        label=_("Geboortemaand"),
        help_text=_("Bijvoorbeeld 3/2024. Ben je zwanger? Kies de maand waarin je baby komt."),
        required=False,
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_birth_month(self) -> date | None:
        month = self.cleaned_data["birth_month"]
        if month is None:
            return None
        age = (self.today.year - month.year) * 12 + self.today.month - month.month
        if not AGE_MIN <= age <= AGE_MAX:
            raise ValidationError(_("Kies een maand tussen 25 jaar geleden en 9 maanden ver."))
        return month

    def clean(self):
        month_is_blank = "birth_month" not in self.errors and not self.cleaned_data.get("birth_month")
        if self.cleaned_data.get("first_name") and month_is_blank:
            self.add_error("birth_month", gettext("Kies ook de geboortemaand."))
        return self.cleaned_data


class ChildRows(forms.BaseFormSet):
    """As many rows as there are children, and two more."""

    @property
    def children(self) -> list[tuple[str, date]]:
        """Name and month of every row that was filled in."""
        rows = [form.cleaned_data for form in self.forms]
        return [(row["first_name"], row["birth_month"]) for row in rows if row.get("birth_month")]


ChildFormSet = forms.formset_factory(
    ChildForm, formset=ChildRows, extra=2, max_num=MOST_CHILDREN, absolute_max=MOST_CHILDREN
)


def initial_for(family: Family | None, *, today: date) -> tuple[dict, list[dict]]:
    """What the forms show at first: what we remember now."""
    if family is None:
        return {}, []
    children = [
        {"first_name": child.first_name, "birth_month": child.birth_month}
        for child in family.children.order_by("birth_month", "pk")
    ]
    return {"home": home_label(family, today=today), "languages": family.languages}, children


def home_label(family: Family | None, *, today: date) -> str:
    """Where a family lives, in words; empty when it did not say."""
    place = place_by_key(family.home, day=today) if family and family.home else None
    return place.label if place else ""


class IdeaForm(OpenForm):
    """An answer to the question of a House, or any idea."""

    text = forms.CharField(
        label=_("Jouw antwoord of idee"),
        help_text=_("Schrijf zoals je praat. Zet er geen namen in."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
        error_messages={"required": _("Schrijf wat je denkt.")},
    )
    field_order = ["text", "laat_leeg"]


class IdeaAnswerForm(forms.ModelForm):
    """What the House did with an idea, and whether parents see it."""

    shown = forms.BooleanField(label="Toon aan ouders op de pagina van het Huis", required=False)

    class Meta:
        model = Idea
        fields = ["answer"]
        labels = {"answer": "Wat deden jullie ermee?"}
        widgets = {"answer": forms.Textarea({"rows": 4})}
        help_texts = {"answer": "Ouders lezen dit onder het idee. Hou de zinnen kort."}


class TalkForm(forms.ModelForm):
    """A talk in the neighbourhood, for the Houses where somebody hears parents."""

    class Meta:
        model = Talk
        fields = ["house", "held_on", "place", "heard", "done", "is_public"]
        widgets = {
            "held_on": DateInput(),
            "heard": forms.Textarea({"rows": 4}),
            "done": forms.Textarea({"rows": 4}),
        }
        help_texts = {"heard": "Schrijf geen namen. Wat zeiden ouders, in hun woorden?"}
        labels = {"is_public": "Toon aan ouders op de pagina van het Huis"}

    def __init__(self, *args, houses, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["house"].queryset = houses
        if len(houses) == 1:
            self.fields["house"].initial = houses[0]
            self.fields["house"].widget = forms.HiddenInput()

    def clean_held_on(self) -> date:
        day = self.cleaned_data["held_on"]
        if not date(2000, 1, 1) <= day <= self.today:
            raise ValidationError("Kies een dag die voorbij is.")
        return day


class QuestionForm(forms.ModelForm):
    """The one open question that a House asks parents."""

    class Meta:
        model = House
        fields = ["question"]
        labels = {"question": "Welke vraag stellen jullie aan ouders?"}
        help_texts = {"question": f"Laat je dit leeg, dan vragen we: {QUESTION}"}
