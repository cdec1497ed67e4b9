"""The agenda of a family: a secret address that opens its moments, no names, until it is replaced."""

import datetime as dt

import icalendar
import pytest
from django.utils import timezone

from activities.actions.registration_change import cancel_registration
from activities.models import FamilyCalendar, Registration
from tests.activities.sign_ups import a_moment, sign_up
from tests.factories import (
    FamilyCalendarFactory,
    RegistrationFactory,
    SavedActivityFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    user = UserFactory(email="alice@voorbeeld.example")
    client.force_login(user)
    return user


def tomorrow(**facts):
    start = (timezone.now() + dt.timedelta(days=1)).replace(microsecond=0)
    return a_moment(original_start=start, **facts)


def events(client, calendar):
    answer = client.get(f"/agenda/{calendar.secret}.ics")
    assert answer.status_code == 200
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_agenda_holds_the_sign_ups_and_no_names(client, parent):
    session = tomorrow(activity={"title": "Babymassage"})
    sign_up(session, "Alice", children=2)
    sign_up(tomorrow(), "Bob")
    calendar = FamilyCalendarFactory(family__user=parent)
    (event,) = events(client, calendar)
    assert (event["UID"], event["SUMMARY"], event["STATUS"]) == (
        str(session.ical_uid),
        "Babymassage",
        "CONFIRMED",
    )
    text = client.get(f"/agenda/{calendar.secret}.ics").content.decode()
    for name in ("Alice", "alice@", "Kind 0", "inschrijving/"):
        assert name not in text


def test_a_phone_needs_no_sign_in_and_asks_for_what_changed_alone(client, parent):
    sign_up(tomorrow(), "Alice")
    path = f"/agenda/{FamilyCalendarFactory(family__user=parent).secret}.ics"
    client.logout()
    answer = client.get(path)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, max-age=900", "noindex, nofollow")
    assert not answer.cookies
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    cancel_registration(registration_id=Registration.objects.get().pk, now=timezone.now())
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_what_was_cancelled_stays_as_cancelled_and_who_waits_has_nothing(client, parent):
    called_off, left = tomorrow(activity={"title": "Afgelast"}), tomorrow(activity={"title": "Afgemeld"})
    for session in (called_off, left):
        sign_up(session, "Alice")
    called_off.status = "cancelled"
    called_off.save()
    cancel_registration(registration_id=Registration.objects.get(session=left).pk, now=timezone.now())
    full = tomorrow(capacity=1)
    sign_up(full, "Bob")
    waits = sign_up(full, "Alice")
    calendar = FamilyCalendarFactory(family__user=parent)
    assert {(event["SUMMARY"], event["STATUS"]) for event in events(client, calendar)} == {
        ("Afgelast", "CANCELLED"),
        ("Afgemeld", "CANCELLED"),
    }
    cancel_registration(registration_id=waits.pk, now=timezone.now())
    assert len(events(client, calendar)) == 2


def test_who_left_and_came_back_has_the_moment_once(client, parent):
    session = tomorrow()
    first = sign_up(session, "Alice")
    cancel_registration(registration_id=first.pk, now=timezone.now())
    sign_up(session, "Alice", now=timezone.now())
    (event,) = events(client, FamilyCalendarFactory(family__user=parent))
    assert event["STATUS"] == "CONFIRMED"


def test_saved_offers_stand_in_it_when_the_family_wishes(client, parent):
    calendar = FamilyCalendarFactory(family__user=parent)
    session = SessionFactory(original_start=timezone.now() + dt.timedelta(days=2))
    SavedActivityFactory(family=calendar.family, activity=session.activity)
    assert events(client, calendar) == []
    client.post("/mijn/agenda/", {"wat": "inhoud", "bewaard": "1"})
    assert [event["UID"] for event in events(client, calendar)] == [str(session.ical_uid)]
    client.post("/mijn/agenda/", {"wat": "inhoud"})
    assert events(client, calendar) == []


def test_an_address_is_made_replaced_and_ended(client, parent):
    assert "Maak een adres" in client.get("/mijn/").content.decode()
    client.post("/mijn/agenda/", {"wat": "maak"})
    calendar = FamilyCalendar.objects.get(family__user=parent)
    assert len(calendar.secret) == 32
    page = client.get("/mijn/").content.decode()
    assert f"/agenda/{calendar.secret}.ics" in page
    assert "webcal://" in page
    client.post("/mijn/agenda/", {"wat": "maak"})
    assert FamilyCalendar.objects.get().secret == calendar.secret
    client.post("/mijn/agenda/", {"wat": "nieuw"})
    assert client.get(f"/agenda/{calendar.secret}.ics").status_code == 404
    calendar.refresh_from_db()
    assert events(client, calendar) == []
    client.post("/mijn/agenda/", {"wat": "stop"})
    assert client.get(f"/agenda/{calendar.secret}.ics").status_code == 404
    assert not FamilyCalendar.objects.exists()


def test_nobody_changes_the_agenda_of_another(client, parent):
    other = FamilyCalendarFactory()
    for act in ("nieuw", "stop", "inhoud", "iets-anders", ""):
        client.post("/mijn/agenda/", {"wat": act, "bewaard": "1"})
    secret, with_saved = other.secret, other.with_saved
    other.refresh_from_db()
    assert (other.secret, other.with_saved) == (secret, with_saved)


@pytest.mark.parametrize("secret", ["x", "%00", "a" * 400, "é"])
def test_an_address_that_is_no_address_opens_nothing(client, secret):
    assert client.get(f"/agenda/{secret}.ics").status_code == 404


def test_the_agenda_is_only_read(client, parent):
    calendar = FamilyCalendarFactory(family__user=parent)
    assert client.post(f"/agenda/{calendar.secret}.ics").status_code == 405
    assert client.get("/mijn/agenda/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_agenda_asks_the_same_number_of_questions(client, parent, number, django_assert_num_queries):
    calendar = FamilyCalendarFactory(family__user=parent, with_saved=True)
    for _ in range(number):
        start = timezone.now() + dt.timedelta(days=1)
        RegistrationFactory(email=parent.email, session__original_start=start)
        SavedActivityFactory(family=calendar.family, activity=SessionFactory(original_start=start).activity)
    client.logout()
    with django_assert_num_queries(3):
        assert len(events(client, calendar)) == 2 * number
