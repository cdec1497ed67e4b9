"""The working area of a House: each municipality has one House at a time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from huizen.actions.house import WorkingAreaError, add_working_area, end_working_area
from huizen.models import Event, WorkingArea
from tests.factories import (
    NOW,
    WorkingAreaFactory,
)
from tests.huizen.house_forms import verbs

pytestmark = pytest.mark.django_db


def test_a_municipality_is_added(client, house, coordinator, mol):
    answer = client.post("/beheer/huis/mol/werkingsgebied/", {"municipality": mol.pk, "since": "2026-01-01"})

    assert answer.status_code == 302
    assert WorkingArea.objects.values_list("municipality__name", "since", "until").get() == (
        "Mol",
        date(2026, 1, 1),
        None,
    )
    assert verbs() == ["added"]


def test_a_municipality_of_another_house_is_refused_in_words(client, house, coordinator, mol):
    WorkingAreaFactory(municipality=mol)

    answer = client.post("/beheer/huis/mol/werkingsgebied/", {"municipality": mol.pk, "since": "2026-01-01"})

    assert answer.status_code == 422
    assert "In die periode hoort deze gemeente al bij een Huis." in answer.content.decode()
    assert house.working_areas.count() == 0


def test_a_municipality_may_change_houses(client, house, coordinator, mol):
    WorkingAreaFactory(municipality=mol, until=date(2025, 12, 31))

    client.post("/beheer/huis/mol/werkingsgebied/", {"municipality": mol.pk, "since": "2026-01-01"})

    assert house.working_areas.count() == 1


def test_the_database_refuses_two_houses_at_once(house, mol):
    WorkingAreaFactory(municipality=mol, since=date(2020, 1, 1), until=date(2026, 1, 1))

    with pytest.raises(IntegrityError, match="working_area_one_house_at_a_time"), transaction.atomic():
        WorkingAreaFactory(house=house, municipality=mol, since=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="hoort deze gemeente al bij een Huis"):
        WorkingArea(house=house, municipality=mol, since=date(2025, 1, 1)).full_clean()
    WorkingAreaFactory(house=house, municipality=mol, since=date(2026, 1, 2))


def test_two_coordinators_at_once_cannot_both_have_it(house, coordinator, mol):
    WorkingAreaFactory(municipality=mol)
    area = WorkingArea(house=house, municipality=mol, since=date(2026, 1, 1))

    with pytest.raises(WorkingAreaError, match="hoort deze gemeente al bij een Huis"):
        add_working_area(area=area, by=coordinator, now=NOW)
    assert verbs() == []


def test_a_last_day_that_reaches_into_another_house_is_refused(house, coordinator, mol):
    area = WorkingAreaFactory(house=house, municipality=mol, until=date(2025, 12, 31))
    WorkingAreaFactory(municipality=mol, since=date(2026, 1, 1))
    area.until = date(2026, 6, 1)

    with pytest.raises(WorkingAreaError):
        end_working_area(area=area, by=coordinator, now=NOW)


def test_a_last_day_is_given(client, house, coordinator):
    area = WorkingAreaFactory(house=house)

    answer = client.post(f"/beheer/huis/gebied/{area.pk}/beeindigen/", {"until": "2026-12-31"})

    assert answer.url == "/beheer/huis/mol/werkingsgebied/"
    area.refresh_from_db()
    assert area.until == date(2026, 12, 31)
    assert Event.objects.get().changes == {"until": [None, "2026-12-31"]}


@pytest.mark.parametrize("until", ["", "2019-01-01", "99999-01-01", "gisteren"])
def test_a_last_day_that_cannot_be_changes_nothing(client, house, coordinator, until):
    area = WorkingAreaFactory(house=house)

    answer = client.post(f"/beheer/huis/gebied/{area.pk}/beeindigen/", {"until": until})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until"])
    area.refresh_from_db()
    assert area.until is None
