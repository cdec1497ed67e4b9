"""A coordinator: signs in with a code from the mail, plans a meeting, and its reminder goes out by itself."""

import datetime as dt
import email
import email.policy
import re

import icalendar
import pytest
from django.utils import timezone

from huizen.models import PlannedMessage
from huizen.outbox.doorbell import ring
from partners.models import Meeting, MeetingInvitation
from tests.browser.conftest import link_in, mail_at

pytestmark = pytest.mark.browser


@pytest.fixture
def awake(settings, monkeypatch):
    """No quiet hours: this test is also run at night."""
    for name in ("OUTBOX_QUIET_FROM", "OUTBOX_QUIET_UNTIL"):
        monkeypatch.setenv(name, "0")
        setattr(settings, name, 0)


def test_a_meeting_is_planned_answered_and_reminded(awake, letterbox, page, baldemore):
    sign_in(page)
    plan_a_meeting(page)
    answer(page)
    assert MeetingInvitation.objects.get(email="c0@voorbeeld.example").answer == "yes"
    the_hour_of_the_reminder_comes()
    mail_at(page, "Herinnering", to="c0@voorbeeld.example")
    calendar = icalendar.Calendar.from_ical(calendar_file(letterbox, "Herinnering"))
    event = calendar.walk("VEVENT")[0]
    meeting = Meeting.objects.get()
    assert event["UID"] == meeting.ical_uid
    assert event["DTSTART"].dt == meeting.starts_at


def sign_in(page):
    page.goto("/aanmelden/")
    page.get_by_label("E-mailadres").fill("coordinator@voorbeeld.example")
    page.get_by_role("button", name="Mail me een code").click()
    confirm = page.url
    mail_at(page, "code", to="coordinator@voorbeeld.example")
    code = re.search(r"(\S+) is je code", page.locator("main").inner_text())[1]
    page.goto(confirm)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Meld me aan").click()
    page.goto("/beheer/")
    assert page.get_by_role("heading", level=1).inner_text() == "Vandaag"


def plan_a_meeting(page):
    page.goto("/beheer/overleg/nieuw/")
    page.get_by_label("Waarover gaat het?").fill("Partneroverleg")
    page.get_by_label("Dag").fill(f"{timezone.localdate() + dt.timedelta(days=1):%Y-%m-%d}")
    page.get_by_label("Van").first.fill("22:00")
    page.get_by_label("Tot").first.fill("23:00")
    page.locator("[name$=place]").fill("Antennepunt Mol")
    for name in ("Contact 1", "Contact 2", "Contact 3"):
        page.get_by_label(re.compile(name)).check()
    page.locator("main form button[type=submit]").last.click()
    assert "Partneroverleg" in page.locator("main").inner_text()
    assert Meeting.objects.get().invitations.count() == 3


def answer(page):
    mail_at(page, "Uitnodiging", to="c0@voorbeeld.example")
    page.goto(link_in(page, "/overleg/"))
    assert MeetingInvitation.objects.get(email="c0@voorbeeld.example").answer == "none"
    page.get_by_label("Ik kom", exact=True).check()
    page.get_by_role("button", name="Bewaar mijn antwoord").click()
    assert "Je antwoord is" in page.locator("main").inner_text()


def the_hour_of_the_reminder_comes():
    """The reminder of tomorrow's meeting becomes due now; the rest is left to Celery."""
    due = PlannedMessage.objects.filter(state="planned", recipient="c0@voorbeeld.example").order_by("due_at")
    assert PlannedMessage.objects.filter(pk=due.last().pk).update(due_at=timezone.now()) == 1
    ring()


def calendar_file(folder, subject: str) -> bytes:
    for file in sorted(folder.iterdir(), reverse=True):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        if subject in message["Subject"]:
            parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
            return parts[0].get_payload(decode=True)
    raise AssertionError("geen mail met een agendabestand")
