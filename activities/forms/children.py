"""The children of a sign-up: as many rows as a family needs, and why an activity is not for a child."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.actions import age
from activities.actions.party import ChildFacts
from activities.models import Session
from huizen.forms import MonthField

#: The most children in one form; a class or a club calls the House.
MOST_CHILDREN = 8


class ChildForm(forms.Form):
    """One child: a first name, and a birth month only where the activity asks for it."""

    first_name = forms.CharField(
        label=_("Voornaam van je kind"),
        max_length=40,
        error_messages={"required": _("Schrijf de voornaam van je kind.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_month = MonthField(
        label=_("In welke maand is je kind geboren?"),
        help_text=_("Bijvoorbeeld 03/2024."),
        error_messages={"required": _("Kies de maand waarin je kind geboren is.")},
    )

    def __init__(self, *args, session: Session, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.today = session, timezone.localdate(now)
        self.born: date | None = None
        if not session.activity.asks_birth_month:
            del self.fields["birth_month"]

    @property
    def is_blank(self) -> bool:
        """Nothing was typed: a row that the parent left as it was."""
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    def clean_birth_month(self) -> date | None:
        month = self.cleaned_data["birth_month"]
        if month and (sentence := age.why_not(self.session, month, today=self.today)):
            self.born = month
            raise ValidationError(self._with_phone(sentence))
        return month

    @property
    def other_offer(self) -> str:
        """Where to find what does fit the child that this activity is not for; empty when it fits."""
        return f"{reverse('activity_list')}?geboren={self.born:%Y-%m}" if self.born else ""

    def _with_phone(self, sentence: str) -> str:
        phone = self.session.activity.phone or self.session.activity.house.phone
        return (
            f"{sentence} " + gettext("Twijfel je? Bel %(phone)s.") % {"phone": phone} if phone else sentence
        )

    @property
    def facts(self) -> ChildFacts:
        return ChildFacts(self.cleaned_data["first_name"], self.cleaned_data.get("birth_month"))


class ChildRows:
    """The children of one form: rows of which the blank ones do not count, at least one filled in."""

    def __init__(
        self,
        data=None,
        *,
        session: Session,
        now: datetime,
        initial=(),
        rows: int = 1,
        form_class: type[ChildForm] = ChildForm,
    ):
        self.is_bound = data is not None
        self.rows = max(1, min(rows, MOST_CHILDREN))
        self.forms = [
            form_class(
                data,
                prefix=f"kind-{number}",
                session=session,
                now=now,
                initial=initial[number] if number < len(initial) else None,
                use_required_attribute=False,
            )
            for number in range(self.rows)
        ]

    def non_form_errors(self) -> list[str]:
        return []

    @property
    def filled(self) -> list[ChildForm]:
        """The rows that count; the first one always does, so that its errors show where nothing was typed."""
        return [row for number, row in enumerate(self.forms) if not row.is_blank] or self.forms[:1]

    def is_valid(self) -> bool:
        for row in self.forms:
            row.empty_permitted = row not in self.filled
        # Every row is asked: each shows its own errors.
        answers = [row.is_valid() for row in self.forms]
        return all(answers)

    @property
    def facts(self) -> list[ChildFacts]:
        return [row.facts for row in self.filled]
