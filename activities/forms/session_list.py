"""Which moments somebody looks for."""

from datetime import datetime

from django import forms
from django.db.models import Q, QuerySet

from activities.actions.attendance import OPENS
from activities.attendance_sheet import without_attendance
from activities.models import Session

COMING, OPEN_HOUSE, TO_NOTE, PAST = "", "open", "noteren", "voorbij"
#: The views of the list: their value in the address, and their words.
VIEWS = [
    (COMING, "Met inschrijving"),
    (OPEN_HOUSE, "Zonder inschrijving"),
    (TO_NOTE, "Nog te noteren"),
    (PAST, "Voorbij"),
]


class SessionListForm(forms.Form):
    """By words, within one of the views."""

    q = forms.CharField(label="Zoek een activiteit", max_length=80, required=False)
    lijst = forms.ChoiceField(choices=VIEWS, required=False, widget=forms.HiddenInput)

    def found(self, sessions: QuerySet[Session], *, now: datetime) -> QuerySet[Session]:
        """Of these moments those that fit: what comes soonest first, what is past latest first."""
        self.is_valid()
        view, words = self.cleaned_data.get("lijst", COMING), self.cleaned_data.get("q", "")
        for word in words.split()[:5]:
            sessions = sessions.filter(activity__title__icontains=word)
        if view == TO_NOTE:
            waiting = without_attendance(now=now).values("pk")
            return sessions.filter(pk__in=waiting).order_by("-starts_at", "-pk")
        if view == PAST:
            return sessions.filter(starts_at__lte=now + OPENS).order_by("-starts_at", "-pk")
        signs_up = Q(confirmed_count__gt=0) | Q(waiting_count__gt=0) | ~Q(activity__registration_mode="none")
        coming = sessions.upcoming(now=now).filter(~signs_up if view == OPEN_HOUSE else signs_up)
        return coming.order_by("starts_at", "pk")
