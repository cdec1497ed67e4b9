"""A meeting changes while its reminders are under way: through the real outbox and a real mail server."""

import datetime as dt
import re

import pytest
from icalendar import Calendar

from huizen.models import Message, PlannedMessage
from huizen.outbox.claim import claim
from huizen.outbox.deliver import why_not
from huizen.outbox.prepare import prepare
from huizen.outbox.release import release_due
from huizen.outbox.tick import tick
from partners.actions.invitee import Invitee
from partners.actions.meeting import MeetingFacts, cancel_meeting, change_meeting, plan_meeting
from partners.actions.meeting_reminder import reconcile_reminders
from partners.models import MeetingInvitation
from tests.factories import BRUSSELS, NOW, MembershipFactory
from tests.huizen.letters import Clock

pytestmark = [pytest.mark.faults, pytest.mark.django_db]

START = dt.datetime(2026, 3, 25, 14, tzinfo=BRUSSELS)
DAY_BEFORE = dt.datetime(2026, 3, 24, 9, tzinfo=BRUSSELS)


@pytest.fixture
def els():
    return MembershipFactory(user__name="Els", user__email="els@voorbeeld.example").user


def facts(start):
    return MeetingFacts("Stuurgroep", start, start + dt.timedelta(hours=2), place="Zaal 1")


def planned_meeting(els, start=START, now=NOW):
    invitees = [Invitee("An", "an@voorbeeld.example")]
    house = els.memberships.get().house
    return plan_meeting(house=house, facts=facts(start), agenda=[], invitees=invitees, by=els, now=now)


def move(meeting, els, start, now):
    meeting.refresh_from_db()
    seen = meeting.changed_at
    change_meeting(meeting=meeting, facts=facts(start), agenda=[], tell=False, seen=seen, by=els, now=now)


def every_morning(clock, until):
    """Turn the clock as Celery does: each hour a tick, each hour the safety net."""
    while clock.now < until:
        reconcile_reminders(now=clock.now)
        tick(clock=clock)
        clock.forward(hours=1)


def subjects(sink, to="an@voorbeeld.example"):
    return [mail.message["Subject"].split(":")[0] for mail in sink.accepted if mail.recipients == (to,)]


def claimed_reminder(now):
    """The reminder of a day before, claimed by a worker that is about to send it."""
    release_due(now=now)
    prepare(now=now)
    while message := claim(now=now):
        if message.key.endswith(":1d"):
            return message
    raise AssertionError("no reminder was released")


def test_a_meeting_that_stands_sends_each_letter_once(smtp_sink, els):
    planned_meeting(els)
    clock = Clock(NOW)
    every_morning(clock, START + dt.timedelta(hours=3))
    assert subjects(smtp_sink) == [
        "Uitnodiging",
        "Herinnering",
        "Kom je? Stuurgroep, woensdag 25 maart 2026, van 14 tot 16 uur",
        "Herinnering",
    ]
    assert subjects(smtp_sink, "els@voorbeeld.example") == [
        "Wie komt er? Stuurgroep, woensdag 25 maart 2026, van 14 tot 16 uur"
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (dt.datetime(2026, 3, 30, 14, tzinfo=BRUSSELS), dt.datetime(2026, 3, 29, 9, tzinfo=BRUSSELS)),
        (dt.datetime(2026, 10, 26, 14, tzinfo=BRUSSELS), dt.datetime(2026, 10, 25, 9, tzinfo=BRUSSELS)),
    ],
)
def test_over_the_night_in_which_the_clock_changes_a_reminder_comes_once_at_nine(
    smtp_sink, els, start, expected
):
    """F37."""
    planned = start.replace(hour=12) - dt.timedelta(days=2)
    planned_meeting(els, start=start, now=planned)
    # In UTC, as the machine's clock runs: the hours of a wall clock are not all an hour long.
    clock = Clock(planned.astimezone(dt.UTC).replace(minute=0))
    every_morning(clock, start)
    [reminder] = Message.objects.filter(kind="meeting_reminder")
    assert reminder.sent_at.astimezone(BRUSSELS) == expected


def test_a_meeting_moved_before_release_reminds_of_the_new_moment_only(smtp_sink, els):
    """F32, between plan and release."""
    meeting = planned_meeting(els)
    moved_at = DAY_BEFORE - dt.timedelta(minutes=5)
    move(meeting, els, START + dt.timedelta(days=2), moved_at)
    every_morning(Clock(moved_at), START + dt.timedelta(days=3))
    assert subjects(smtp_sink)[:2] == ["Uitnodiging", "Nieuw moment"]
    assert subjects(smtp_sink).count("Herinnering") == 1
    updates = [mail for mail in smtp_sink.accepted if "Nieuw moment" in mail.message["Subject"]]
    [part] = [part for part in updates[0].message.walk() if part.get_content_type() == "text/calendar"]
    [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (1, START + dt.timedelta(days=2))


def test_a_meeting_moved_after_the_claim_withholds_the_old_reminder(els):
    """F32, between claim and SMTP."""
    meeting = planned_meeting(els)
    message = claimed_reminder(DAY_BEFORE)
    move(meeting, els, START + dt.timedelta(days=7), DAY_BEFORE)
    assert why_not(message, now=DAY_BEFORE) == "het overleg is verplaatst"


def test_a_meeting_cancelled_after_the_claim_withholds_the_reminder_and_tells_it_once(smtp_sink, els):
    """F33."""
    meeting = planned_meeting(els)
    message = claimed_reminder(DAY_BEFORE)
    cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=DAY_BEFORE)
    assert why_not(message, now=DAY_BEFORE) == "het overleg gaat niet door"
    # The worker that claimed it dies; another finds it when the lease is over.
    every_morning(Clock(DAY_BEFORE), START)
    message.refresh_from_db()
    assert (message.state, message.reason) == (Message.State.SUPPRESSED, "het overleg gaat niet door")
    assert subjects(smtp_sink).count("Gaat niet door") == 1
    assert subjects(smtp_sink).count("Herinnering") == 0


def test_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(smtp_sink, els, client, settings):
    """F40."""
    planned_meeting(els)
    every_morning(Clock(NOW), START)
    before = [list(model.objects.order_by("pk").values()) for model in (MeetingInvitation, PlannedMessage)]
    mails = "".join(
        part.get_content()
        for mail in smtp_sink.accepted
        if mail.recipients == ("an@voorbeeld.example",)
        for part in mail.message.walk()
        if part.get_content_type() in {"text/plain", "text/html"}
    )
    links = set(re.findall(re.escape(settings.PORTAL_URL) + r"[^\s\"<>]+", mails))
    answer_links = [link for link in links if "/overleg/" in link]
    assert answer_links
    for link in answer_links:
        path = link.removeprefix(settings.PORTAL_URL)
        assert (client.get(path).status_code, client.head(path).status_code) == (200, 200)
    assert [
        list(model.objects.order_by("pk").values()) for model in (MeetingInvitation, PlannedMessage)
    ] == before
