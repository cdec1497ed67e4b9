"""Several people of a House at once: at the same agenda, the same minutes, the same thing to do."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from huizen.models import Message
from partners.actions import agenda
from partners.actions.action_point import Agreed, give_action
from partners.actions.agenda import take_up
from partners.actions.minutes import ClashError, Save, save_minutes, send_minutes
from partners.minutes_body import Noted, Written
from partners.models import ActionPoint, AgendaItem, Meeting, MinutesRevision
from tests.at_once import at_once, deadlocks
from tests.factories import MeetingFactory, MeetingInvitationFactory, MembershipFactory
from tests.minutes_factories import AgendaItemFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
MANY = 12


@pytest.fixture
def meeting():
    now = timezone.now()
    return MeetingFactory(starts_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=1))


@pytest.fixture
def els(meeting):
    return MembershipFactory(house=meeting.house).user


@pytest.fixture
def put_off(meeting):
    """A point of an earlier meeting that waits."""
    earlier = meeting.starts_at - dt.timedelta(days=30)
    former = MeetingFactory(house=meeting.house, starts_at=earlier, ends_at=earlier + dt.timedelta(hours=1))
    return AgendaItemFactory(meeting=former, position=1, title="Speelplein", state="deferred")


def taps(meeting, item, by):
    return lambda: take_up(meeting=meeting, key=f"punt-{item.pk}", by=by, now=timezone.now())


def test_many_taps_at_once_take_up_what_waits_once(meeting, put_off, els):
    results = at_once(taps(meeting, put_off, els) for _ in range(MANY))
    assert {result.pk for result in results} == {AgendaItem.objects.get(meeting=meeting).pk}


def test_without_the_lock_the_same_taps_break_on_the_last_line_of_defence(meeting, put_off, els, monkeypatch):
    monkeypatch.setattr(
        agenda, "lock_meeting", lambda row: Meeting.objects.select_related("house").get(pk=row.pk)
    )
    results = at_once(taps(meeting, put_off, els) for _ in range(MANY))
    assert [result for result in results if isinstance(result, IntegrityError)]
    assert AgendaItem.objects.filter(meeting=meeting).count() == 1


def test_of_many_editors_at_one_point_one_is_first_and_the_others_hear_it(meeting, els):
    item, before = AgendaItemFactory(meeting=meeting, position=1), deadlocks()

    def writes(number):
        given = Save(written=Written("", {item.pk: Noted(f"Tekst {number}")}), seen=0)
        return lambda: save_minutes(meeting=meeting, save=given, by=els, now=timezone.now())

    results = at_once(writes(number) for number in range(MANY))
    assert len([result for result in results if isinstance(result, ClashError)]) == MANY - 1
    assert (MinutesRevision.objects.count(), deadlocks()) == (1, before)


def test_of_many_editors_at_other_points_nothing_is_lost(meeting, els):
    items = [AgendaItemFactory(meeting=meeting, position=number + 1) for number in range(MANY)]

    def writes(item):
        given = Save(written=Written("", {item.pk: Noted(f"Tekst {item.pk}")}), seen=0)
        return lambda: save_minutes(meeting=meeting, save=given, by=els, now=timezone.now())

    assert [error for error in at_once(map(writes, items)) if isinstance(error, Exception)] == []
    last = MinutesRevision.objects.order_by("-number").first()
    assert last.number == MANY
    assert [one["notes"] for one in last.body["items"]] == [f"Tekst {item.pk}" for item in items]


def test_a_double_click_on_send_writes_everybody_once(meeting, els):
    for _ in range(3):
        MeetingInvitationFactory(meeting=meeting)
    save_minutes(meeting=meeting, save=Save(Written("Dag."), 0), by=els, now=timezone.now())
    at_once(lambda: send_minutes(meeting=meeting, seen=1, by=els, now=timezone.now()) for _ in range(MANY))
    assert MinutesRevision.objects.filter(was_sent=True).count() == 1
    assert Message.objects.filter(template="meeting_minutes").count() == 3


def test_what_is_agreed_with_many_clicks_is_one_thing(meeting, els):
    agreed = Agreed("Affiche", els, timezone.localdate() + dt.timedelta(days=9))
    at_once(
        lambda: give_action(house=meeting.house, agreed=agreed, by=els, now=timezone.now())
        for _ in range(MANY)
    )
    assert ActionPoint.objects.count() == 1
