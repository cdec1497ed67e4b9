"""Weeks that go by on a real Celery worker, a real broker and a real mail server: its clock is turned, hour by hour.

The rules of time themselves, hour by hour and in one process, stand in test_delivery_clock.py and tests/huizen.
"""

import datetime as dt
import re
import time

import pytest
from icalendar import Calendar

from activities.actions.reminder import reconcile
from huizen.models import Category, Message, PlannedMessage
from huizen.outbox import transport
from huizen.outbox.preferences import Frequency, choose
from huizen.outbox.suppression import address_hash
from huizen.outbox.tick import tick
from huizen.outbox.transport import PATIENCE
from partners.actions.answer import answer_meeting
from partners.actions.meeting import cancel_meeting
from partners.models import MeetingInvitation
from projects.actions.report_reminder import RULES
from tests.at_once import at_once
from tests.factories import BRUSSELS, RegistrationFactory, SessionFactory
from tests.faults.mailroom import until
from tests.faults.test_meeting_reminders import DAY_BEFORE, START, els, move, planned_meeting, subjects
from tests.faults.turned_clock import TurnedWorker
from tests.projects.report_builders import make_reporting_project, report_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
__all__ = ["els"]
State = Message.State
AN = "an@voorbeeld.example"
#: On the wall: the night, the hour that does not exist or comes twice, the edges of the quiet hours, the hours of mail.
HOURS = [(0, 0), (2, 30), (3, 30), (7, 40), (8, 0), (9, 0), (10, 0), (12, 0), (20, 40), (21, 0), (23, 0)]
REMINDERS = ("activities.reconcile_reminders", "partners.reconcile_reminders")


@pytest.fixture
def worker(transactional_db, smtp_sink, tmp_path):
    turned = TurnedWorker(tmp_path)
    yield turned
    turned.stop()


def wall(day, hour, minute=0):
    return dt.datetime.combine(day, dt.time(hour, minute), BRUSSELS)


def days_pass(worker, first, last, *tasks):
    """Every day from the first to the last, at all of the hours that matter."""
    for number in range((last - first).days + 1):
        for hour in HOURS:
            worker.at(wall(first + dt.timedelta(days=number), *hour), *tasks)


def sent(**facts):
    rows = Message.objects.filter(state=State.SENT, **facts).order_by("sent_at")
    return [row.sent_at.astimezone(BRUSSELS).replace(tzinfo=None) for row in rows]


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_over_the_nights_in_which_the_clock_changes_each_reminder_leaves_once_at_ten_on_the_wall(
    worker, smtp_sink, day
):
    """F37: at seven in the evening on the day of the change and on the one after it."""
    starts = [wall(day + dt.timedelta(days=number), 19) for number in (0, 1)]
    for start in starts:
        session = SessionFactory(starts_at=start, ends_at=start + dt.timedelta(hours=1))
        asked = start - dt.timedelta(days=9)
        RegistrationFactory(session=session, created_at=asked, email=f"{start.day}@voorbeeld.example")
    days_pass(worker, day - dt.timedelta(days=2), day + dt.timedelta(days=1), REMINDERS[0])

    assert sent(category=Category.SESSION_REMINDER) == [
        dt.datetime.combine(start.date() - dt.timedelta(days=1), dt.time(10)) for start in starts
    ]
    assert len(smtp_sink.accepted) == len(sent())


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_over_those_nights_there_is_one_morning_mail_a_day_and_nothing_between_nine_and_eight(
    worker, smtp_sink, day
):
    """F39: two moments a day, for somebody who wants her reminders in the morning."""
    first = day - dt.timedelta(days=2)
    choose(
        address_hash(AN), category=Category.SESSION_REMINDER, frequency=Frequency.DAILY, now=wall(first, 0)
    )
    for number in range(5):
        for hour in (14, 16):
            start = wall(first + dt.timedelta(days=number), hour)
            session = SessionFactory(starts_at=start, ends_at=start + dt.timedelta(hours=1))
            asked = wall(first, 0) - dt.timedelta(days=9)
            RegistrationFactory(session=session, created_at=asked, email=AN, contact_key=f"an{number}{hour}")
    days_pass(worker, first, day + dt.timedelta(days=1), REMINDERS[0])

    mornings = sent(category=Category.MORNING)
    assert [moment.hour for moment in mornings] == [8] * len(mornings)
    assert [moment.date() for moment in mornings] == sorted({moment.date() for moment in mornings})
    assert len(mornings) >= 3
    assert {moment.hour for moment in sent()} <= set(range(8, 21))
    assert len(smtp_sink.to(AN)) == len(sent(recipient=AN))


