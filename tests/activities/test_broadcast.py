"""A message to families: who hears it, once each, and what stays of it."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions.attendance import mark_rest
from activities.actions.broadcast import BroadcastError, broadcasts_of, send_broadcast, who_hears
from activities.models import Broadcast, BroadcastText
from huizen.models import Event, Message
from huizen.roles import Role
from tests.activities.sign_ups import a_moment, sign_up
from tests.attendance_factories import BroadcastTextFactory
from tests.factories import NOW, MembershipFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """A moment with two places: Alice and her child have one, Bob too, Cleo waits; Dora only has a telephone."""
    session = a_moment(capacity=2, original_start=timezone.now() + dt.timedelta(days=2))
    for who in ("Alice", "Bob", "Cleo"):
        sign_up(session, who, now=timezone.now())
    RegistrationFactory(
        session=session, name="Dora", email="", phone="014 00 00 00", contact_key="+3214000000"
    )
    return session


@pytest.fixture
def staff(client, session):
    client.force_login(MembershipFactory(house=session.activity.house, role=Role.STAFF).user)
    return client


def names(session, audience, **more) -> tuple[list, list]:
    about = {"activity": session.activity, "session": session, "now": timezone.now(), **more}
    heard = who_hears(audience=audience, **about)
    return [row.name for row in heard.by_mail], [row.name for row in heard.by_phone]


def test_who_hears_it(session):
    assert names(session, "confirmed") == (["Alice", "Bob"], ["Dora"])
    assert names(session, "waiting") == (["Cleo"], [])
    assert names(session, "current") == (["Alice", "Bob", "Cleo"], ["Dora"])
    bob = session.registrations.get(name="Bob")
    assert names(session, "chosen", chosen=[bob.pk]) == (["Bob"], [])
    mark_rest(session_id=session.pk, state="present", by=None, now=session.starts_at)
    assert names(session, "present") == (["Alice", "Bob"], ["Dora"])


def test_over_all_moments_a_family_hears_it_once_and_of_the_soonest(session):
    later = SessionFactory(
        activity=session.activity, original_start=session.starts_at + dt.timedelta(days=7), capacity=9
    )
    past = SessionFactory(activity=session.activity, original_start=timezone.now() - dt.timedelta(days=7))
    RegistrationFactory(session=past, name="Zoe")
    for who in ("Alice", "Emma"):
        sign_up(later, who, now=timezone.now())
    heard = who_hears(activity=session.activity, session=None, audience="confirmed", now=timezone.now())
    assert [(row.name, row.session) for row in heard.by_mail] == [
        ("Alice", session),
        ("Bob", session),
        ("Emma", later),
    ]


def send(session, **more):
    facts = {
        "key": uuid.uuid4(),
        "activity": session.activity,
        "session": session,
        "audience": "confirmed",
        "subject": "Andere zaal",
        "text": "We zitten in zaal 2.",
        "by": None,
        "now": NOW,
        **more,
    }
    return send_broadcast(**facts)


def test_the_same_form_twice_writes_once(session):
    key = uuid.uuid4()
    first = send(session, key=key)
    again = send(session, key=key, now=NOW + dt.timedelta(seconds=1))
    assert (first, first.families) == (again, 2)
    assert Message.objects.filter(template="participants_message").count() == 2
    assert Event.objects.filter(verb="wrote").count() == 1


def test_nothing_but_a_number_is_kept_beside_the_outbox(session):
    sent = send(session)
    kept = [str(value) for value in Broadcast.objects.values_list().get()]
    assert [value for value in kept if "Alice" in value or "@" in value] == []
    event = Event.objects.get(verb="wrote")
    assert "Alice" not in f"{event.changes}{event.subject_label}{event.reason}"
    Message.objects.filter(recipient="alice@voorbeeld.example", subject_id=sent.pk).update(
        state="sent", sent_at=NOW
    )
    assert broadcasts_of(session) == [(sent, 1)]


def test_nobody_with_an_address_is_told(session):
    dora = session.registrations.get(name="Dora")
    with pytest.raises(BroadcastError, match="Niemand van hen gaf een e-mailadres"):
        send(session, audience="chosen", chosen=[dora.pk])
    assert Broadcast.objects.count() == 0


def url(session, name="broadcast_session"):
    return reverse(name, args=[session.pk if name == "broadcast_session" else session.activity_id])


def typed(**more):
    return {
        "sleutel": str(uuid.uuid4()),
        "audience": "confirmed",
        "subject": "Andere zaal",
        "text": "We zitten in zaal 2.\r\n\r\n\r\n\r\nTot dan!",
        **more,
    }


def test_first_it_is_looked_at_and_nothing_leaves(staff, session):
    text = staff.post(url(session), typed()).content.decode()
    assert "2 gezinnen krijgen deze mail" in text
    assert ("Dag Alice," in text, "Dora: 014 00 00 00" in text) == (True, True)
    assert (Broadcast.objects.count(), "/inschrijving/…" in text) == (0, True)


def test_then_it_leaves_once_and_stands_at_the_moment(staff, session):
    form = typed(verstuur="1", keep_as="Zaal 2")
    for _ in range(2):
        text = staff.post(url(session), form, follow=True).content.decode()
    assert "Verstuurd. 2 gezinnen krijgen het bericht." in text
    assert ("Wat we schreven" in text, "0 van 2 vertrokken" in text) == (True, True)
    assert Message.objects.filter(template="participants_message").count() == 2
    assert (
        Message.objects.filter(template="participants_message")[0].context["text"]
        == "We zitten in zaal 2.\n\nTot dan!"
    )
    kept = BroadcastText.objects.get()
    assert "Andere zaal" in staff.get(url(session), {"tekst": kept.pk}).content.decode()


def test_of_a_whole_activity(staff, session):
    answer = staff.post(url(session, "broadcast_activity"), typed(verstuur="1"), follow=True)
    assert "Verstuurd. 2 gezinnen krijgen het bericht." in answer.content.decode()
    assert Broadcast.objects.get().session is None


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"audience": ""}, "Kies wie het bericht krijgt."),
        ({"subject": ""}, "Schrijf een onderwerp."),
        ({"text": "  "}, "Schrijf een bericht."),
        ({"audience": "chosen"}, "Vink minstens één gezin aan."),
        ({"audience": "chosen", "chosen": "x"}, "UUID"),
        ({"audience": "chosen", "chosen": str(uuid.uuid4())}, "Kies gezinnen uit de lijst."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_leaves(staff, session, form, sentence):
    text = staff.post(url(session), typed(verstuur="1", **form)).content.decode()
    assert (sentence in text, Broadcast.objects.count()) == (True, 0)


@pytest.mark.parametrize("code", ["move", "9" * 40, "\x00", "onzin"])
def test_a_text_to_start_from_or_none(staff, session, code):
    text = staff.get(url(session), {"tekst": code}).content.decode()
    assert ("We verhuizen naar een andere plek" in text) == (code == "move")


def test_a_text_of_another_house_is_not_lent(staff, session):
    other = BroadcastTextFactory(subject="Van een ander Huis")
    assert "Van een ander Huis" not in staff.get(url(session), {"tekst": other.pk}).content.decode()


@pytest.mark.parametrize("name", ["broadcast_session", "broadcast_activity"])
def test_others_are_kept_out(client, session, name):
    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)
    assert client.post(url(session, name), typed(verstuur="1")).status_code == 404
    client.force_login(MembershipFactory(house=session.activity.house, role=Role.PARTNER_EDITOR).user)
    assert client.post(url(session, name), typed(verstuur="1")).status_code == 403
    client.logout()
    assert "/aanmelden/" in client.post(url(session, name), typed()).headers["Location"]
    assert Broadcast.objects.count() == 0


@pytest.mark.parametrize("families", [1, 3])
def test_writing_takes_the_same_queries(staff, session, families, django_assert_max_num_queries):
    for _ in range(families):
        RegistrationFactory(session=session)
    with django_assert_max_num_queries(14):
        staff.post(url(session), typed(verstuur="1"))
