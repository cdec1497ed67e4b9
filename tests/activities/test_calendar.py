"""Calendar files: the moments of an activity and the agenda of a House, as a phone reads them."""

import datetime as dt

import icalendar
import pytest
from django.utils import timezone

from tests.factories import ActivityFactory, HouseFactory, LocationFactory, SessionFactory

pytestmark = pytest.mark.django_db


def events(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def at(days):
    return (timezone.now() + dt.timedelta(days=days)).replace(microsecond=0)


def test_one_moment(client):
    location = LocationFactory(name="De Speelvogel", street="Werft 1", postcode="2440", town="Geel")
    session = SessionFactory(
        activity=ActivityFactory(title="Samen zingen", location=location),
        original_start=at(1),
        ical_sequence=2,
    )
    (event,) = events(client, f"/momenten/{session.pk}/agenda.ics")
    assert (event["UID"], event["SEQUENCE"], event["SUMMARY"]) == (str(session.ical_uid), 2, "Samen zingen")
    assert event["LOCATION"] == "De Speelvogel, Werft 1, 2440 Geel"
    assert (event.start, event.end) == (session.starts_at, session.ends_at)
    assert event["URL"].endswith(f"/activiteiten/{session.activity.slug}/")


def test_an_activity_with_all_its_moments_the_cancelled_ones_too(client):
    activity = ActivityFactory()
    SessionFactory(activity=activity, original_start=at(1))
    SessionFactory(activity=activity, original_start=at(2), status="cancelled", cancel_reason="ziek")
    SessionFactory(activity=activity, original_start=at(-60))
    found = events(client, f"/activiteiten/{activity.slug}/agenda.ics")
    assert [(event["STATUS"], event["DESCRIPTION"]) for event in found] == [
        ("CONFIRMED", "Kom spelen met je kind."),
        ("CANCELLED", "ziek"),
    ]


def test_the_agenda_of_a_house_holds_its_published_offer_alone(client, django_assert_num_queries):
    house = HouseFactory()
    for _ in range(3):
        SessionFactory(activity=ActivityFactory(house=house, title="Zichtbaar"), original_start=at(1))
    SessionFactory(activity=ActivityFactory(house=house, status="draft"), original_start=at(1))
    SessionFactory(original_start=at(1))
    with django_assert_num_queries(2):
        found = events(client, f"/huizen/{house.slug}/agenda.ics")
    assert [event["SUMMARY"] for event in found] == ["Zichtbaar"] * 3


def test_an_empty_agenda_is_a_calendar_too(client):
    assert events(client, f"/huizen/{HouseFactory().slug}/agenda.ics") == []


@pytest.mark.parametrize("facts", [{"status": "draft"}, {"status": "archived"}])
def test_what_is_not_online_has_no_calendar(client, facts):
    session = SessionFactory(activity=ActivityFactory(**facts), original_start=at(1))
    assert client.get(f"/momenten/{session.pk}/agenda.ics").status_code == 404
    assert client.get(f"/activiteiten/{session.activity.slug}/agenda.ics").status_code == 404


def test_numbers_of_any_size_are_just_not_there(client):
    assert client.get(f"/momenten/{'9' * 30}/agenda.ics").status_code == 404
    assert client.get("/huizen/bestaat-niet/agenda.ics").status_code == 404


def test_calendars_only_read(client):
    assert client.post(f"/huizen/{HouseFactory().slug}/agenda.ics").status_code == 405
