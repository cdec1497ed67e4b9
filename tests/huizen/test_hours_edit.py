"""The opening hours of a place, and the days that differ."""

from datetime import time

import pytest
from django.db import IntegrityError
from django.utils import timezone

from huizen.models import OpeningException, OpeningHours
from tests.factories import (
    NOW,
    LocationFactory,
)
from tests.huizen.house_forms import RULE, verbs

pytestmark = pytest.mark.django_db


def test_hours_are_added_and_said_in_words(client, house, coordinator):
    place = LocationFactory(house=house)

    client.post(f"/beheer/huis/plek/{place.pk}/uren/", RULE | {"nth": "-1"})
    client.post(
        f"/beheer/huis/plek/{place.pk}/uren/", RULE | {"in_school_holidays": "", "by_appointment": "on"}
    )

    page = client.get(f"/beheer/huis/plek/{place.pk}/uren/").content.decode()
    assert "Elke laatste woensdag van de maand van 9 tot 12 uur<" in page
    assert "Elke woensdag van 9 tot 12 uur, op afspraak, niet in schoolvakanties<" in page
    assert verbs() == ["added", "added"]


@pytest.mark.parametrize(
    "change", [{"closes_at": "08:00"}, {"weekday": "9"}, {"nth": "7"}, {"opens_at": "25:00"}]
)
def test_hours_that_cannot_be_are_refused(client, house, coordinator, change):
    place = LocationFactory(house=house)

    answer = client.post(f"/beheer/huis/plek/{place.pk}/uren/", RULE | change)

    assert answer.status_code == 422
    assert OpeningHours.objects.count() == 0


def test_the_sentence_of_the_database_is_shown_in_the_form(client, house, coordinator):
    place = LocationFactory(house=house)

    page = client.post(f"/beheer/huis/plek/{place.pk}/uren/", RULE | {"closes_at": "08:00"}).content.decode()

    assert "Het sluitingsuur ligt voor het openingsuur." in page
    assert 'value="08:00"' in page


def test_days_that_differ_are_added_and_taken_away(client, house, coordinator):
    place = LocationFactory(house=house)
    year = timezone.localdate().year + 1

    client.post(
        f"/beheer/huis/plek/{place.pk}/andere-dagen/",
        {"anders-since": f"{year}-07-01", "anders-until": f"{year}-08-31", "anders-reason": "zomer"},
    )

    page = client.get(f"/beheer/huis/plek/{place.pk}/uren/").content.decode()
    assert f"31 augustus {year} gesloten: zomer<" in page
    client.post(f"/beheer/huis/andere-dagen/{OpeningException.objects.get().pk}/weg/")
    assert OpeningException.objects.count() == 0
    assert verbs() == ["added", "removed"]


def test_half_an_exception_is_refused_in_words(client, house, coordinator):
    place = LocationFactory(house=house)

    answer = client.post(
        f"/beheer/huis/plek/{place.pk}/andere-dagen/",
        {"anders-since": "2026-07-01", "anders-until": "2026-07-01", "anders-opens_at": "09:00"},
    )

    assert answer.status_code == 422
    assert "Vul beide uren in, of geen van beide als het gesloten is." in answer.content.decode()


def test_the_database_refuses_half_an_exception():
    with pytest.raises(IntegrityError, match="opening_exception_hours"):
        LocationFactory().opening_exceptions.create(since=NOW, until=NOW, closes_at=time(9))


def test_hours_are_taken_away(client, house, coordinator):
    rule = LocationFactory(house=house).opening_hours.create(weekday=0, opens_at=time(9), closes_at=time(12))

    client.post(f"/beheer/huis/uren/{rule.pk}/weg/")

    assert OpeningHours.objects.count() == 0
    assert verbs() == ["removed"]