def test_a_report_that_is_overdue_for_thirty_days_is_asked_as_often_as_there_are_rules(worker, smtp_sink):
    """F36: whatever the nightly net derives again."""
    project = make_reporting_project()
    report = report_of(project)
    due = report.period.due_on
    first, last = due - dt.timedelta(days=35), due + dt.timedelta(days=31)
    for number in range((last - first).days + 1):
        morning = wall(first + dt.timedelta(days=number), 9, 5)
        worker.at(morning, "projects.reconcile_reminders", "projects.reconcile_reminders")

    about = {"subject_type": "projects.progressreport", "subject_id": str(report.pk)}
    mails = sent(recipient=project.coordinator.email, **about)
    assert [moment.date() for moment in mails] == [due + dt.timedelta(days=rule.days) for rule in RULES]


def test_a_meeting_that_moves_before_its_reminder_is_told_once_and_reminded_of_once(worker, smtp_sink, els):
    """F32: the update with the next SEQUENCE, and one reminder for the new moment."""
    meeting = planned_meeting(els)
    worker.at(DAY_BEFORE - dt.timedelta(days=8))
    moved_at = DAY_BEFORE - dt.timedelta(minutes=5)
    move(meeting, els, START + dt.timedelta(days=2), moved_at)
    for number in range(4):
        worker.at(DAY_BEFORE + dt.timedelta(days=number), REMINDERS[1])

    told_once_and_reminded_once(smtp_sink)


def told_once_and_reminded_once(sink):
    """Of a meeting that moved by two days: the update raises the entry in the calendar, one reminder leaves for the new day."""
    assert subjects(sink).count("Herinnering") == 1
    assert sent(kind="meeting_reminder", recipient=AN) == [dt.datetime(2026, 3, 26, 9)]
    [update] = [mail for mail in sink.to(AN) if "Nieuw moment" in mail.message["Subject"]]
    [part] = [part for part in update.message.walk() if part.get_content_type() == "text/calendar"]
    [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (1, START + dt.timedelta(days=2))


def moved_while_the_server_holds_it(sink, els, meeting):
    """The mail server has heard for whom the reminder is and lets it wait; the move is committed; then it takes all."""
    until(lambda: sink.held)
    move(meeting, els, START + dt.timedelta(days=2), DAY_BEFORE)
    time.sleep(
        PATIENCE
    )  # so long a worker waits before it asks anew; the longer the server held it, the surer
    sink.holds = False
    until(lambda: not Message.objects.filter(state=State.SENDING).exists())


def test_a_meeting_that_moves_between_claim_and_mail_is_told_once_and_reminded_of_once(
    worker, smtp_sink, els
):
    """F32, between claim and SMTP: the old reminder is withdrawn before the first byte of it left."""
    meeting = planned_meeting(els, now=DAY_BEFORE - dt.timedelta(days=2))
    worker.at(DAY_BEFORE - dt.timedelta(days=1))
    smtp_sink.holds = True
    worker.turn(DAY_BEFORE)
    worker.ask("outbox.tick")
    moved_while_the_server_holds_it(smtp_sink, els, meeting)
    old = Message.objects.get(key__endswith=":1d")
    assert (old.state, old.reason) == (State.SUPPRESSED, "het overleg is verplaatst")
    for number in range(1, 4):
        worker.at(DAY_BEFORE + dt.timedelta(days=number), REMINDERS[1])
    told_once_and_reminded_once(smtp_sink)


def test_without_asking_anew_the_old_moment_would_be_told_after_the_move(smtp_sink, els, monkeypatch):
    """F32n: the same tick in this process, and whoever is about to send never asks again."""
    monkeypatch.setattr(transport, "PATIENCE", 600)
    meeting = planned_meeting(els, now=DAY_BEFORE - dt.timedelta(days=2))
    tick(clock=lambda: DAY_BEFORE - dt.timedelta(days=1))
    smtp_sink.holds = True
    moves = lambda: moved_while_the_server_holds_it(smtp_sink, els, meeting)  # noqa: E731
    assert at_once([lambda: tick(clock=lambda: DAY_BEFORE), moves])[1] is None
    assert subjects(smtp_sink).count("Herinnering") == 1
    assert sent(kind="meeting_reminder", recipient=AN) == [dt.datetime(2026, 3, 24, 9)]


def test_an_answer_while_the_reminder_waits_for_a_mail_server_that_is_down_withholds_it_with_the_reason(
    worker, smtp_sink, els
):
    """F34: queued and written, then answered, then the mail server is back."""
    meeting = planned_meeting(els, now=DAY_BEFORE - dt.timedelta(days=2))
    worker.at(DAY_BEFORE - dt.timedelta(days=1))
    smtp_sink.stop()
    worker.at(DAY_BEFORE)
    reminder = Message.objects.get(key__endswith=":1d")
    assert (reminder.state, bool(reminder.body_mime)) == (State.QUEUED, True)
    invitation = meeting.invitations.get()
    answer_meeting(invitation=invitation, answer="no", comment="", seen_version=1, now=DAY_BEFORE)
    smtp_sink.start()
    worker.at(DAY_BEFORE + dt.timedelta(minutes=1))

    reminder.refresh_from_db()
    assert (reminder.state, reminder.reason) == (State.SUPPRESSED, "komt niet")
    assert subjects(smtp_sink).count("Herinnering") == 0


def test_a_meeting_cancelled_while_a_worker_is_sending_the_reminder_and_dies_is_not_reminded_of(
    worker, smtp_sink, els
):
    """F33: killed in the middle of the conversation with the mail server; another one takes over."""
    meeting = planned_meeting(els, now=DAY_BEFORE - dt.timedelta(days=2))
    worker.at(DAY_BEFORE - dt.timedelta(days=1))
    smtp_sink.holds = True
    worker.turn(DAY_BEFORE)
    worker.ask("outbox.tick")
    until(lambda: smtp_sink.held)
    cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=DAY_BEFORE)
    worker.kill()
    smtp_sink.holds = False
    worker.start()
    for minutes in (5, 10, 60):
        worker.at(DAY_BEFORE + dt.timedelta(minutes=minutes), REMINDERS[1])

    reminder = Message.objects.get(key__endswith=":1d")
    assert (reminder.state, reminder.reason) == (State.SUPPRESSED, "het overleg gaat niet door")
    assert subjects(smtp_sink).count("Gaat niet door") == 1
    assert subjects(smtp_sink).count("Herinnering") == 0


