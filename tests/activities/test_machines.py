"""What searching machines read: facts in the words of schema.org, a map of the site, and what to leave alone."""

import datetime as dt
import json
import re
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from huizen.models import OpeningHours
from tests.factories import ActivityFactory, HouseFactory, LocationFactory, ScheduleFactory, SessionFactory

pytestmark = pytest.mark.django_db


def tomorrow(days=1):
    return timezone.now() + dt.timedelta(days=days)


def facts(client, path):
    page = client.get(path).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


def test_one_moment_is_an_event(client):
    place = LocationFactory(
        name="De Speelvogel", street="Werft 1", postcode="2440", town="Geel", lat=51.1, lon=4.9
    )
    activity = ActivityFactory(
        title="Samen zingen", location=place, age_min=0, age_max=36, price_kind="paid", price_cents=250
    )
    session = SessionFactory(activity=activity, original_start=tomorrow(), capacity=2, confirmed_count=2)
    event = facts(client, f"/activiteiten/{activity.slug}/")
    assert event["@type"] == "Event"
    assert event["startDate"] == timezone.localtime(session.starts_at).isoformat()
    assert event["location"]["address"]["streetAddress"] == "Werft 1"
    assert event["location"]["geo"]["latitude"] == 51.1
    assert (event["typicalAgeRange"], event["isAccessibleForFree"]) == ("0-3", False)
    assert (event["offers"]["price"], event["offers"]["availability"]) == (
        "2.50",
        "https://schema.org/SoldOut",
    )


def test_a_series_is_a_few_events_and_a_cancelled_one_says_so(client):
    activity = ActivityFactory()
    SessionFactory(activity=activity, original_start=tomorrow(), status="cancelled")
    for day in range(2, 10):
        SessionFactory(activity=activity, original_start=tomorrow(day))
    events = facts(client, f"/activiteiten/{activity.slug}/")["@graph"]
    assert len(events) == 6
    assert [event["eventStatus"].rpartition("/")[2] for event in events[:2]] == [
        "EventCancelled",
        "EventScheduled",
    ]


def test_what_has_no_moments_is_a_service(client):
    schedule = ScheduleFactory(kind="by_appointment", dates=[], starts_at=None, ends_at=None)
    service = facts(client, f"/activiteiten/{schedule.activity.slug}/")
    assert (service["@type"], service["provider"]["name"]) == (
        "GovernmentService",
        schedule.activity.house.name,
    )


def test_online_and_prices_of_your_own_choice(client):
    activity = ActivityFactory(
        location=LocationFactory(kind="online", municipality=None), price_kind="own_choice"
    )
    SessionFactory(activity=activity, original_start=tomorrow())
    event = facts(client, f"/activiteiten/{activity.slug}/")
    assert event["location"]["@type"] == "VirtualLocation"
    assert "offers" not in event


def test_nothing_that_is_typed_ends_the_block(client):
    activity = ActivityFactory(title="</script><script>alert(1)</script>", summary="a & b")
    SessionFactory(activity=activity, original_start=tomorrow())
    assert facts(client, f"/activiteiten/{activity.slug}/")["name"] == "</script><script>alert(1)</script>"


def test_a_house_tells_its_places_and_only_hours_that_hold_every_week(client):
    house = HouseFactory(slug="mol", phone="014 00 00 00")
    place = LocationFactory(house=house, street="Werft 1")
    LocationFactory(house=house)
    facts_of_a_day = {"location": place, "opens_at": dt.time(9), "closes_at": dt.time(12)}
    OpeningHours.objects.create(weekday=0, **facts_of_a_day)
    OpeningHours.objects.create(weekday=1, nth=1, **facts_of_a_day)
    told = facts(client, "/huizen/mol/")
    assert (told["@type"], told["telephone"], len(told["location"])) == (
        "GovernmentOrganization",
        "014 00 00 00",
        1,
    )
    assert told["location"][0]["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": "https://schema.org/Monday",
            "opens": "09:00",
            "closes": "12:00",
        }
    ]


# The map of the site.
def addresses(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return [
        element.text
        for element in ElementTree.fromstring(answer.content).iter()
        if element.tag.endswith("}loc")
    ]


def test_the_map_names_each_page_that_parents_see(client):
    parts = addresses(client, "/sitemap.xml")
    assert [part.rpartition("/")[2] for part in parts] == [
        "sitemap-paginas.xml",
        "sitemap-huizen.xml",
        "sitemap-activiteiten.xml",
        "sitemap-oproepen.xml",
    ]
    activity = ActivityFactory(house=HouseFactory(checked_on=dt.date(2026, 3, 4)))
    ActivityFactory(status="draft", house=HouseFactory(is_published=False))
    offer = addresses(client, "/sitemap-activiteiten.xml")
    houses = addresses(client, "/sitemap-huizen.xml")
    assert offer[0].endswith(f"/activiteiten/{activity.slug}/")
    assert houses[0].endswith(f"/huizen/{activity.house.slug}/")
    assert len(addresses(client, "/sitemap-paginas.xml")) >= 7
    assert "<lastmod>2026-03-04" in client.get("/sitemap-huizen.xml").content.decode()


def test_a_part_that_is_not_there(client):
    assert client.get("/sitemap-x.xml").status_code == 404
    assert client.get("/sitemap-activiteiten.xml?p=999").status_code == 404
    assert client.post("/sitemap.xml").status_code == 405


def test_the_map_takes_the_same_queries_for_one_and_three(client, django_assert_max_num_queries):
    for number in (1, 2):
        for _ in range(number):
            ActivityFactory()
        with django_assert_max_num_queries(3):
            client.get("/sitemap-activiteiten.xml")


def test_robots_are_shown_the_map_and_kept_from_what_is_private(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http" in text
    assert "/sitemap.xml" in text
    assert "Disallow: /inschrijving/" in text
