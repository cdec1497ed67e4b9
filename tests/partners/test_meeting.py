"""Planning, moving, cancelling and restoring a meeting: who hears what, and what their calendars make of it."""

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar

from huizen.models import Event, Message, PlannedMessage
from partners.actions.invitee import Invitee, invite, withdraw
from partners.actions.meeting import (
    AgendaPoint,
    MeetingFacts,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    restore_meeting,
)
from partners.actions.meeting_lock import MeetingError
from partners.models import Meeting
from tests.at_once import at_once
from tests.factories import NOW, ContactFactory

pytestmark = pytest.mark.django_db

START = NOW + dt.timedelta(days=21)
FACTS = MeetingFacts("Stuurgroep", START, START + dt.timedelta(hours=2), place="Zaal 1")
AGENDA = [AgendaPoint("Welkom", minutes=10), AgendaPoint("Zomeraanbod", "decide", 40, "Els")]
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def meeting(els, house):
    invitees = [Invitee("An", "An@Voorbeeld.example"), Invitee("Bob", "bob@voorbeeld.example")]
    return plan_meeting(house=house, facts=FACTS, agenda=AGENDA, invitees=invitees, by=els, now=NOW)


def change(meeting, els, *, now=LATER, tell=False, agenda=None, seen=None, **facts):
    meeting.refresh_from_db()
    return change_meeting(
        meeting=meeting,
        facts=replace(FACTS, **facts),
        agenda=AGENDA if agenda is None else agenda,
        tell=tell,
        seen=seen or meeting.changed_at,
        by=els,
        now=now,
    )


def moved(meeting, els, days=1, **facts):
    starts = START + dt.timedelta(days=days)
    return change(meeting, els, starts_at=starts, ends_at=starts + dt.timedelta(hours=2), **facts)


def letters(template=None, to="an@voorbeeld.example"):
    rows = Message.objects.filter(recipient=to).order_by("created_at", "key")
    return list(rows.filter(template=template) if template else rows)


def entry(letter):
    calendar = Calendar.from_ical(letter.calendar)
    [event] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def planned(state="planned"):
    return PlannedMessage.objects.filter(state=state)


def test_everybody_who_is_asked_gets_the_agenda_and_an_entry_for_the_calendar(meeting):
    [letter] = letters()
    assert letter.context["name"] == "An"
    assert letter.context["when"] == "woensdag 25 maart 2026, van 9 tot 11 uur"
    assert [point["title"] for point in letter.context["agenda"]] == ["Welkom", "Zomeraanbod"]
    method, event = entry(letter)
    assert (method, str(event["SUMMARY"]), event["SEQUENCE"]) == ("REQUEST", "Stuurgroep", 0)
    assert event["ORGANIZER"] == "mailto:els@voorbeeld.example"
    assert event["ATTENDEE"] == "mailto:an@voorbeeld.example"


def test_an_address_is_asked_once(els, house):
    twice = [Invitee("An", "an@voorbeeld.example"), Invitee("An", " AN@voorbeeld.example ")]
    meeting = plan_meeting(house=house, facts=FACTS, agenda=[], invitees=twice, by=els, now=NOW)
    assert meeting.invitations.count() == 1


def test_a_contact_brings_her_organisation(els, house):
    contact = ContactFactory()
    invitees = [Invitee(contact.name, contact.email, contact)]
    meeting = plan_meeting(house=house, facts=FACTS, agenda=[], invitees=invitees, by=els, now=NOW)
    assert meeting.invitations.get().organisation == contact.organisation


def test_a_meeting_in_the_past_is_not_planned(els, house):
    with pytest.raises(MeetingError, match="al voorbij"):
        plan_meeting(
            house=house, facts=FACTS, agenda=[], invitees=[], by=els, now=START + dt.timedelta(minutes=1)
        )
    assert not Meeting.objects.exists()


def test_reminders_are_planned_with_the_meeting(meeting):
    assert planned().count() == 2 * 3 + 1


def test_another_time_asks_again_and_moves_the_reminders(meeting, els):
    meeting.invitations.filter(name="An").update(answer="yes", answered_at=NOW)
    moved(meeting, els)
    an = meeting.invitations.get(name="An")
    assert (an.answer, an.earlier_answer, an.answered_at) == ("none", "yes", None)
    assert {int(row.key.split(":v")[1].split(":")[0]) for row in planned()} == {2}
    assert planned().count() == planned("cancelled").count() == 7


