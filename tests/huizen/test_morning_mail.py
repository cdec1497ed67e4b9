"""The morning mail: one a person a morning, with what is still true of all Houses, and never at night."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huizen.models import Category, DeliveryAttempt, Message, PlannedMessage
from huizen.outbox import kinds, morning
from huizen.outbox.kinds import Kind, Letter
from huizen.outbox.morning import gather, next_morning
from huizen.outbox.planning import Reminder, plan
from huizen.outbox.preferences import Frequency, choose, stop
from huizen.outbox.suppression import address_hash
from huizen.outbox.tick import tick
from tests.factories import HouseFactory
from tests.huizen.letters import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter_template")]
BRUSSELS = ZoneInfo("Europe/Brussels")
AN = "an@voorbeeld.example"
#: A Tuesday, an hour before the morning mail.
SEVEN = datetime(2026, 3, 3, 7, tzinfo=BRUSSELS)
State = PlannedMessage.State


@pytest.fixture(autouse=True)
def gone(monkeypatch):
    """Reminders of which the test says by their keys that they are no longer wanted."""
    unwanted: set[str] = set()
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(
        Kind(
            "proef",
            why_not=lambda row, now: "komt niet" if row.key in unwanted else "",
            compose=lambda row, now: Letter("proef", {"name": row.key}),
        )
    )
    morning.register_kind()
    return unwanted


def wants(frequency, *categories, address=AN, now=SEVEN):
    for category in categories or [Category.MEETING_REMINDER, Category.CHECK]:
        choose(address_hash(address), category=category, frequency=frequency, now=now)


def planned(key, due_at, *, house=None, category=Category.MEETING_REMINDER, address=AN, useful=None):
    expires = due_at + (useful or timedelta(days=2))
    house = house or HouseFactory()
    plan(house, [Reminder("proef", key, category, address, due_at, expires)], house=house)
    return PlannedMessage.objects.get(key=key)


def at(hour, minute=0, **later):
    return SEVEN.replace(hour=hour, minute=minute) + timedelta(**later)


def mails():
    return Message.objects.filter(category=Category.MORNING)


def text_of(mail):
    return mail.message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_all_that_is_due_today_comes_in_one_mail_at_eight_of_all_houses(smtp_sink):
    wants(Frequency.DAILY)
    planned("een", at(9))
    planned("twee", at(20), category=Category.CHECK)
    planned("morgen", at(9, days=1))
    tick(clock=Clock(at(7, 59)))
    assert smtp_sink.accepted == []
    tick(clock=Clock(at(8)))
    tick(clock=Clock(at(9, 30)))

    [mail] = smtp_sink.accepted
    assert mail.message["Subject"] == "Vandaag voor jou: 2 berichten"
    assert "Dag een\n---" in text_of(mail)
    assert "Dag twee\n---" in text_of(mail)
    assert text_of(mail).count("Dag,") == 1
    html = mail.message.get_body(("html",)).get_content()
    assert html.count("<h2>") == 2
    assert mails().get().key == f"digest:{address_hash(AN)}:2026-03-03"
    assert PlannedMessage.objects.get(key="een").reason == "in de ochtendmail"


def test_who_chose_nothing_gets_each_reminder_when_it_is_due(smtp_sink):
    planned("een", at(9))
    planned("bo", at(9), address="bo@voorbeeld.example")
    wants(Frequency.DAILY, address="bo@voorbeeld.example")
    tick(clock=Clock(at(8)))
    tick(clock=Clock(at(9)))
    assert [mail.recipients[0] for mail in smtp_sink.accepted] == ["bo@voorbeeld.example", AN]


def test_one_item_gives_the_mail_its_name(smtp_sink):
    wants(Frequency.DAILY)
    planned("een", at(9))
    tick(clock=Clock(at(8)))
    assert smtp_sink.accepted[0].message["Subject"] == "Dag een"


def test_once_a_day_even_when_something_is_planned_later(smtp_sink):
    wants(Frequency.DAILY)
    planned("een", at(9))
    tick(clock=Clock(at(8)))
    planned("later", at(10))
    tick(clock=Clock(at(10)))
    assert len(smtp_sink.accepted) == 1
    late = PlannedMessage.objects.get(key="later")
    assert (late.due_at, late.reason) == (at(8, days=1), "wacht op de ochtendmail")
    tick(clock=Clock(at(8, days=1)))
    assert [mail.message["Subject"] for mail in smtp_sink.accepted] == ["Dag een", "Dag later"]


def test_what_is_of_no_use_tomorrow_goes_at_once_and_alone(smtp_sink):
    wants(Frequency.DAILY)
    tick(clock=Clock(at(8)))
    planned("een", at(13), useful=timedelta(hours=4))
    tick(clock=Clock(at(13)))
    assert [message.category for message in Message.objects.all()] == [Category.MEETING_REMINDER]
    assert len(smtp_sink.accepted) == 1


def test_once_a_week_is_on_monday_with_what_is_due_that_week(smtp_sink):
    wants(Frequency.WEEKLY)
    monday = datetime(2026, 3, 9, 8, tzinfo=BRUSSELS)
    planned("dinsdag", at(9), useful=timedelta(days=20))
    planned("vrijdag", monday + timedelta(days=4))
    tick(clock=Clock(at(9)))
    assert smtp_sink.accepted == []
    tick(clock=Clock(monday))
    assert mails().get().context["items"][0]["title"] == "Dag dinsdag"
    assert len(mails().get().context["items"]) == 2


def test_each_item_is_asked_again_when_the_mail_is_written(smtp_sink, gone):
    wants(Frequency.DAILY)
    planned("een", at(9))
    planned("twee", at(9))
    gather(now=at(8))
    gone.add("een")
    tick(clock=Clock(at(8, 5)))
    [mail] = smtp_sink.accepted
    assert mail.message["Subject"] == "Dag twee"
    row = PlannedMessage.objects.get(key="een")
    assert (row.state, row.reason) == (State.CANCELLED, "komt niet")


def test_each_item_is_asked_once_more_just_before_sending_and_the_mail_written_anew(smtp_sink, gone):
    from huizen.outbox.prepare import prepare

    wants(Frequency.DAILY)
    planned("een", at(9))
    planned("twee", at(9))
    gather(now=at(8))
    prepare(now=at(8))
    assert len(mails().get().context["items"]) == 2
    gone.add("een")
    tick(clock=Clock(at(8, 5)))
    [mail] = smtp_sink.accepted
    assert mail.message["Subject"] == "Dag twee"
    outcomes = list(DeliveryAttempt.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["withheld", "accepted"]


def test_a_mail_that_the_server_may_have_taken_is_not_written_anew(smtp_sink, gone):
    wants(Frequency.DAILY)
    planned("een", at(9))
    planned("twee", at(9))
    smtp_sink.hang_ups = 1
    tick(clock=Clock(at(8)))
    gone.add("een")
    tick(clock=Clock(at(8, 30)))
    assert len(smtp_sink.accepted) == 2
    assert len({mail.raw for mail in smtp_sink.accepted}) == 1


def test_where_nothing_is_left_no_mail_goes(smtp_sink, gone):
    wants(Frequency.DAILY)
    planned("een", at(9))
    gather(now=at(8))
    gone.add("een")
    tick(clock=Clock(at(8, 5)))
    assert smtp_sink.accepted == []
    assert mails().get().reason == "alles is intussen gedaan of voorbij"


def test_an_item_that_cannot_be_written_is_left_out_alone(smtp_sink, monkeypatch, caplog):
    compose = lambda row, now: Letter("kapot" if row.key == "een" else "proef", {"name": row.key})  # noqa: E731
    kinds.register(Kind("proef", why_not=lambda row, now: "", compose=compose))
    wants(Frequency.DAILY)
    planned("een", at(9))
    planned("twee", at(9))
    tick(clock=Clock(at(8)))
    assert smtp_sink.accepted[0].message["Subject"] == "Dag twee"
    assert PlannedMessage.objects.get(key="een").state == State.FAILED


def test_who_stops_the_morning_mail_gets_none_of_what_it_held(smtp_sink):
    wants(Frequency.DAILY)
    planned("een", at(9))
    stop(address_hash(AN), category=Category.MORNING, now=SEVEN)
    tick(clock=Clock(at(9)))
    assert smtp_sink.accepted == []
    assert PlannedMessage.objects.get().reason == "wil dit niet meer"


def test_the_mail_can_be_ended_and_changed_from_itself(smtp_sink):
    wants(Frequency.DAILY)
    planned("een", at(9))
    tick(clock=Clock(at(8)))
    [mail] = smtp_sink.accepted
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Kies welke mails je krijgt:" in text_of(mail)


@pytest.mark.parametrize(
    ("now", "frequency", "expected"),
    [
        (datetime(2026, 3, 3, 7, 59), "daily", datetime(2026, 3, 3, 8)),
        (datetime(2026, 3, 3, 8), "daily", datetime(2026, 3, 4, 8)),
        (datetime(2026, 3, 28, 9), "daily", datetime(2026, 3, 29, 8)),
        (datetime(2026, 10, 24, 9), "daily", datetime(2026, 10, 25, 8)),
        (datetime(2026, 3, 9, 7), "weekly", datetime(2026, 3, 9, 8)),
        (datetime(2026, 3, 9, 8), "weekly", datetime(2026, 3, 16, 8)),
    ],
)
def test_the_next_morning_is_eight_on_the_wall(now, frequency, expected):
    found = next_morning(now.replace(tzinfo=BRUSSELS), frequency)
    assert found == expected.replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize("first", [datetime(2026, 3, 27, 12), datetime(2026, 10, 23, 12)])
def test_over_the_night_in_which_the_clock_changes_there_is_one_a_day_and_none_at_night(smtp_sink, first):
    """F39: every twenty minutes a tick, over both nights; each local day one mail, between 8 and 21."""
    first = first.replace(tzinfo=BRUSSELS)
    wants(Frequency.DAILY, now=first)
    clock = Clock(first.astimezone(ZoneInfo("UTC")))
    for number in range(4 * 72):
        if number % 9 == 0:
            planned(f"k{number}", clock.now + timedelta(hours=1))
        tick(clock=clock)
        clock.forward(minutes=20)

    sent = [message.sent_at.astimezone(BRUSSELS) for message in mails().filter(state="sent")]
    days = sorted(moment.date() for moment in sent)
    assert len(days) == len(set(days)) == 4
    assert {moment.hour for moment in sent} == {8}
    assert len(smtp_sink.accepted) == len(days)


def test_the_statements_of_gathering_do_not_grow_with_the_people(django_assert_num_queries):
    asked = []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number, day in ((1, 3), (20, 4)):
        now = at(8, days=day)
        for each in range(number):
            address = f"p{number}-{each}@voorbeeld.example"
            wants(Frequency.DAILY, Category.CHECK, address=address)
            planned(f"{number}-{each}", now, category=Category.CHECK, address=address)
        with CaptureQueriesContext(connection) as queries:
            assert gather(now=now) == number
        asked.append(len(queries))
    assert asked[0] == asked[1]
