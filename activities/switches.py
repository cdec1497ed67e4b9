"""What the quick switcher leads to here: the offer that somebody keeps, and its moments to come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from activities.models import Activity, Session
from huizen.models import House, User
from huizen.roles import Permission
from huizen.switcher import MOST_ROWS, Kind, Target, house_note
from huizen.words import moment

#: How far ahead a moment is one to switch to.
AHEAD = timedelta(days=60)


def offers(user: User, now: datetime) -> Iterator[Target]:
    """The activities that she edits, but those that were put away (one query)."""
    rows = Activity.objects.editable_by(user).exclude(status=Activity.Status.ARCHIVED)
    fields = ("pk", "title", "status", "house__name")
    for pk, title, status, house in rows.order_by("-changed_at", "pk").values_list(*fields)[:MOST_ROWS]:
        state = "" if status == Activity.Status.PUBLISHED else Activity.Status(status).label.lower()
        yield Target(title, reverse("offer_edit", args=[pk]), house_note(user, house, state))


def moments(user: User, now: datetime) -> Iterator[Target]:
    """The moments of the coming weeks whose sign-ups she sees, soonest first (one query)."""
    houses = House.objects.where(user, Permission.SEE_REGISTRATIONS)
    rows = Session.objects.upcoming(now=now).filter(activity__house__in=houses, starts_at__lte=now + AHEAD)
    fields = ("pk", "activity__title", "starts_at", "ends_at", "activity__house__name")
    for pk, title, starts_at, ends_at, house in rows.order_by("starts_at", "pk").values_list(*fields)[
        :MOST_ROWS
    ]:
        when = moment(starts_at, ends_at, now=now)
        yield Target(title, reverse("session_manage", args=[pk]), house_note(user, house, when))


KINDS = (
    Kind("Activiteit", Permission.EDIT_OFFER, offers, order=40),
    Kind("Moment", Permission.SEE_REGISTRATIONS, moments, order=60),
)
