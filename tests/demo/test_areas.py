"""The division of the country: real places, 222 Houses, ten municipalities without one."""

import datetime as dt

import pytest

from demo.network.areas import ENDED, HOUSES, NAMED, SPLIT, Area, plan_areas, spans
from huizen import reference_data
from huizen.models import Municipality

TODAY = dt.date(2026, 3, 4)


@pytest.fixture
def municipalities(db):
    reference_data.load()
    return list(Municipality.objects.prefetch_related("former").order_by("pk"))


@pytest.fixture
def areas(municipalities):
    return plan_areas(municipalities, projects={"11002", "73111"})


def test_as_many_houses_as_in_2019_reach_as_many_municipalities(areas):
    reached = {municipality.present.pk for area in areas.served for municipality in area.municipalities}
    assert (len(areas.served), len(reached), len(areas.without)) == (HOUSES, 294, 10)
    assert reached & {municipality.pk for municipality in areas.without} == set()


def test_no_municipality_has_two_houses(areas):
    all_of_them = [municipality.pk for area in areas.served for municipality in area.municipalities]
    assert len(all_of_them) == len(set(all_of_them))


def test_areas_that_are_known_are_real(areas):
    found = {area.name: tuple(m.pk for m in area.municipalities) for area in areas.served}
    assert {name: found[name] for name in NAMED} == NAMED


def test_municipalities_in_a_project_keep_their_own_house(areas):
    assert [area.name for area in areas.served if area.home.pk in {"11002", "73111"}] == [
        "Antwerpen",
        "Tongeren-Borgloon",
    ]


def test_parts_of_a_merger_may_have_their_own_houses(areas):
    codes = {m.pk for area in areas.served for m in area.municipalities}
    assert {code for parts in SPLIT.values() for code in parts} <= codes
    assert set(SPLIT) & codes == set()


def test_neighbours_lie_in_one_province(areas):
    for area in areas.served:
        assert len({municipality.province for municipality in area.municipalities}) == 1


def of(municipalities, code):
    return Area("Test", (next(m for m in municipalities if m.pk == code),))


def test_an_area_follows_a_merger(municipalities):
    rows = spans(of(municipalities, "46029"), since=dt.date(2016, 1, 1))
    assert [(m.pk, since, until) for m, since, until in rows] == [
        ("46029", dt.date(2025, 1, 1), None),
        ("44045", dt.date(2016, 1, 1), dt.date(2024, 12, 31)),
        ("46014", dt.date(2016, 1, 1), dt.date(2024, 12, 31)),
    ]


def test_the_parts_of_a_house_that_ended_went_elsewhere(municipalities):
    tielt = spans(of(municipalities, "37022"), since=dt.date(2016, 1, 1))
    assert [(m.pk, since, until) for m, since, until in tielt] == [
        ("37022", dt.date(2025, 1, 1), None),
        ("37007", dt.date(2025, 1, 1), None),
        ("37015", dt.date(2016, 1, 1), dt.date(2024, 12, 31)),
    ]
    pittem = spans(of(municipalities, "37011"), since=dt.date(2016, 1, 1))
    assert [(m.pk, since, until) for m, since, until in pittem] == [("37011", dt.date(2025, 1, 1), None)]
    assert "37011" in ENDED