def test_another_time_is_told_old_and_new(meeting, els):
    moved(meeting, els)
    [letter] = letters("meeting_update")
    assert letter.context["moved"] is True
    assert letter.context["changes"] == [
        {
            "label": "Wanneer",
            "old": "woensdag 25 maart 2026, van 9 tot 11 uur",
            "new": "donderdag 26 maart 2026, van 9 tot 11 uur",
        }
    ]
    method, event = entry(letter)
    assert (method, event["SEQUENCE"]) == ("REQUEST", 1)
    assert event["DTSTART"].dt == START + dt.timedelta(days=1)


def test_another_place_is_told_and_keeps_the_answers(meeting, els):
    meeting.invitations.update(answer="yes", answered_at=NOW)
    row = change(meeting, els, place="Zaal 2")
    assert (row.ical_sequence, row.time_version) == (1, 1)
    assert set(meeting.invitations.values_list("answer", flat=True)) == {"yes"}
    assert letters("meeting_update")[0].context["changes"] == [
        {"label": "Waar", "old": "Zaal 1", "new": "Zaal 2"}
    ]


def test_another_agenda_mails_nobody(meeting, els):
    row = change(meeting, els, agenda=[AgendaPoint("Rondvraag")], note="Breng je agenda mee.")
    assert row.ical_sequence == 0
    assert letters("meeting_update") == []
    assert [item.title for item in meeting.agenda.all()] == ["Rondvraag"]


def test_another_agenda_is_told_when_asked(meeting, els):
    change(meeting, els, agenda=[AgendaPoint("Rondvraag")], tell=True)
    [letter] = letters("meeting_update")
    assert (letter.context["changes"], letter.context["moved"]) == ([], False)
    assert entry(letter)[1]["SEQUENCE"] == 1


def test_a_change_stands_in_the_logbook(meeting, els):
    change(meeting, els, place="Zaal 2", agenda=AGENDA[:1])
    event = Event.objects.get(verb="changed")
    assert event.changes == {"place": ["Zaal 1", "Zaal 2"], "agenda": [["Welkom", "Zomeraanbod"], ["Welkom"]]}
    assert event.actor == els


def test_who_looked_at_an_older_meeting_changes_nothing(meeting, els):
    seen = meeting.changed_at
    change(meeting, els, place="Zaal 2")
    with pytest.raises(MeetingError, match="intussen"):
        change(meeting, els, place="Zaal 3", seen=seen)
    meeting.refresh_from_db()
    assert meeting.place == "Zaal 2"


def test_a_cancelled_meeting_is_told_once_and_reminds_nobody(meeting, els):
    cancel_meeting(meeting=meeting, reason="De zaal is dubbel geboekt.", by=els, now=LATER)
    with pytest.raises(MeetingError):
        cancel_meeting(meeting=meeting, reason="Nog eens.", by=els, now=LATER)
    [letter] = letters("meeting_cancelled")
    assert letter.context["reason"] == "De zaal is dubbel geboekt."
    method, event = entry(letter)
    assert (method, event["SEQUENCE"], str(event["STATUS"])) == ("CANCEL", 1, "CANCELLED")
    assert not planned().exists()


def test_a_cancelled_meeting_is_not_changed(meeting, els):
    cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=LATER)
    with pytest.raises(MeetingError):
        moved(meeting, els)


def test_a_meeting_that_is_over_is_not_changed(meeting, els):
    with pytest.raises(MeetingError, match="voorbij"):
        change(meeting, els, place="Zaal 2", now=START + dt.timedelta(hours=3))


def test_a_restored_meeting_keeps_its_answers_and_gets_its_reminders_back(meeting, els):
    meeting.invitations.filter(name="An").update(answer="yes", answered_at=NOW)
    cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=LATER)
    restore_meeting(meeting=meeting, by=els, now=LATER)
    assert meeting.invitations.get(name="An").answer == "yes"
    assert planned().count() == 6
    assert entry(letters("meeting_restored")[0])[0] == "REQUEST"


