"""What the quick switcher leads to here: the partners of a House and its meetings."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from huizen.models import User
from huizen.roles import Permission
from huizen.switcher import MOST_ROWS, Kind, Target, house_note
from huizen.words import moment
from partners.models import Meeting, Partnership


def partners(user: User, now: datetime) -> Iterator[Target]:
    """The present partners of the Houses whose partners she keeps (one query)."""
    rows = Partnership.objects.editable_by(user).filter(until=None).order_by("organisation__name", "pk")
    fields = ("pk", "organisation__name", "organisation__kind", "house__name")
    for pk, name, kind, house in rows.values_list(*fields)[:MOST_ROWS]:
        yield Target(name, reverse("partner_detail", args=[pk]), house_note(user, house, kind))


def meetings(user: User, now: datetime) -> Iterator[Target]:
    """The meetings that she plans, those to come and the last ones first (one query)."""
    rows = Meeting.objects.editable_by(user).order_by("-starts_at", "pk")
    fields = ("pk", "title", "starts_at", "house__name")
    for pk, title, starts_at, house in rows.values_list(*fields)[:MOST_ROWS]:
        when = moment(starts_at, now=now)
        yield Target(title, reverse("meeting_detail", args=[pk]), house_note(user, house or "", when))


KINDS = (
    Kind("Partner", Permission.EDIT_PARTNERS, partners, order=30),
    Kind("Overleg", Permission.PLAN_MEETINGS, meetings, order=50),
)
