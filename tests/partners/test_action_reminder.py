"""Reminders of things to do: when, to whom, and that what was done or moved reminds nobody."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from huizen.models import Message, PlannedMessage
from huizen.outbox.kinds import kind_named
from huizen.outbox.release import release_due
from partners.actions.action_point import Agreed, change_action, give_action, settle_action
from partners.actions.action_reminder import ActionKey, reconcile_actions
from partners.models import ActionPoint
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 3, 31)


@pytest.fixture
def point(house, contact, els):
    return give_action(house=house, agreed=Agreed("Affiche", contact, DUE), by=els, now=NOW)


def planned():
    rows = PlannedMessage.objects.filter(state="planned").order_by("due_at")
    return [(ActionKey.read(row.key).rule, timezone.localtime(row.due_at)) for row in rows]


def at_nine(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def test_three_days_before_on_the_day_and_every_week_after_at_nine_also_when_the_clock_changes(
    point, contact
):
    days = [DUE + dt.timedelta(days=number) for number in (-3, 0, 7, 14, 21, 28)]
    assert planned() == list(zip(["3d", "0d", "1w", "2w", "3w", "4w"], map(at_nine, days), strict=True))
    assert set(PlannedMessage.objects.values_list("recipient", flat=True)) == {contact.email}


def test_what_was_past_when_it_was_agreed_is_left_out(house, contact, els):
    agreed = Agreed("Affiche", contact, NOW.date())
    give_action(house=house, agreed=agreed, by=els, now=NOW + dt.timedelta(hours=1))
    assert [rule for rule, _ in planned()] == ["1w", "2w", "3w", "4w"]


@pytest.mark.parametrize("facts", [{"owner": None, "due_on": DUE}, {"due_on": None}])
def test_nobody_or_no_day_reminds_nobody(house, contact, els, facts):
    give_action(house=house, agreed=Agreed("Affiche", **{"owner": contact, **facts}), by=els, now=NOW)
    assert planned() == []


def test_another_day_plans_anew_and_the_old_ones_are_not_wanted(point, contact, els):
    row = PlannedMessage.objects.get(key__endswith=":0d")
    agreed = Agreed("Affiche", contact, DUE + dt.timedelta(days=7))
    change_action(point=point, agreed=agreed, seen=NOW, by=els, now=NOW + dt.timedelta(hours=1))
    assert [key.version for key in map(ActionKey.read, _planned_keys())] == [2] * 6
    assert kind_named(row.kind).why_not(row, at_nine(DUE)) == "er is een andere dag afgesproken"


def _planned_keys():
    return PlannedMessage.objects.filter(state="planned").values_list("key", flat=True)


def test_done_stops_them_and_open_again_brings_them_back(point, els):
    row = PlannedMessage.objects.get(key__endswith=":0d")
    settle_action(point=point, state="done", by=els, now=NOW)
    assert planned() == []
    assert kind_named(row.kind).why_not(row, NOW) == "het actiepunt is al afgerond"
    settle_action(point=point, state="open", by=els, now=NOW)
    assert len(planned()) == 6


def test_somebody_else_or_gone_is_not_wanted(point, contact):
    row = PlannedMessage.objects.get(key__endswith=":0d")
    why = kind_named(row.kind).why_not
    assert why(row, NOW) == ""
    contact.delete()
    assert why(row, NOW) == "iemand anders doet dit nu"
    ActionPoint.objects.all().delete()
    assert why(row, NOW) == "het actiepunt bestaat niet meer"


@pytest.mark.parametrize(
    ("rule", "days", "begin"), [("3d", -3, "Binnenkort"), ("0d", 0, "Vandaag"), ("1w", 7, "Nog te doen")]
)
def test_what_the_mail_says(point, rule, days, begin):
    row = PlannedMessage.objects.get(key__endswith=f":{rule}")
    letter = kind_named(row.kind).compose(row, at_nine(DUE + dt.timedelta(days=days)))
    text = render_to_string(f"emails/{letter.template}.txt", letter.context)
    assert text.splitlines()[0] == f"{begin}: Affiche"
    assert "/actiepunt/" in text


def test_it_leaves_once_and_at_night_never(point):
    night = at_nine(DUE) + dt.timedelta(hours=14)
    for _ in range(2):
        release_due(now=night)
    mail = Message.objects.get()
    assert timezone.localtime(mail.not_before).hour == 8


def test_deriving_them_again_changes_nothing_and_mends_what_is_lost(point, django_assert_num_queries):
    before = list(PlannedMessage.objects.order_by("key").values())
    assert reconcile_actions() == 1
    assert list(PlannedMessage.objects.order_by("key").values()) == before
    PlannedMessage.objects.filter(key__endswith=":0d").delete()
    reconcile_actions()
    assert len(planned()) == 6
