"""How often somebody wants each kind of mail that is not a must."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from huizen.models import Category
from huizen.outbox.preferences import OPTIONAL, Frequency

NAMES = {
    Category.SESSION_REMINDER: _("Herinnering, de dag voor een activiteit"),
    Category.FEEDBACK: _("Vraag hoe het was"),
    Category.SPOT_WATCH: _("Mail als er weer plaats is"),
    Category.DIGEST: _("Weekmail met wat nieuw is"),
    Category.PARTNER_NEWS: _("Weekmail met nieuws van je Huizen"),
    Category.MEETING_REMINDER: _("Herinnering aan een overleg"),
    Category.CHECK: _("Vraag of je aanbod nog klopt"),
}
WORDS = {
    Frequency.AT_ONCE: _("Meteen"),
    Frequency.DAILY: _("In één mail, 's morgens"),
    Frequency.WEEKLY: _("Eén keer per week, op maandag"),
    Frequency.OFF: _("Niet"),
}
TEXTS = "sms"
#: The weekly mails have their own day.
EVERY_WEEK = _("Elke week")


class MailChoices(forms.Form):
    """One question a kind; `changed` holds only what is chosen anew. `texts`: one tick more for who can get a text message."""

    def __init__(
        self,
        data=None,
        *,
        kinds: Iterable[str],
        frequencies: dict[str, Frequency],
        texts: bool | None = None,
    ):
        super().__init__(data, use_required_attribute=False)
        self._known, self._texts = frequencies, texts
        for kind in kinds:
            self.fields[kind] = forms.ChoiceField(
                label=NAMES[kind],
                choices=_choices(kind),
                initial=frequencies[kind],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Kies één van de antwoorden."),
                    "invalid_choice": _("Kies één van de antwoorden."),
                },
            )

        if texts is not None:
            self.fields[TEXTS] = forms.BooleanField(
                label=_("Stuur me ook een sms"), required=False, initial=texts
            )

    @property
    def changed(self) -> dict[str, str]:
        chosen = {kind: answer for kind, answer in self.cleaned_data.items() if kind != TEXTS}
        return {kind: answer for kind, answer in chosen.items() if answer != self._known[kind]}

    @property
    def texts(self) -> bool | None:
        """Whether text messages are wanted, where that is another answer than before."""
        answer = self.cleaned_data.get(TEXTS)
        return None if answer == self._texts else answer


def _choices(kind: str) -> list[tuple[str, str]]:
    words = {**WORDS, Frequency.WEEKLY: EVERY_WEEK} if OPTIONAL[kind][0] == Frequency.WEEKLY else WORDS
    return [(str(frequency), words[frequency]) for frequency in OPTIONAL[kind]]
