"""What somebody looks for among the sign-ups of an activity, and which other moment a family gets."""

from datetime import datetime

from django import forms
from django.db.models import Q, QuerySet

from activities.actions.registration_shift import other_moments
from activities.models import Activity, Came, Registration, Session, Visit
from huizen.words import count, moment_in_full

State = Registration.State
#: Beside the states of a sign-up: what became of it, and who had none.
NO_ANSWER, WALKED_IN = "no_answer", "walked_in"
ABOUT = [
    ("", "Alle"),
    *State.choices,
    *Came.choices,
    (NO_ANSWER, "nog niet genoteerd"),
    (WALKED_IN, "zonder inschrijving"),
]
#: So many moments can be chosen from, the last first.
MOMENTS = 100


class MomentField(forms.ModelChoiceField):
    """A moment by its day and hours; with its free places where that matters."""

    def __init__(self, *args, says_room: bool = False, **kwargs):
        self.says_room = says_room
        super().__init__(*args, **kwargs)

    def label_from_instance(self, session: Session) -> str:
        when = moment_in_full(session.starts_at, session.ends_at)
        if not self.says_room or session.free is None:
            return when
        return f"{when}: {count(session.free, 'plaats vrij', 'plaatsen vrij')}"


class SignUpListForm(forms.Form):
    """By words, by what became of it, by moment."""

    q = forms.CharField(label="Zoek", max_length=80, required=False)
    toestand = forms.ChoiceField(label="Toestand", choices=ABOUT, required=False)
    moment = MomentField(label="Moment", queryset=None, required=False, empty_label="Alle")

    def __init__(self, *args, activity: Activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity
        newest = activity.sessions.order_by("-starts_at", "-pk").values("pk")[:MOMENTS]
        self.fields["moment"].queryset = Session.objects.filter(
            pk__in=list(newest.values_list("pk", flat=True))
        ).order_by("-starts_at")

    @property
    def told(self) -> dict:
        """What is well asked; the rest is left out."""
        self.is_valid()
        return self.cleaned_data

    def registrations(self) -> QuerySet[Registration]:
        """The sign-ups that fit, the last moment first."""
        rows = Registration.objects.filter(session__activity=self.activity)
        about = self.told.get("toestand")
        if about == WALKED_IN:
            return rows.none()
        if moment := self.told.get("moment"):
            rows = rows.filter(session=moment)
        for word in self.told.get("q", "").split()[:5]:
            child = Registration.objects.filter(participants__first_name__icontains=word).values("pk")
            rows = rows.filter(
                Q(name__icontains=word) | Q(email__icontains=word) | Q(phone__contains=word) | Q(pk__in=child)
            )
        return rows.filter(_about(about)).order_by("-session__starts_at", "created_at", "pk")

    def visits(self) -> QuerySet[Visit]:
        """The families that walked in, where those are asked."""
        rows = Visit.objects.filter(session__activity=self.activity)
        if self.told.get("toestand") not in {"", None, WALKED_IN} or self.told.get("q"):
            return rows.none()
        if moment := self.told.get("moment"):
            rows = rows.filter(session=moment)
        return rows.order_by("-session__starts_at", "pk")


class ShiftForm(forms.Form):
    """The other moment that a family gets."""

    to = MomentField(
        label="Naar welk moment?",
        queryset=None,
        says_room=True,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een moment.",
            "invalid_choice": "Daar is geen plaats meer. Kies een ander moment.",
        },
    )

    def __init__(self, *args, registration: Registration, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = other_moments(registration, now=now)


def _about(about: str | None) -> Q:
    if about in State.values:
        return Q(state=about)
    if about in Came.values:
        return Q(attendance__state=about)
    return Q(state=State.CONFIRMED, attendance=None) if about == NO_ANSWER else Q()