def test_a_scanner_that_opens_every_link_that_left_changes_nothing_and_a_person_still_answers(
    worker, smtp_sink, els, client, settings
):
    """F40: HEAD, GET, and GET as a browser does, of every address in what the mail server took."""
    planned_meeting(els)
    for days in (20, 7, 3, 1):
        worker.at(START - dt.timedelta(days=days, hours=4), REMINDERS[1])
    tables = (MeetingInvitation, PlannedMessage, Message)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    texts = "".join(
        part.get_content()
        for mail in smtp_sink.to(AN)
        for part in mail.message.walk()
        if part.get_content_type() in {"text/plain", "text/html"}
    )
    links = set(re.findall(re.escape(settings.PORTAL_URL) + r"(/[^\s\"<>]+)", texts))
    answers = {link for link in links if link.startswith("/overleg/")}
    assert answers
    for link in links:
        for ask in (client.head, client.get, lambda path: client.get(path, headers={"Accept": "text/html"})):
            assert ask(link.replace("&amp;", "&")).status_code == 200
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before


def test_two_workers_at_the_hour_in_which_the_clock_goes_back_send_each_reminder_once(
    worker, smtp_sink, tmp_path
):
    """Not in the list: both have the hour that comes twice, the second one an hour behind, and both derive all anew."""
    start = wall(dt.date(2026, 10, 26), 9)
    for number in range(20):
        session = SessionFactory(starts_at=start, ends_at=start + dt.timedelta(hours=1))
        asked = start - dt.timedelta(days=9)
        RegistrationFactory(session=session, created_at=asked, email=f"k{number}@voorbeeld.example")
    folder = tmp_path / "other"
    folder.mkdir()
    other = TurnedWorker(folder)
    try:
        for quarter in range(44):
            now = dt.datetime(2026, 10, 25, 0, tzinfo=dt.UTC) + dt.timedelta(minutes=15 * quarter)
            worker.turn(now)
            other.turn(now - dt.timedelta(hours=1))
            worker.ask(REMINDERS[0], "outbox.tick", REMINDERS[0], "outbox.tick")
    finally:
        other.stop()
    worker.at(dt.datetime(2026, 10, 25, 11, 30, tzinfo=dt.UTC), REMINDERS[0])
    until(lambda: not Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).exists())
    reconcile(now=start - dt.timedelta(hours=1))

    assert sorted(mail.recipients[0] for mail in smtp_sink.accepted) == sorted(
        f"k{number}@voorbeeld.example" for number in range(20)
    )
    assert {moment.hour for moment in sent()} <= set(range(8, 21))
