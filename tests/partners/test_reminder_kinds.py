"""What the outbox hears when it asks whether a reminder is still wanted, and what the reminder says."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from icalendar import Calendar

from huizen.models import Message, PlannedMessage
from huizen.outbox.kinds import kind_named
from partners.actions.answer import answer_meeting
from partners.actions.invitee import Invitee, withdraw
from partners.actions.meeting import MeetingFacts, cancel_meeting, change_meeting, plan_meeting
from tests.factories import NOW, MembershipFactory

pytestmark = pytest.mark.django_db

START = NOW + dt.timedelta(days=21)
FACTS = MeetingFacts("Stuurgroep", START, START + dt.timedelta(hours=2), place="Zaal 1")
DUE = START - dt.timedelta(days=1)


@pytest.fixture
def meeting(els):
    invitees = [Invitee("An", "an@voorbeeld.example")]
    house = els.memberships.get().house
    return plan_meeting(house=house, facts=FACTS, agenda=[], invitees=invitees, by=els, now=NOW)


@pytest.fixture(params=[PlannedMessage, Message], ids=["at release", "just before sending"])
def row(request, meeting):
    """The reminder of a day before, as the outbox has it: first planned, later a message with the same facts."""

    def build(rule="1d"):
        planned = PlannedMessage.objects.get(key__endswith=f":{rule}")
        if request.param is PlannedMessage:
            return planned
        return Message(
            key=planned.key, kind=planned.kind, subject_id=planned.subject_id, recipient=planned.recipient
        )

    return build


def why_not(row, now=DUE):
    return kind_named(row.kind).why_not(row, now)


def answer(meeting, said):
    invitation = meeting.invitations.get()
    answer_meeting(invitation=invitation, answer=said, comment="", seen_version=meeting.time_version, now=NOW)


@pytest.mark.parametrize("rule", ["7d", "3d", "2d", "1d"])
def test_a_reminder_of_a_meeting_that_stands_is_wanted(row, rule):
    assert why_not(row(rule)) == ""


@pytest.mark.parametrize("rule", ["7d", "3d", "2d", "1d"])
def test_a_meeting_that_moved_sends_no_old_reminder(row, meeting, els, rule):
    old = row(rule)
    later = START + dt.timedelta(days=2)
    facts = MeetingFacts("Stuurgroep", later, later + dt.timedelta(hours=2), place="Zaal 1")
    change_meeting(
        meeting=meeting, facts=facts, agenda=[], tell=False, seen=meeting.changed_at, by=els, now=NOW
    )
    assert why_not(old) == "het overleg is verplaatst"
    assert PlannedMessage.objects.filter(state="planned", key__endswith=":1d").count() == 1


@pytest.mark.parametrize("rule", ["7d", "3d", "2d", "1d"])
def test_a_cancelled_meeting_sends_no_reminder(row, meeting, els, rule):
    old = row(rule)
    cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=NOW)
    assert why_not(old) == "het overleg gaat niet door"


def test_who_says_no_in_between_is_not_reminded(row, meeting):
    old = row()
    answer(meeting, "no")
    assert why_not(old) == "komt niet"


@pytest.mark.parametrize("said", ["yes", "maybe"])
def test_who_answers_in_between_is_not_asked_to_answer(row, meeting, said):
    nudge, reminder = row("3d"), row("1d")
    answer(meeting, said)
    assert why_not(nudge) == "heeft al geantwoord"
    assert why_not(reminder) == ""


def test_who_is_withdrawn_in_between_is_not_reminded(row, meeting, els):
    old = row()
    withdraw(invitation=meeting.invitations.get(), by=els, now=NOW)
    assert why_not(old) == "niet meer gevraagd"


def test_a_meeting_that_began_reminds_nobody(row):
    assert why_not(row(), now=START) == "het overleg is al begonnen"


@pytest.mark.parametrize(
    ("rule", "reason"), [("1d", "niet meer gevraagd"), ("2d", "het overleg bestaat niet meer")]
)
def test_a_meeting_that_was_erased_reminds_nobody(row, meeting, rule, reason):
    old = row(rule)
    meeting.delete()
    assert why_not(old) == reason


def test_who_no_longer_organises_hears_nothing(row, meeting):
    note = row("2d")
    meeting.organiser = MembershipFactory(house=meeting.house).user
    meeting.save()
    assert why_not(note) == "organiseert dit overleg niet meer"


def composed(rule):
    planned = PlannedMessage.objects.get(key__endswith=f":{rule}")
    letter = kind_named(planned.kind).compose(planned, DUE)
    return letter, render_to_string(f"emails/{letter.template}.txt", letter.context)


@pytest.mark.parametrize("rule", ["1d", "3d"])
def test_a_reminder_brings_the_meeting_the_answer_link_and_the_calendar(meeting, rule):
    letter, text = composed(rule)
    assert "woensdag 25 maart 2026, van 9 tot 11 uur" in text.splitlines()[0]
    assert letter.context["answer_url"] in text.splitlines()
    [event] = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert (str(event["UID"]), event["SEQUENCE"]) == (meeting.ical_uid, meeting.ical_sequence)


def test_the_organiser_reads_who_did_not_answer(meeting):
    letter, text = composed("2d")
    assert letter.context["counts"] == {"yes": 0, "maybe": 0, "no": 0, "none": 1, "other": 0}
    assert "Deze mensen antwoordden nog niet: An." in text
    assert "Er staat nog niets op de agenda." in text


def test_every_letter_has_a_subject_and_a_text(meeting, els):
    later = START + dt.timedelta(days=2)
    facts = MeetingFacts(
        "Stuurgroep", later, later + dt.timedelta(hours=2), online_url="https://overleg.example/a"
    )
    change_meeting(
        meeting=meeting, facts=facts, agenda=[], tell=False, seen=meeting.changed_at, by=els, now=NOW
    )
    cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=NOW)
    for message in Message.objects.all():
        subject, blank, *text = render_to_string(f"emails/{message.template}.txt", message.context).split(
            "\n"
        )
        assert (bool(subject), blank, text[0]) == (True, "", "Dag An,")
