"""Releasing: what is due leaves once, if it is still wanted, of use, and not in the middle of the night."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from huizen.models import Category, Message, PlannedMessage, Suppression
from huizen.outbox import kinds
from huizen.outbox.kinds import Kind, Letter
from huizen.outbox.planning import Reminder, plan
from huizen.outbox.release import release_due
from huizen.outbox.suppression import suppress
from huizen.outbox.tick import tick
from tests.factories import NOW, HouseFactory
from tests.huizen.letters import Clock, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter_template")]
State = PlannedMessage.State


@pytest.fixture
def house():
    return HouseFactory()


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    """A kind of reminder whose wish and words the test sets."""
    wishes = {"reason": "", "broken": set()}

    def compose(row, now):
        if row.key in wishes["broken"]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return Letter("proef", {"name": row.recipient}, calendar="BEGIN:VCALENDAR")

    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(Kind("proef", why_not=lambda row, now: wishes["reason"], compose=compose))
    return wishes


def plan_one(house, *keys, due_at=NOW, useful=timedelta(hours=3), category=Category.MEETING_REMINDER):
    reminders = [
        Reminder("proef", key, category, f"{key}@voorbeeld.example", due_at, due_at + useful)
        for key in keys or ["a"]
    ]
    plan(house, reminders, house=house)
    return PlannedMessage.objects.filter(key__in=[r.key for r in reminders]).order_by("key")


def test_a_reminder_that_is_due_becomes_a_mail_with_all_that_it_says(house):
    plan_one(house)
    assert release_due(now=NOW) == 1

    assert PlannedMessage.objects.get().state == State.RELEASED
    message = Message.objects.get()
    assert (message.key, message.kind, message.recipient) == ("a", "proef", "a@voorbeeld.example")
    assert (message.subject_type, message.subject_id, message.house) == ("huizen.house", str(house.pk), house)
    assert (message.template, message.context) == ("proef", {"name": "a@voorbeeld.example"})
    assert (message.calendar, message.expires_at) == ("BEGIN:VCALENDAR", NOW + timedelta(hours=3))


def test_what_is_not_due_stays(house):
    plan_one(house, due_at=NOW + timedelta(minutes=1))
    assert release_due(now=NOW) == 0


def test_releasing_again_makes_no_second_mail(house):
    plan_one(house)
    release_due(now=NOW)
    PlannedMessage.objects.update(state=State.PLANNED)
    release_due(now=NOW)
    assert Message.objects.count() == 1


def test_a_late_one_still_leaves_while_it_is_of_use_and_ends_visibly_when_not(house):
    plan_one(house, "vroeg", useful=timedelta(hours=5))
    plan_one(HouseFactory(), "laat", useful=timedelta(hours=2))
    release_due(now=NOW + timedelta(hours=2))

    assert dict(PlannedMessage.objects.values_list("key", "state")) == {
        "vroeg": State.RELEASED,
        "laat": State.EXPIRED,
    }


def test_what_is_no_longer_wanted_is_cancelled_with_the_reason(house, kind):
    kind["reason"] = "het overleg gaat niet door"
    plan_one(house)
    release_due(now=NOW)
    row = PlannedMessage.objects.get()
    assert (row.state, row.reason) == (State.CANCELLED, "het overleg gaat niet door")
    assert not Message.objects.exists()


def test_who_wants_no_reminder_gets_none(house):
    plan_one(house)
    suppress("A@voorbeeld.example", reason=Suppression.Reason.UNSUBSCRIBED, now=NOW)
    release_due(now=NOW)
    row = PlannedMessage.objects.get()
    assert (row.state, row.reason) == (State.SUPPRESSED, "wil dit niet meer")


def test_one_that_cannot_be_made_fails_alone(house, kind):
    """Also when a query of the app above breaks the transaction."""
    kind["broken"] = {"b"}
    rows = plan_one(house, "a", "b", "c")
    assert release_due(now=NOW) == 3
    assert [row.state for row in rows.all()] == [State.RELEASED, State.FAILED, State.RELEASED]
    assert rows.get(key="b").reason == "DataError: division by zero"


def test_one_of_a_kind_that_nobody_knows_fails_alone(house, monkeypatch):
    plan_one(house)
    monkeypatch.setattr(kinds, "_kinds", {})
    release_due(now=NOW)
    assert PlannedMessage.objects.get().state == State.FAILED


def test_a_kind_that_writes_no_reminders_says_so(house):
    kinds.register(Kind("proef", why_not=lambda row, now: ""))
    plan_one(house)
    release_due(now=NOW)
    assert (
        PlannedMessage.objects.get().reason == "TypeError: De soort 'proef' kan geen herinnering schrijven."
    )


NIGHT = datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Brussels"))
MORNING = datetime(2026, 3, 29, 8, 0, tzinfo=ZoneInfo("Europe/Brussels"))


def test_a_reminder_that_is_released_at_night_leaves_at_eight(house, smtp_sink):
    """F39, in the night that the clock changes."""
    plan_one(house, due_at=NIGHT, useful=timedelta(hours=12))
    clock = Clock(NIGHT)
    while clock() < MORNING:
        assert tick(clock=clock) == {}
        clock.forward(minutes=30)
    assert tick(clock=clock) == {Message.State.SENT: 1}


def test_a_reminder_that_is_useless_in_the_morning_ends_at_night(house):
    plan_one(house, due_at=NIGHT, useful=timedelta(hours=2))
    release_due(now=NIGHT)
    assert PlannedMessage.objects.get().state == State.EXPIRED


def test_a_queue_that_is_not_empty_at_nine_in_the_evening_goes_on_in_the_morning(smtp_sink):
    evening = datetime(2026, 3, 4, 20, 59, tzinfo=ZoneInfo("Europe/Brussels"))
    queue("a", category=Category.SESSION_REMINDER, now=evening)
    queue("b", category=Category.PLACE_FREE, now=evening)
    clock = Clock(evening + timedelta(minutes=2))
    assert tick(clock=clock) == {Message.State.SENT: 1}
    assert [mail.recipients for mail in smtp_sink.accepted] == [("b@voorbeeld.example",)]
    clock.forward(hours=11)
    assert tick(clock=clock) == {Message.State.SENT: 1}


def test_later_again_in_the_evening_is_not_in_the_night(smtp_sink):
    evening = datetime(2026, 3, 4, 20, 59, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    message = queue(category=Category.SESSION_REMINDER, now=evening)
    smtp_sink.answers.append("451 later")
    tick(clock=Clock(evening))
    message.refresh_from_db()
    assert message.not_before == evening.replace(day=5, hour=8, minute=0, second=0)


@pytest.mark.parametrize("number", [1, 40])
def test_statements_do_not_grow_with_what_one_reminder_takes(house, number, django_assert_num_queries):
    """Two a reminder: the savepoint in which the app above is asked."""
    plan_one(house, *[f"k{n:02}" for n in range(number)])
    with django_assert_num_queries(7 + 2 * number + 3):
        release_due(now=NOW)
