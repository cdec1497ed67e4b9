"""Paper for the waiting room: a House on one sheet, and its week on another."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.views.leaflet import MOST_MOMENTS, MOST_OF_A_KIND
from families.participation import QUESTION
from huizen.models import OpeningHours
from tests.factories import (
    ActivityFactory,
    ActivityTranslationFactory,
    HouseFactory,
    LocationFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
FOLDER, WEEK = "/huizen/mol/folder/", "/huizen/mol/week/"


@pytest.fixture
def house():
    return HouseFactory(slug="mol", name="Baldemore", phone="014 00 00 00")


def at(days, hour=10):
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def html(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_leaflet_tells_where_when_and_what(client, house):
    place = LocationFactory(house=house, street="Werft 1", postcode="2440", town="Geel")
    OpeningHours.objects.create(location=place, weekday=0, opens_at=dt.time(9), closes_at=dt.time(12))
    for number in range(MOST_OF_A_KIND + 2):
        ActivityFactory(house=house, title=f"Samen spelen {number}")
    ActivityFactory(house=house, status="draft", title="Geheim")
    page = html(client, FOLDER)
    told = [
        "Baldemore",
        "Werft 1, 2440 Geel",
        "014\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}00",
        "en nog 2 meer",
        QUESTION,
        'class="qr"',
    ]
    assert [words for words in told if words not in page] == []
    assert "Geheim" not in page
    assert page.count("Samen spelen") == MOST_OF_A_KIND


def test_what_goes_on_in_two_places_stands_on_the_leaflet_once(client, house):
    for ages in ((0, 9), (0, 9), (12, 30)):
        ActivityFactory(house=house, title="Babymassage", age_min=ages[0], age_max=ages[1])
    assert html(client, FOLDER).count("Babymassage") == 2


def test_an_empty_house_still_has_a_leaflet_and_a_week(client, house):
    assert "Bel of mail ons" in html(client, FOLDER)
    assert "Er staat deze week niets op de agenda" in html(client, WEEK)


def test_the_week_has_a_code_for_each_moment_and_one_for_the_house(client, house):
    activity = ActivityFactory(house=house, title="Samen zingen")
    for days in (1, 2, 8):
        SessionFactory(activity=activity, original_start=at(days))
    SessionFactory(
        activity=ActivityFactory(house=house, title="Afgelast"), original_start=at(1), status="cancelled"
    )
    page = html(client, WEEK)
    assert page.count("<h3>Samen zingen</h3>") == 2
    assert page.count('class="qr"') == 3
    assert "Afgelast" not in page


def test_a_full_week_stays_on_one_sheet_and_says_what_is_left_out(client, house):
    for number in range(MOST_MOMENTS + 3):
        SessionFactory(activity=ActivityFactory(house=house), original_start=at(1 + number % 6))
    page = html(client, WEEK)
    assert page.count('class="leaflet-line"') == MOST_MOMENTS
    assert "En nog 3 momenten." in page


def test_another_week_can_be_printed(client, house):
    SessionFactory(activity=ActivityFactory(house=house, title="Later"), original_start=at(15))
    first = timezone.localdate() + dt.timedelta(days=14)
    page = html(client, f"{WEEK}?vanaf={first}")
    assert "<h3>Later</h3>" in page
    assert f"?vanaf={first + dt.timedelta(days=7)}" in page
    assert f"?vanaf={first - dt.timedelta(days=7)}" in page


@pytest.mark.parametrize("asked", ["gisteren", "1900-01-01", "9999-12-31", "2026-99-99", "\x00"])
def test_an_odd_day_gives_the_week_of_today(client, house, asked):
    answer = client.get(WEEK, {"vanaf": asked})
    assert answer.context["first"] == timezone.localdate()
    assert answer.context["earlier"] is None


def test_what_is_hidden_has_no_paper_and_paper_only_reads(client):
    HouseFactory(slug="mol", is_published=False)
    for path in (FOLDER, WEEK):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 405


def test_paper_takes_the_same_queries_for_one_and_three(client, house, django_assert_max_num_queries):
    for number in (1, 2):
        for _ in range(number):
            place = LocationFactory(house=house)
            SessionFactory(
                activity=ActivityFactory(house=house, location=place),
                location=LocationFactory(house=house),
                original_start=at(1),
            )
        client.get(FOLDER)  # the places are read into memory
        with django_assert_max_num_queries(8):
            client.get(FOLDER)
        with django_assert_max_num_queries(4):
            client.get(WEEK)


def test_paper_in_another_language_is_marked_and_tells_what_is_translated(client, house):
    told, untold = ActivityFactory(house=house, title="Zingen"), ActivityFactory(house=house, title="Dansen")
    ActivityTranslationFactory(activity=told, title="Chanter")
    ActivityTranslationFactory(activity=untold, language="tr", title="Dans")
    for activity in (told, told, untold):
        SessionFactory(activity=activity, original_start=at(activity.sessions.count() + 1))
    for path in (FOLDER, WEEK):
        dutch, french, turkish = (html(client, url) for url in (path, f"/fr{path}", f"{path}?taal=tr"))
        assert f'href="/fr{path}" hreflang="fr"' in dutch
        assert f'href="{path}?taal=tr" hreflang="tr"' in dutch
        assert "De Nederlandse tekst geldt" not in dutch
        assert [words in french for words in ("Chanter", "Zingen", "Dansen")] == [True, False, True]
        assert 'lang="tr" dir="ltr">Dans<' in turkish
        assert "De Nederlandse tekst geldt" in turkish
    for odd in ("xx", "%00", "xx-%00", "nl"):
        assert "De Nederlandse tekst geldt" not in html(client, f"{WEEK}?taal={odd}")


def test_dutch_that_changed_since_is_printed_in_dutch(client, house):
    row = ActivityTranslationFactory(activity__house=house, title="Chanter")
    type(row.activity).objects.update(title="Dansen")
    assert "Dansen" in html(client, f"/fr{FOLDER}")


def test_the_house_leads_to_its_paper(client, house):
    page = html(client, "/huizen/mol/")
    assert FOLDER in page
    assert WEEK in page
