"""What can be followed: the agenda of a search and of a House, and a feed of new offer."""

import datetime as dt
from xml.etree import ElementTree

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities import followed
from activities.actions.offer import copy_activity, publish_activity, unpublish_activity
from tests.factories import (
    NOW,
    ActivityFactory,
    HouseFactory,
    LocalityFactory,
    MembershipFactory,
    ScheduleFactory,
    SessionFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def at(days, hour=10):
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def titles(client, query=""):
    answer = client.get(f"/activiteiten/agenda.ics{query}")
    assert answer.status_code == 200
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")]


def entries(client, query=""):
    answer = client.get(f"/activiteiten/nieuw.atom{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    return [entry.findtext("a:title", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]


# The agenda of a search.
def test_the_agenda_of_a_search_holds_what_the_search_finds(client):
    free = ActivityFactory(title="Gratis")
    SessionFactory(activity=free, original_start=at(2))
    SessionFactory(activity=free, original_start=at(1))
    SessionFactory(
        activity=ActivityFactory(title="Duur", price_kind="paid", price_cents=300), original_start=at(3)
    )
    SessionFactory(activity=ActivityFactory(title="Ontwerp", status="draft"), original_start=at(1))
    assert titles(client) == ["Gratis", "Gratis", "Duur"]
    assert titles(client, "?gratis=1") == ["Gratis", "Gratis"]
    assert titles(client, f"?huis={free.house.slug}") == ["Gratis", "Gratis"]


def test_of_a_series_only_the_asked_days_and_hours(client):
    activity = ActivityFactory()
    for hour in (9, 14):
        for days in range(1, 8):
            SessionFactory(activity=activity, original_start=at(days, hour))
    weekday = at(3).weekday()
    assert len(titles(client)) == 14
    assert len(titles(client, f"?dag={weekday}")) == 2
    assert len(titles(client, f"?dag={weekday}&deel=namiddag")) == 1
    assert len(titles(client, "?wanneer=morgen")) == 2
    assert titles(client, "?wanneer=vakantie") == []


def test_the_file_says_what_it_is_and_when_to_come_back(client):
    SessionFactory(activity=ActivityFactory(title="Samen zingen"), original_start=at(1))
    answer = client.get("/activiteiten/agenda.ics?q=zingen&gratis=1")
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Activiteiten: 'zingen', Gratis"
    text = answer.content.decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in text
    assert "X-PUBLISHED-TTL:PT6H" in text


def test_no_file_is_longer_than_a_phone_reads(client, monkeypatch):
    monkeypatch.setattr(followed, "MOST_MOMENTS", 2)
    activity = ActivityFactory()
    for days in range(1, 5):
        SessionFactory(activity=activity, original_start=at(days))
    assert len(titles(client)) == 2


def test_who_asks_again_gets_a_short_answer_until_something_changes(client):
    session = SessionFactory(activity=ActivityFactory(published_at=NOW), original_start=at(1))
    house = session.activity.house
    for path in ("/activiteiten/agenda.ics", f"/huizen/{house.slug}/agenda.ics", "/activiteiten/nieuw.atom"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first["Last-Modified"]
    session.starts_at += dt.timedelta(minutes=30)
    session.save()
    tag = first["ETag"]
    assert client.get("/activiteiten/agenda.ics", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("query", ["?plaats=xqzwv", "?dag=99", "?leeftijd=9999", "?wat=raar", "?q=%00"])
def test_an_odd_search_still_gives_a_calendar(client, query):
    assert titles(client, query) == []


def test_the_agenda_takes_the_same_queries_for_one_and_three(client):
    counts = set()
    for number in (1, 2):
        for _ in range(number):
            SessionFactory(original_start=at(1))
        client.get("/activiteiten/agenda.ics")  # the index takes in what is new
        with CaptureQueriesContext(connection) as asked:
            client.get("/activiteiten/agenda.ics")
        counts.add(len(asked))
    assert len(counts) == 1


# New offer.
def test_the_newest_comes_first_and_only_what_came_online(client):
    ActivityFactory(title="Oud", published_at=NOW - dt.timedelta(days=9))
    ActivityFactory(title="Nieuw", published_at=NOW)
    ActivityFactory(title="Ontwerp", status="draft", published_at=NOW)
    ActivityFactory(title="Van vroeger")
    assert entries(client) == ["Nieuw", "Oud"]


def test_the_feed_of_a_house_and_of_a_place(client):
    house = HouseFactory(slug="mol")
    locality = LocalityFactory(postcode="2400", name="Mol")
    WorkingAreaFactory(house=house, municipality=locality.municipality)
    LocalityFactory(postcode="2440", name="Geel")
    ActivityFactory(house=house, title="Hier", published_at=NOW)
    ActivityFactory(title="Elders", published_at=NOW)
    assert entries(client, "?huis=mol") == ["Hier"]
    assert entries(client, "?plaats=2400") == ["Hier"]
    assert entries(client, "?plaats=2440") == []
    assert sorted(entries(client, "?huis=bestaat-niet")) == ["Elders", "Hier"]


def test_the_feed_takes_the_same_queries_for_one_and_three(client, django_assert_num_queries):
    for number in (1, 2):
        for _ in range(number):
            ActivityFactory(published_at=NOW)
        with django_assert_num_queries(1):
            client.get("/activiteiten/nieuw.atom")


def test_offer_is_new_once(client):
    coordinator = MembershipFactory()
    schedule = ScheduleFactory(activity__house=coordinator.house, activity__status="draft")
    facts = {"activity": schedule.activity, "by": coordinator.user}
    assert publish_activity(now=NOW, **facts).published_at == NOW
    unpublish_activity(now=NOW + dt.timedelta(days=1), **facts)
    assert publish_activity(now=NOW + dt.timedelta(days=2), **facts).published_at == NOW
    assert copy_activity(now=NOW, **facts).published_at is None


# The way there.
def test_pages_tell_a_browser_what_can_be_followed(client):
    house = HouseFactory(slug="mol")
    page = client.get("/huizen/mol/").content.decode()
    assert "/activiteiten/nieuw.atom?huis=mol" in page
    assert 'href="webcal://' in page
    assert f"/huizen/{house.slug}/agenda.ics" in page
    page = client.get("/activiteiten/?gratis=1").content.decode()
    assert 'type="application/atom+xml"' in page
    assert "/activiteiten/agenda.ics?gratis=1" in page


def test_feeds_only_read(client):
    assert client.post("/activiteiten/agenda.ics").status_code == 405
    assert client.post("/activiteiten/nieuw.atom").status_code == 405
