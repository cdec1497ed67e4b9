"""A series to test with: every Tuesday evening, two people, from the day after the clock of the tests."""

import datetime as dt

from django.utils import timezone

from partners.actions.invitee import Invitee
from partners.actions.meeting import MeetingFacts, change_meeting
from partners.actions.meeting_series import plan_series
from partners.actions.meeting_series_change import From, change_series, monday_of
from partners.models import Meeting, MeetingSeries
from tests.factories import NOW

AN, BOB = "an@voorbeeld.example", "bob@voorbeeld.example"
INVITEES = [Invitee("An", AN), Invitee("Bob", BOB)]


def rule(house, **facts):
    defaults = {
        "house": house,
        "title": "Stuurgroep",
        "kind": "weekly",
        "weekdays": [1],
        "starts_on": timezone.localdate(NOW),
        "ends_on": timezone.localdate(NOW) + dt.timedelta(weeks=8),
        "starts_at": dt.time(19),
        "ends_at": dt.time(21),
        "place": "Zaal 1",
    }
    return MeetingSeries(**{**defaults, **facts})


def planned(house, by, **facts):
    return plan_series(rule=rule(house, **facts), invitees=INVITEES, by=by, now=NOW)


def dates(series):
    return list(Meeting.objects.filter(series=series).order_by("original_start"))


def move(meeting, by, now, *, days=0, hours=0, **facts):
    meeting.refresh_from_db()
    shift = dt.timedelta(days=days, hours=hours)
    new = MeetingFacts(meeting.title, meeting.starts_at + shift, meeting.ends_at + shift, meeting.place)
    new = MeetingFacts(**{**new.__dict__, **facts})
    seen = meeting.changed_at
    return change_meeting(meeting=meeting, facts=new, agenda=[], tell=False, seen=seen, by=by, now=now)


def edit(meeting, by, now, **facts):
    """Change the series from this date on."""
    meeting = Meeting.objects.select_related("series").get(pk=meeting.pk)
    old = meeting.series
    names = [f.name for f in MeetingSeries._meta.concrete_fields if f.name not in ("id", "ical_uid")]
    draft = MeetingSeries(**{name: getattr(old, name) for name in names})
    for name, value in {"starts_on": monday_of(meeting), **facts}.items():
        setattr(draft, name, value)
    return change_series(start=From(meeting, old.changed_at), rule=draft, by=by, now=now)