def test_a_meeting_that_stands_cannot_be_restored(meeting, els):
    with pytest.raises(MeetingError, match="gewoon door"):
        restore_meeting(meeting=meeting, by=els, now=LATER)


def test_a_meeting_whose_moment_is_past_cannot_be_restored(meeting, els):
    cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=LATER)
    with pytest.raises(MeetingError, match="voorbij"):
        restore_meeting(meeting=meeting, by=els, now=START)


def test_a_calendar_follows_move_move_back_cancel_and_restore(meeting, els):
    moved(meeting, els)
    moved(meeting, els, days=0)
    cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=LATER)
    restore_meeting(meeting=meeting, by=els, now=LATER)
    entries = [entry(letter) for letter in sorted(letters(), key=lambda m: entry(m)[1]["SEQUENCE"])]
    assert [event["SEQUENCE"] for _, event in entries] == [0, 1, 2, 3, 4]
    assert [method for method, _ in entries] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL", "REQUEST"]
    assert {str(event["UID"]) for _, event in entries} == {meeting.ical_uid}
    assert entries[-1][1]["DTSTART"].dt == START


def test_who_is_asked_later_gets_the_invitation_and_the_others_nothing(meeting, els):
    invite(meeting=meeting, invitees=[Invitee("Cleo", "cleo@voorbeeld.example")], by=els, now=LATER)
    assert [letter.template for letter in letters(to="cleo@voorbeeld.example")] == ["meeting_invitation"]
    assert len(letters()) == 1
    assert planned().filter(recipient="cleo@voorbeeld.example").count() == 3


def test_who_is_asked_already_is_not_asked_again(meeting, els):
    assert invite(meeting=meeting, invitees=[Invitee("An", "an@voorbeeld.example")], by=els, now=LATER) == []
    assert len(letters()) == 1


def test_who_is_withdrawn_hears_it_and_is_not_reminded(meeting, els):
    an = meeting.invitations.get(name="An")
    withdraw(invitation=an, by=els, now=LATER)
    with pytest.raises(MeetingError):
        withdraw(invitation=an, by=els, now=LATER)
    method, event = entry(letters("meeting_withdrawn")[0])
    assert (method, event["ATTENDEE"]) == ("CANCEL", "mailto:an@voorbeeld.example")
    assert not planned().filter(recipient=an.email).exists()
    assert planned().filter(recipient="bob@voorbeeld.example").count() == 3


def test_who_is_asked_again_after_all_comes_back_in_the_calendar(meeting, els):
    withdraw(invitation=meeting.invitations.get(name="An"), by=els, now=LATER)
    invite(meeting=meeting, invitees=[Invitee("An", "an@voorbeeld.example")], by=els, now=LATER)
    sequences = [entry(letter)[1]["SEQUENCE"] for letter in letters()]
    assert sorted(sequences) == [0, 1, 2]
    assert entry(letters("meeting_invitation")[-1])[1]["SEQUENCE"] == 2
    assert meeting.invitations.get(name="An").withdrawn_at is None
    assert planned().filter(recipient="an@voorbeeld.example").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_people_who_cancel_at_once_send_one_letter(els, meeting):
    def cancel():
        cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=LATER)

    assert [type(each) for each in at_once([cancel, cancel])].count(MeetingError) == 1
    assert len(letters("meeting_cancelled")) == 1


@pytest.mark.django_db(transaction=True)
def test_one_who_moves_while_another_cancels_leaves_no_reminder_behind(els, meeting):
    seen = meeting.changed_at
    facts = replace(
        FACTS, starts_at=START + dt.timedelta(days=1), ends_at=START + dt.timedelta(days=1, hours=1)
    )

    def move():
        change_meeting(meeting=meeting, facts=facts, agenda=AGENDA, tell=False, seen=seen, by=els, now=LATER)

    def cancel():
        cancel_meeting(meeting=meeting, reason="Ziek.", by=els, now=LATER)

    refused = [each for each in at_once([move, cancel]) if each is not None]
    meeting.refresh_from_db()
    assert (meeting.is_cancelled, len(refused) <= 1) == (True, True)
    assert {type(each) for each in refused} <= {MeetingError}
    assert not planned().exists()
    sequences = [entry(letter)[1]["SEQUENCE"] for letter in letters()]
    assert len(sequences) == len(set(sequences))
