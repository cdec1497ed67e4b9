"""What families read in their mail: every letter says what, when and where, and leads to the sign-up."""

import datetime as dt
from email import message_from_bytes, policy

import pytest

from activities.actions.registration import AlreadyRegisteredError
from activities.actions.registration_change import cancel_registration
from activities.actions.reminder import compose as compose_reminder
from activities.actions.session_change import cancel_session, move_session, restore_session
from huizen.models import Message, PlannedMessage
from huizen.outbox.compose import compose
from tests.activities.sign_ups import a_moment, sign_up
from tests.factories import NOW, HouseFactory, LocationFactory, UserFactory

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=5)
WHEN = "Wanneer: maandag 9 maart 2026, van 9 tot 12 uur"


@pytest.fixture
def session():
    house = HouseFactory(phone="014 00 00 00")
    place = LocationFactory(house=house, name="De Kring", street="Kerkstraat 1", postcode="2400", town="Mol")
    return a_moment(
        capacity=1,
        starts_at=LATER,
        activity={"house": house, "location": place, "title": "Spelen & <meer>", "bring": "pantoffels"},
    )


def read(message: Message):
    """The mail as a mail program shows it: its subject, its text, its calendar file or nothing."""
    compose(message, now=NOW)
    mail = message_from_bytes(message.body_mime, policy=policy.default)
    files = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return mail["Subject"], mail.get_body(("plain",)).get_content(), "".join(files)


def letter(template: str, recipient: str = "alice"):
    return read(Message.objects.get(template=template, recipient=f"{recipient}@voorbeeld.example"))


def test_a_confirmation_tells_everything(session):
    sign_up(session)
    subject, text, calendar = letter("registration_confirmed")
    assert subject == "Je bent ingeschreven: Spelen & <meer>"
    for line in (
        "Dag Alice,",
        "Wat: Spelen & <meer>",
        WHEN,
        "Waar: De Kring, Kerkstraat 1, 2400 Mol",
        "Wie: Kind 0",
        "Breng mee: pantoffels",
        "Bellen mag ook: 014 00 00 00.",
    ):
        assert line in text.splitlines()
    assert "/inschrijving/" in text
    assert f"UID:{session.ical_uid}" in calendar


def test_the_other_letters_say_what_happened(session):
    first = sign_up(session)
    sign_up(session, "Bob")
    assert "Je staat op plaats 1 van de wachtlijst." in letter("registration_waiting", "bob")[1]
    with pytest.raises(AlreadyRegisteredError):
        sign_up(session, "Bob")
    assert "je staat al op de wachtlijst" in letter("registration_link", "bob")[1]
    cancel_registration(registration_id=first.pk, now=NOW)
    assert letter("registration_cancelled")[0] == "Je bent afgemeld: Spelen & <meer>"
    assert "Een plaats kwam vrij." in letter("registration_promoted", "bob")[1]


def test_a_cancellation_by_the_house_gives_its_reason(session):
    registration = sign_up(session)
    cancel_registration(registration_id=registration.pk, by=UserFactory(), reason="Dubbel.", now=NOW)
    subject, text, calendar = letter("registration_cancelled")
    assert subject == "Je inschrijving is geannuleerd: Spelen & <meer>"
    assert "Het Huis annuleerde je inschrijving. De reden: Dubbel." in text
    assert "STATUS:CANCELLED" in calendar


def test_a_change_of_the_moment_tells_the_old_and_the_new(session):
    sign_up(session)
    day = dt.timedelta(days=1)
    move_session(
        session_id=session.pk,
        starts_at=session.starts_at + day,
        ends_at=session.ends_at + day,
        location=None,
        by=None,
        now=NOW,
    )
    text = letter("session_moved")[1]
    assert "Het was: maandag 9 maart 2026, van 9 tot 12 uur, De Kring, Kerkstraat 1, 2400 Mol" in text
    assert "Wanneer: dinsdag 10 maart 2026, van 9 tot 12 uur" in text
    cancel_session(session_id=session.pk, reason="Het stormt.", by=None, now=NOW)
    assert "Dit moment gaat niet door. De reden: Het stormt." in letter("session_cancelled")[1]
    restore_session(session_id=session.pk, by=None, now=NOW)
    assert "Dit moment gaat toch door. Je plaats is er nog." in letter("session_restored")[1]


def test_the_reminder_tells_it_once_more(session):
    sign_up(session)
    planned = PlannedMessage.objects.get(kind="session_reminder")
    made = compose_reminder(planned, planned.due_at)
    subject, text, calendar = read(
        Message(template=made.template, context=made.context, calendar=made.calendar, recipient="a@b.example")
    )
    assert subject == "Vergeet niet: Spelen & <meer>"
    assert WHEN in text.splitlines()
    assert "BEGIN:VEVENT" in calendar


def test_no_sentence_is_longer_than_twenty_words(session):
    sign_up(session)
    sign_up(session, "Bob")
    for message in Message.objects.all():
        sentences = read(message)[1].replace("\n", ". ").split(". ")
        assert max(len(sentence.split()) for sentence in sentences) <= 20
