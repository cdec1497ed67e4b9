"""Days that go by, and nights in which the clock changes: through the real outbox and a real mail server."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from activities.actions.check_asking import ask_monthly
from activities.actions.reminder import reconcile
from huizen.models import Category, Message
from huizen.outbox.tick import tick
from tests.factories import BRUSSELS, ActivityFactory, ContactFactory, RegistrationFactory, SessionFactory
from tests.huizen.letters import Clock

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
UTC = ZoneInfo("UTC")


def every_hour(clock, until):
    """As the machines do: in UTC, a tick and the safety net each hour, whatever the wall says."""
    while clock.now < until:
        reconcile(now=clock.now)
        tick(clock=clock)
        clock.forward(hours=1)


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_over_the_nights_in_which_the_clock_changes_each_reminder_comes_once_at_ten_on_the_wall(
    smtp_sink, day
):
    """F37: every week at seven in the evening, the week of the change and the one after; no mail between 21 and 8."""
    starts = [
        dt.datetime.combine(day + dt.timedelta(days=7 * week), dt.time(19), BRUSSELS) for week in (0, 1)
    ]
    first = starts[0] - dt.timedelta(days=3)
    for start in starts:
        session = SessionFactory(starts_at=start, ends_at=start + dt.timedelta(hours=1))
        RegistrationFactory(session=session, created_at=first, email=f"{start.day}@voorbeeld.example")
    every_hour(Clock(first.astimezone(UTC).replace(minute=0)), starts[-1] + dt.timedelta(hours=2))

    sent = Message.objects.filter(category=Category.SESSION_REMINDER, state="sent").order_by("sent_at")
    assert [row.sent_at.astimezone(BRUSSELS).replace(tzinfo=None) for row in sent] == [
        dt.datetime.combine(start.date() - dt.timedelta(days=1), dt.time(10)) for start in starts
    ]
    hours = {row.sent_at.astimezone(BRUSSELS).hour for row in Message.objects.filter(state="sent")}
    assert hours <= set(range(8, 21))


def test_what_is_overdue_for_thirty_days_is_asked_as_often_as_the_rule_says(smtp_sink):
    """F36: a question and one reminder, however often the days come by."""
    clock = Clock(dt.datetime(2026, 3, 2, 9, 10, tzinfo=BRUSSELS))
    keeper = ContactFactory(email="bob@voorbeeld.example")
    ActivityFactory(keeper=keeper, organiser=keeper.organisation, checked_on=dt.date(2025, 8, 1))
    for _ in range(28):
        ask_monthly(now=clock.now)
        for _ in range(4):
            tick(clock=clock)
            clock.forward(hours=6)
    rows = Message.objects.filter(category=Category.CHECK, state="sent")
    assert sorted(rows.values_list("kind", flat=True)) == ["check_question", "check_reminder"]
