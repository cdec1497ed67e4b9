"""What a family reads on a sheet that somebody gave her, and what the message says."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.handed_over import LONGEST_TEXT, text_to_paste
from activities.models import ReferralItem
from tests.factories import (
    ActivityFactory,
    ActivityTranslationFactory,
    HouseFactory,
    LocationFactory,
    ScheduleFactory,
    SessionFactory,
)
from tests.giving import ReferralSheetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return ReferralSheetFactory(house=HouseFactory(name="Baldemore", phone="014 00 00 00"))


def put(sheet, **facts):
    activity = ActivityFactory(**({"house": sheet.house} | facts))
    ReferralItem.objects.create(sheet=sheet, activity=activity, position=sheet.items.count())
    return activity


def tomorrow(**facts):
    start = timezone.now() + dt.timedelta(days=1)
    return SessionFactory(**({"original_start": start} | facts))


def html(client, sheet, query="", status=200):
    answer = client.get(f"/mee/{sheet.code}/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_it_tells_the_five_facts_the_way_whom_to_call_and_when(client, sheet):
    place = LocationFactory(
        house=sheet.house, name="De Werft", street="Werft 1", postcode="2440", town="Geel"
    )
    activity = put(sheet, title="Babymassage", location=place, phone="014 11 11 11")
    tomorrow(activity=activity)
    page = html(client, sheet)
    told = [
        "Babymassage",
        "De Werft",
        "Werft 1, 2440 Geel",
        "Gratis",
        "Kom gewoon langs",
        "Morgen",
        "openstreetmap",
    ]
    told += ["tel:014111111", 'class="qr"', 'content="noindex', "Baldemore", "Deze pagina werkt tot"]
    assert [words for words in told if words not in page] == []


def test_what_goes_on_without_dates_says_how(client, sheet):
    ScheduleFactory(activity=put(sheet), kind="by_appointment", dates=[], starts_at=None, ends_at=None)
    assert "Op afspraak" in html(client, sheet)


def test_an_offer_that_went_offline_says_so_kindly_and_the_others_stay(client, sheet):
    gone, stays = put(sheet, status="archived", title="Weg"), put(sheet, title="Blijft")
    page = html(client, sheet)
    assert "Deze activiteit bestaat niet meer." in page
    assert f"?soort={gone.offer_type}" in page
    assert stays.slug in page
    assert gone.slug not in page
    assert "Weg" not in text_to_paste(sheet, now=timezone.now())


def test_a_moment_that_does_not_take_place_is_told(client, sheet):
    tomorrow(activity=put(sheet), status="cancelled", cancel_reason="De begeleider is ziek.")
    page = html(client, sheet)
    assert "Gaat niet door" in page
    assert "De begeleider is ziek." in page


def test_translations_are_labelled_and_the_reader_chooses(client, sheet):
    activity = put(sheet, title="Samen spelen")
    ActivityTranslationFactory(activity=activity, language="tr", title="Birlikte oynamak", state="machine")
    sheet.language = "tr"
    sheet.save()
    page = html(client, sheet)
    assert "Birlikte oynamak" in page
    assert "Automatische vertaling, nog niet nagekeken." in page
    assert '<h2 lang="tr" dir="ltr">Birlikte oynamak' in page
    dutch = html(client, sheet, "?taal=nl")
    assert "Samen spelen" in dutch
    assert "Birlikte" not in dutch
    assert "Automatische" not in dutch


def test_in_french_the_words_of_the_portal_are_french_too(client, sheet):
    put(sheet)
    answer = client.get(f"/fr/mee/{sheet.code}/")
    assert answer["Content-Language"] == "fr"
    assert '<html lang="fr"' in answer.content.decode()


def test_an_ended_or_withdrawn_sheet_says_so_and_an_unknown_one_too(client, sheet):
    ended = ReferralSheetFactory(made_at=timezone.now() - dt.timedelta(days=91))
    withdrawn = ReferralSheetFactory(revoked_at=timezone.now())
    for row in (ended, withdrawn):
        assert "Dit blad is er niet meer." in html(client, row, status=410)
    for code in ("onzin", "%00", "x" * 300):
        assert client.get(f"/mee/{code}/").status_code == 404
    assert client.post(f"/mee/{sheet.code}/").status_code == 405


def test_it_is_not_kept_by_any_cache_and_stands_in_no_sitemap(client, sheet):
    put(sheet)
    assert "no-store" in client.get(f"/mee/{sheet.code}/")["Cache-Control"]
    assert sheet.code not in client.get("/sitemap.xml").content.decode()


def test_a_long_sheet_asks_no_more_queries_than_a_short_one(client, sheet, django_assert_num_queries):
    tomorrow(activity=put(sheet))
    client.get(f"/mee/{sheet.code}/")
    with django_assert_num_queries(5):
        html(client, sheet)
    for _ in range(2):
        tomorrow(activity=put(sheet))
    with django_assert_num_queries(5):
        html(client, sheet)


def test_the_message_says_what_when_and_where_all_of_it_stands(sheet, settings):
    place = LocationFactory(house=sheet.house, name="De Werft")
    tomorrow(activity=put(sheet, title="Babymassage", location=place))
    text = text_to_paste(sheet, now=timezone.now())
    assert text.startswith("Dag! Dit is misschien iets voor jou.\n\n• Babymassage: Morgen")
    assert "De Werft" in text
    assert text.endswith(f"hier:\n{settings.PORTAL_URL}/mee/{sheet.code}/")
    sheet.language = "fr"
    assert text_to_paste(sheet, now=timezone.now()).endswith(f"{settings.PORTAL_URL}/fr/mee/{sheet.code}/")


def test_the_message_is_never_longer_than_a_thousand_letters(sheet):
    place = LocationFactory(house=sheet.house, name="P" * 100)
    for _ in range(6):
        activity = put(sheet, title="T" * 100, location=place)
        ActivityTranslationFactory(activity=activity, language="fr", title="F" * 160)
    for language in ("nl", "fr"):
        sheet.language = language
        text = text_to_paste(sheet, now=timezone.now())
        assert len(text) <= LONGEST_TEXT
        assert text.count("•") == 6
