"""Signing up for a moment."""

import datetime as dt
import uuid

import pytest

from activities.actions.contact import Contact
from activities.actions.party import ChildFacts
from activities.actions.registration import (
    AlreadyRegisteredError,
    ClosedError,
    FormUsedError,
    NoRoomError,
    RegistrationError,
    WrongAgeError,
    why_closed,
)
from activities.actions.registration_change import (
    cancel_registration,
)
from activities.models import Registration
from huizen.models import Event, Message, PlannedMessage
from tests.activities.sign_ups import a_moment, counters, sign_up, templates
from tests.factories import NOW, FamilyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_family_gets_places_together():
    session = a_moment(capacity=5)
    registration = sign_up(session, children=3)
    assert (registration.state, registration.places) == ("confirmed", 3)
    assert list(registration.participants.order_by("pk").values_list("first_name", flat=True)) == [
        "Kind 0",
        "Kind 1",
        "Kind 2",
    ]
    assert counters(session) == (3, 0, 0)


def test_without_a_limit_everybody_gets_a_place():
    session = a_moment()
    assert {sign_up(session, f"Ouder{n}").state for n in range(3)} == {"confirmed"}


def test_who_does_not_fit_waits_together():
    session = a_moment(capacity=2)
    sign_up(session)
    waiting = sign_up(session, "Bob", children=2)
    assert (waiting.state, waiting.waiting_number) == ("waiting", 1)
    assert counters(session) == (1, 2, 1)


def test_nobody_jumps_the_queue_even_when_a_place_is_free():
    session = a_moment(capacity=2)
    sign_up(session)
    sign_up(session, "Bob", children=2)
    assert sign_up(session, "Charlie").state == "waiting"


def test_a_party_that_can_never_fit_is_refused():
    session = a_moment(capacity=2)
    with pytest.raises(NoRoomError, match="hoogstens 2 plaatsen"):
        sign_up(session, children=3)
    assert counters(session) == (0, 0, 0)


def test_persons_are_counted_where_no_children_are_asked():
    session = a_moment(capacity=5, activity={"counts": "persons"})
    assert sign_up(session, children=0, places=4).places == 4
    assert counters(session) == (4, 0, 0)


def test_where_children_are_counted_at_least_one_comes():
    with pytest.raises(RegistrationError, match="minstens één kind"):
        sign_up(a_moment(), children=0)


def test_who_gets_past_the_form_with_another_age_is_refused_by_the_action():
    session = a_moment(activity={"asks_birth_month": True, "age_min": 0, "age_max": 12})
    child = ChildFacts("Noor", dt.date(2020, 1, 1))
    with pytest.raises(WrongAgeError, match="Noor: Deze activiteit is voor een andere leeftijd"):
        sign_up(session, children=[child])
    assert counters(session) == (0, 0, 0)
    told = UserFactory()
    assert sign_up(session, children=[child], by=told).state == "confirmed"


def test_the_same_form_again_gives_the_same_sign_up_and_no_second_mail():
    session, form_key = a_moment(capacity=1), uuid.uuid4()
    first = sign_up(session, form_key=form_key)
    again = sign_up(session, form_key=form_key)
    assert first == again
    assert counters(session) == (1, 0, 0)
    assert templates() == ["registration_confirmed"]


def test_a_form_of_another_moment_makes_nothing():
    form_key = uuid.uuid4()
    sign_up(a_moment(), form_key=form_key)
    other = a_moment()
    with pytest.raises(FormUsedError):
        sign_up(other, "Bob", form_key=form_key)
    assert counters(other) == (0, 0, 0)


def test_who_is_signed_up_already_gets_the_link_again_once_a_day():
    session = a_moment()
    sign_up(session)
    for _ in range(3):
        with pytest.raises(AlreadyRegisteredError, match="mailden je de link"):
            sign_up(session, "ALICE")
    assert counters(session) == (1, 0, 0)
    assert sorted(templates()) == ["registration_confirmed", "registration_link"]


def test_one_telephone_number_in_two_spellings_is_one_family():
    session = a_moment()
    sign_up(session, contact=Contact("Alice", phone="0470/12.34.56"))
    with pytest.raises(AlreadyRegisteredError, match="Bel het Huis"):
        sign_up(session, contact=Contact("Alice", phone="+32 470 12 34 56"))
    assert Message.objects.count() == 0


