"""What the quick switcher leads to here: the partners of a House, its meetings, groups and questions for a date."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F
from django.urls import reverse

from huizen.models import User
from huizen.roles import Permission
from huizen.switcher import MOST_ROWS, Kind, Target, house_note
from huizen.words import day_in_full, moment, wall
from partners.models import DatePoll, Meeting, MeetingGroup, Partnership


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


def groups(user: User, now: datetime) -> Iterator[Target]:
    """The groups whose meetings she plans, those that go on first (one query)."""
    rows = MeetingGroup.objects.editable_by(user).order_by(F("until").desc(nulls_first=True), "name", "pk")
    for pk, name, until, house in rows.values_list("pk", "name", "until", "house__name")[:MOST_ROWS]:
        ended = "gestopt" if until and until < wall(now).date() else ""
        yield Target(name, reverse("group_detail", args=[pk]), house_note(user, house or "", ended))


def polls(user: User, now: datetime) -> Iterator[Target]:
    """The questions for a date, those that run first (one query)."""
    rows = DatePoll.objects.editable_by(user).order_by("-state", "-deadline", "pk")
    for pk, title, state, deadline, house in rows.values_list(
        "pk", "title", "state", "deadline", "house__name"
    )[:MOST_ROWS]:
        how = f"tot en met {day_in_full(deadline)}" if state == DatePoll.State.OPEN else "klaar"
        yield Target(title, reverse("poll_detail", args=[pk]), house_note(user, house or "", how))


KINDS = (
    Kind("Partner", Permission.EDIT_PARTNERS, partners, order=30),
    Kind("Overleg", Permission.PLAN_MEETINGS, meetings, order=50),
    Kind("Groep", Permission.PLAN_MEETINGS, groups, order=52),
    Kind("Datum zoeken", Permission.PLAN_MEETINGS, polls, order=54),
)
