"""The calendar mails, read back as a client does, show what stands: after every change, in any order."""

import datetime as dt
import random

import pytest

from partners.actions.invitee import Invitee, invite, withdraw
from partners.actions.meeting import MeetingFacts, cancel_meeting, plan_meeting, restore_meeting
from partners.actions.meeting_lock import MeetingError
from partners.actions.meeting_series import extend_all_series
from partners.actions.meeting_series_change import From, stop_series
from partners.models import Meeting
from tests.factories import NOW
from tests.partners.calendar_client import CalendarClient, expected_agenda
from tests.partners.series import AN, BOB, dates, edit, move, planned

pytestmark = pytest.mark.django_db

CLEO = "cleo@voorbeeld.example"

FIRST, LAST = NOW - dt.timedelta(days=30), NOW + dt.timedelta(days=3 * 365)


def assert_calendars_are_right():
    for email in (AN, BOB, CLEO):
        assert CalendarClient.of(email).agenda(FIRST, LAST) == expected_agenda(email)


def clock():
    now = NOW
    while True:
        now += dt.timedelta(minutes=1)
        yield now


def test_a_single_meeting_moves_moves_back_is_cancelled_and_restored(els, house):
    start, ticks = NOW + dt.timedelta(days=21), clock()
    facts = MeetingFacts("Stuurgroep", start, start + dt.timedelta(hours=2), place="Zaal 1")
    people = [Invitee("An", AN), Invitee("Bob", BOB)]
    meeting = plan_meeting(house=house, facts=facts, agenda=[], invitees=people, by=els, now=NOW)
    for act in (
        lambda now: move(meeting, els, now, days=1),
        lambda now: move(meeting, els, now, days=-1),
        lambda now: cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=now),
        lambda now: restore_meeting(meeting=meeting, by=els, now=now),
    ):
        act(next(ticks))
        assert_calendars_are_right()


def test_a_date_of_a_series_moves_moves_back_is_cancelled_and_restored(els, house):
    series, ticks = planned(house, els), clock()
    third = dates(series)[2]
    for act in (
        lambda now: move(third, els, now, days=1),
        lambda now: move(third, els, now, days=-1),
        lambda now: cancel_meeting(meeting=third, reason="Ziek.", by=els, now=now),
        lambda now: restore_meeting(meeting=third, by=els, now=now),
    ):
        act(next(ticks))
        assert_calendars_are_right()
    assert len(expected_agenda(AN)) == 8


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": dt.time(17), "ends_at": dt.time(18)},
        {"weekdays": [3]},
        {"weekdays": [1, 4]},
        {"every_weeks": 2},
        {"kind": "nth_weekday", "nths": [1, -1]},
        {"ends_on": None},
    ],
)
def test_a_series_edited_from_the_third_date_on(els, house, change):
    series, ticks = planned(house, els), clock()
    rows = dates(series)
    move(rows[4], els, next(ticks), days=1)
    cancel_meeting(meeting=rows[5], reason="Ziek.", by=els, now=next(ticks))
    after = edit(rows[2], els, next(ticks), **change)
    assert after.pk != series.pk
    assert_calendars_are_right()
    restore_meeting(meeting=rows[5], by=els, now=next(ticks))
    assert_calendars_are_right()


def test_a_series_that_grew_and_one_that_stops(els, house):
    series = planned(house, els, ends_on=None)
    now = NOW + dt.timedelta(days=200)
    extend_all_series(now=now)
    assert_calendars_are_right()
    row = Meeting.objects.select_related("series").filter(series=series, starts_at__gt=now)[5]
    stop_series(
        start=From(row, row.series.changed_at), reason="Genoeg.", by=els, now=now + dt.timedelta(minutes=1)
    )
    assert_calendars_are_right()


def test_who_is_asked_for_one_date_alone_has_that_date(els, house):
    row = dates(planned(house, els))[3]
    invite(meeting=row, invitees=[Invitee("Cleo", CLEO)], by=els, now=NOW + dt.timedelta(minutes=1))
    assert_calendars_are_right()
    assert len(expected_agenda(CLEO)) == 1


@pytest.mark.parametrize("change", [{"weekdays": [3]}, {"every_weeks": 2}])
@pytest.mark.parametrize("cut", [0, 2])
def test_who_is_asked_for_one_date_alone_follows_it_when_the_series_changes(els, house, cut, change):
    rows, ticks = dates(planned(house, els)), clock()
    invite(meeting=rows[3], invitees=[Invitee("Cleo", CLEO)], by=els, now=next(ticks))
    edit(rows[cut], els, next(ticks), **change)
    assert_calendars_are_right()


def any_act(dice, els, now):
    """One thing that a coordinator may do, at random."""
    rows = list(
        Meeting.objects.select_related("series").filter(starts_at__gt=now).order_by("starts_at", "pk")
    )
    row = dice.choice(rows)
    invitation = dice.choice(list(row.invitations.order_by("pk")))
    start = From(row, row.series.changed_at)
    acts = {
        "move": lambda: move(row, els, now, days=dice.choice([1, 2])),
        "back": lambda: move(row, els, now, days=-1, title="Ander overleg"),
        "cancel": lambda: cancel_meeting(meeting=row, reason="Ziek.", by=els, now=now),
        "restore": lambda: restore_meeting(meeting=row, by=els, now=now),
        "day": lambda: edit(row, els, now, weekdays=[dice.randrange(5)]),
        "hour": lambda: edit(row, els, now, starts_at=dt.time(dice.choice([8, 18]))),
        "weeks": lambda: edit(row, els, now, every_weeks=dice.choice([1, 2])),
        "words": lambda: edit(rows[0], els, now, title=f"Overleg {now:%M}"),
        "stop": lambda: stop_series(start=start, reason="Genoeg.", by=els, now=now),
        "withdraw": lambda: withdraw(invitation=invitation, by=els, now=now),
        "invite": lambda: invite(meeting=row, invitees=[Invitee("Cleo", CLEO)], by=els, now=now),
        "again": lambda: invite(meeting=row, invitees=[Invitee("An", AN)], by=els, now=now),
    }
    acts[dice.choice(list(acts))]()


@pytest.mark.parametrize("seed", range(16))
def test_after_anything_in_any_order_the_calendars_show_what_stands(els, house, seed):
    dice, ticks = random.Random(seed), clock()
    planned(house, els)
    for _ in range(8):
        try:
            any_act(dice, els, next(ticks))
        except MeetingError:
            continue
        assert_calendars_are_right()