def test_after_leaving_a_family_can_sign_up_again():
    session = a_moment()
    cancel_registration(registration_id=sign_up(session).pk, now=NOW)
    assert sign_up(session).state == "confirmed"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "cancelled"}, "Dit moment gaat niet door."),
        ({"starts_at": NOW - dt.timedelta(hours=1)}, "Dit moment is al voorbij."),
        ({"starts_at": NOW}, "Dit moment is al voorbij."),
    ],
)
def test_a_moment_that_does_not_come_takes_no_sign_ups(change, sentence):
    session = a_moment(**change)
    assert why_closed(session, now=NOW) == sentence
    with pytest.raises(ClosedError, match=sentence):
        sign_up(session)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "draft"}, "Deze activiteit staat niet meer op de site."),
        (
            {"registration_mode": "none", "channels": []},
            "Je hoeft niet in te schrijven. Kom gewoon langs.",
        ),
        ({"channels": ["phone"]}, "Voor deze activiteit schrijf je niet hier in."),
        ({"closes_hours": 24}, "Inschrijven kan niet meer."),
    ],
)
def test_an_activity_says_why_it_takes_no_sign_ups(change, sentence):
    session = a_moment(activity=change)
    assert why_closed(session, now=NOW) == sentence
    with pytest.raises(ClosedError, match=sentence):
        sign_up(session)


def test_a_hidden_house_takes_no_sign_ups():
    session = a_moment()
    session.activity.house.is_published = False
    assert why_closed(session, now=NOW) == "Deze activiteit staat niet meer op de site."


def test_sign_up_closes_at_the_hour_before():
    session = a_moment(activity={"closes_hours": 24})
    just_before = NOW - dt.timedelta(microseconds=1)
    assert why_closed(session, now=just_before) == ""
    assert why_closed(session, now=NOW) == "Inschrijven kan niet meer."


def test_the_house_notes_a_telephone_call_after_closing_time():
    session = a_moment(activity={"closes_hours": 48, "channels": ["phone"]})
    registration = sign_up(session, contact=Contact("Alice", phone="014 00 00 00"), by=UserFactory())
    assert registration.state == "confirmed"


def test_the_house_too_signs_nobody_up_for_what_is_over():
    session = a_moment(starts_at=NOW - dt.timedelta(hours=3), ends_at=NOW)
    with pytest.raises(ClosedError, match="voorbij"):
        sign_up(session, by=UserFactory())


def test_a_sign_up_of_a_family_with_an_account_is_tied_to_it():
    family = FamilyFactory()
    assert sign_up(a_moment(), family=family).family == family


def test_a_sign_up_is_confirmed_by_mail_with_a_calendar_file_and_a_reminder():
    session = a_moment(starts_at=NOW + dt.timedelta(days=3), activity={"bring": "pantoffels"})
    registration = sign_up(session, children=2)
    mail = Message.objects.get()
    assert (mail.recipient, mail.template, mail.category) == (
        "alice@voorbeeld.example",
        "registration_confirmed",
        "confirmation",
    )
    assert mail.context["when"] == "zaterdag 7 maart 2026, van 9 tot 12 uur"
    assert mail.context["who"] == "Kind 0 en Kind 1"
    assert f"UID:{session.ical_uid}" in mail.calendar
    assert "METHOD:PUBLISH" in mail.calendar
    reminder = PlannedMessage.objects.get(kind="session_reminder")
    assert reminder.subject_id == str(registration.pk)
    assert reminder.due_at == dt.datetime(2026, 3, 6, 10, tzinfo=NOW.tzinfo)


def test_who_waits_hears_the_place_in_line_and_gets_no_calendar_file():
    session = a_moment(capacity=1)
    sign_up(session)
    sign_up(session, "Bob")
    sign_up(session, "Charlie")
    mail = Message.objects.get(recipient="charlie@voorbeeld.example")
    assert (mail.template, mail.context["position"], mail.calendar) == ("registration_waiting", 2, "")
    assert not PlannedMessage.objects.filter(recipient="charlie@voorbeeld.example").exists()


def test_who_left_a_telephone_number_gets_no_mail():
    sign_up(a_moment(), contact=Contact("Alice", phone="014 00 00 00"))
    assert (Message.objects.count(), PlannedMessage.objects.count()) == (0, 0)


def test_the_logbook_tells_what_happened_without_names():
    session = a_moment(capacity=1)
    cancel_registration(registration_id=sign_up(session, "Mieke").pk, now=NOW)
    events = list(Event.objects.order_by("pk"))
    assert [event.verb for event in events] == ["registered", "cancelled"]
    assert all("Mieke" not in f"{event.subject_label} {event.changes} {event.reason}" for event in events)
    assert events[0].house == session.activity.house


def test_every_act_of_a_family_takes_a_constant_number_of_statements(django_assert_num_queries):
    sessions = [a_moment(capacity=50), a_moment(capacity=50)]
    for number in range(5):
        sign_up(sessions[1], f"Ouder{number}")
    counts = []
    for session in sessions:
        with django_assert_num_queries(STATEMENTS):
            sign_up(session, "Zoe", children=2)
        counts.append(Registration.objects.filter(session=session).count())
    assert counts == [1, 6]


#: Begin, patience, lock, look, count, one insert of everything, commit.
STATEMENTS = 7
