"""Minutes: written in revisions, sent round, improved, approved in a later meeting."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from huizen.models import Message
from huizen.outbox.kinds import kind_named
from partners.actions.action_point import Agreed
from partners.actions.forget_minutes import forget_minutes
from partners.actions.minutes import (
    ClashError,
    MinutesError,
    Save,
    approve_minutes,
    save_minutes,
    send_minutes,
)
from partners.minutes_body import Clash, Noted, Written
from partners.models import ActionPoint, MeetingAttendance, Minutes, MinutesRevision
from tests.factories import ContactFactory, MeetingFactory, MeetingInvitationFactory, UserFactory
from tests.minutes_factories import AgendaItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(meeting):
    """An hour after the meeting began, in the day."""
    return meeting.starts_at.replace(hour=11) + dt.timedelta(days=1)


@pytest.fixture
def item(meeting):
    return AgendaItemFactory(meeting=meeting, position=1, title="Speelstraat", purpose="decide")


@pytest.fixture
def an(meeting):
    return MeetingInvitationFactory(meeting=meeting, name="An", email="an@voorbeeld.example")


@pytest.fixture
def write(meeting, item, els, now):
    def save(notes="", *, decisions="", remarks="", seen=0, **facts):
        written = Written(remarks, {item.pk: Noted(notes, decisions)})
        given = Save(written=written, seen=seen, **facts)
        return save_minutes(meeting=meeting, save=given, by=els, now=now)

    return save


@pytest.fixture
def send(meeting, els, now):
    def go(seen, at=None):
        return send_minutes(meeting=meeting, seen=seen, by=els, now=at or now)

    return go


def bodies():
    return list(MinutesRevision.objects.order_by("number").values_list("number", "body"))


def test_what_is_saved_is_a_revision_with_the_agenda_and_who_was_there(meeting, write, an):
    MeetingAttendance.objects.create(meeting=meeting, invitation=an, status="present")
    MeetingAttendance.objects.create(meeting=meeting, name="Jo", status="present")
    write("Iedereen wil.", decisions="We doen het.\nIn mei.")
    [(number, body)] = bodies()
    assert number == 1
    assert body["attendance"] == {"present": ["An", "Jo"], "excused": [], "absent": []}
    [point] = body["items"]
    assert (point["title"], point["purpose"], point["notes"]) == ("Speelstraat", "beslissen", "Iedereen wil.")
    assert point["decisions"] == ["We doen het.", "In mei."]


def test_saving_the_same_again_keeps_nothing_new(write):
    write("Iedereen wil.")
    write("Iedereen wil.", seen=1)
    write("Iedereen wil.", seen=0)
    assert len(bodies()) == 1


def test_a_revision_is_only_added_to(write):
    write("Iedereen wil.")
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        MinutesRevision.objects.update(body={})
    revision = MinutesRevision.objects.get()
    revision.author.delete()
    revision.refresh_from_db()
    assert (revision.author, revision.body["items"][0]["notes"]) == (None, "Iedereen wil.")


def test_a_second_editor_sees_both_versions_and_loses_nothing(write, item):
    write("Van Els.")
    with pytest.raises(ClashError) as caught:
        write("Van Bo.", remarks="Algemeen", seen=0)
    assert caught.value.clashes == [Clash(item.pk, "notes", "Van Els.", "Van Bo.")]
    assert (caught.value.number, caught.value.written.remarks) == (1, "Algemeen")
    assert len(bodies()) == 1
    write("Van Els en Bo.", remarks="Algemeen", seen=1)
    assert bodies()[-1][1]["items"][0]["notes"] == "Van Els en Bo."


def test_two_editors_at_other_points_are_joined(meeting, write, els, now):
    other = AgendaItemFactory(meeting=meeting, position=2, title="Rondvraag")
    write("Van Els.")
    given = Save(written=Written("", {other.pk: Noted("Van Bo.")}), seen=0)
    save_minutes(meeting=meeting, save=given, by=els, now=now)
    assert [one["notes"] for one in bodies()[-1][1]["items"]] == ["Van Els.", "Van Bo."]


def test_what_is_agreed_twice_with_one_click_too_many_is_one_thing(meeting, write, item, els):
    agreed = [(item.pk, Agreed("Affiche maken", els, meeting.starts_at.date() + dt.timedelta(days=30)))]
    write("x", agreed=agreed)
    write("x", agreed=agreed, seen=1)
    point = ActionPoint.objects.get()
    assert (point.item, point.meeting, point.owner) == (item, meeting, els)
    assert bodies()[-1][1]["items"][0]["actions"][0]["owner"] == "Els"


def test_how_a_point_ended_is_kept(write, item):
    write("Geen tijd.", states={item.pk: "deferred", 999: "handled"})
    item.refresh_from_db()
    assert item.state == "deferred"
    assert bodies()[0][1]["items"][0]["deferred"]


def test_a_point_that_went_off_the_agenda_stays_where_something_was_written(write, item, meeting, els, now):
    write("Belangrijk.")
    item.delete()
    save_minutes(meeting=meeting, save=Save(written=Written("Slot."), seen=1), by=els, now=now)
    assert [one["notes"] for one in bodies()[-1][1]["items"]] == ["Belangrijk."]


def test_nothing_is_written_before_it_begins_or_when_it_is_off(meeting, els):
    for at, status, sentence in (
        (meeting.starts_at - dt.timedelta(minutes=1), "scheduled", "zodra het overleg begint"),
        (meeting.ends_at, "cancelled", "gaat niet door"),
    ):
        meeting.status = status
        meeting.save()
        with pytest.raises(MinutesError, match=sentence):
            save_minutes(meeting=meeting, save=Save(Written("x"), 0), by=els, now=at)


def test_it_goes_round_once_to_who_is_asked_with_what_each_does(meeting, write, send, an, item):
    MeetingInvitationFactory(meeting=meeting, withdrawn_at=meeting.starts_at)
    contact = ContactFactory(name="Bob")
    MeetingInvitationFactory(meeting=meeting, name="Bob", contact=contact, email="bob@voorbeeld.example")
    write("Iedereen wil.", decisions="We doen het.", agreed=[(item.pk, Agreed("Affiche maken", contact))])
    assert send(1).was_sent
    with pytest.raises(MinutesError, match="al rondgestuurd"):
        send(1)
    assert Minutes.objects.get().state == "circulated"
    mails = {mail.recipient: mail for mail in Message.objects.filter(template="meeting_minutes")}
    assert sorted(mails) == ["an@voorbeeld.example", "bob@voorbeeld.example"]
    texts = {to: render_to_string("emails/meeting_minutes.txt", mail.context) for to, mail in mails.items()}
    assert texts["an@voorbeeld.example"].startswith("Verslag: Stuurgroep, ")
    assert "We doen het." in texts["an@voorbeeld.example"]
    assert ["Affiche" in text for _, text in sorted(texts.items())] == [False, True]


def test_an_improvement_is_a_new_revision_and_says_so(write, send, an):
    write("Fout.")
    send(1)
    write("Juist.", seen=2)
    with pytest.raises(MinutesError, match="schreef intussen"):
        send(2)
    old = Message.objects.get()
    send(3)
    assert MinutesRevision.objects.filter(was_sent=True).count() == 2
    new = Message.objects.exclude(pk=old.pk).get()
    assert render_to_string("emails/meeting_minutes.txt", new.context).startswith("Verbeterd verslag")
    assert kind_named(old.kind).why_not(old, old.created_at) == "er is een nieuwere versie"
    assert kind_named(new.kind).why_not(new, new.created_at) == ""
    an.withdrawn_at = old.created_at
    an.save()
    assert kind_named(new.kind).why_not(new, new.created_at) == "niet meer gevraagd"


def test_at_night_it_waits_for_the_morning(write, send, an, now):
    write("x")
    night = now.replace(hour=23)
    send(1, at=night)
    assert Message.objects.get().not_before > night + dt.timedelta(hours=6)


def test_nothing_written_is_not_sent(send):
    with pytest.raises(MinutesError, match="nog niets"):
        send(0)


@pytest.fixture
def later(meeting):
    return MeetingFactory(
        house=meeting.house,
        title="Volgende keer",
        starts_at=meeting.starts_at + dt.timedelta(days=30),
        ends_at=meeting.starts_at + dt.timedelta(days=30, hours=1),
    )


def test_it_is_approved_in_a_later_meeting_and_stays_as_it_is(meeting, later, write, send, els):
    write("x")
    send(1)
    minutes = approve_minutes(meeting=meeting, approved_in=later, by=els, now=later.ends_at)
    assert (minutes.state, minutes.approved_in) == ("approved", later)
    for act in (
        lambda: write("y", seen=2),
        lambda: send(2),
        lambda: approve_minutes(meeting=meeting, approved_in=later, by=els, now=later.ends_at),
    ):
        with pytest.raises(MinutesError, match="goedgekeurd"):
            act()


def test_it_is_not_approved_before_it_went_round_or_elsewhere(meeting, later, write, send, els):
    def approve(approved_in=later, at=None):
        approve_minutes(meeting=meeting, approved_in=approved_in, by=els, now=at or later.ends_at)

    with pytest.raises(MinutesError, match="eerst rond"):
        approve()
    write("x")
    send(1)
    write("y", seen=2)
    with pytest.raises(MinutesError, match="nog niet rondging"):
        approve()
    send(3)
    elsewhere = MeetingFactory(starts_at=later.starts_at, ends_at=later.ends_at)
    for wrong, at in ((meeting, None), (elsewhere, None), (later, later.starts_at - dt.timedelta(hours=1))):
        with pytest.raises(MinutesError, match="later overleg"):
            approve(wrong, at)


def test_after_five_years_all_of_it_is_gone(meeting, write, an, now):
    MeetingAttendance.objects.create(meeting=meeting, name="Jo", status="present")
    write("x", agreed=[(0, Agreed("Affiche", UserFactory()))])
    forget_minutes(before=meeting.ends_at, now=now)
    assert Minutes.objects.count() == 1
    forget_minutes(before=meeting.ends_at + dt.timedelta(seconds=1), now=now)
    left = [model.objects.count() for model in (Minutes, MinutesRevision, MeetingAttendance, ActionPoint)]
    assert left == [0, 0, 0, 0]
