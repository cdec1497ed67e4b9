"""The facts that ship with the portal, in the database."""

from datetime import date

import pytest
from django.core.management import call_command

from huizen import reference_data
from huizen.models import Holiday, Locality, Municipality, PlaceAlias

MODELS = (Municipality, Locality, PlaceAlias, Holiday)


@pytest.mark.django_db
def test_loading_twice_gives_the_same_rows(capsys):
    call_command("load_reference")
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]

    call_command("load_reference")

    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before
    assert capsys.readouterr().out.splitlines()[:2] == ["346 gemeenten", "1195 plaatsen"]


@pytest.mark.django_db
def test_loading_asks_a_statement_for_many_rows(django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        reference_data.load()


@pytest.mark.django_db
def test_loading_mends_a_row_that_was_changed(reference):
    Municipality.objects.filter(nis_code="13025").update(name="Moll")

    reference_data.load()

    assert Municipality.objects.get(nis_code="13025").name == "Mol"


@pytest.mark.django_db
def test_the_counts_are_those_of_the_register(reference):
    today = date(2026, 11, 21)
    present = Municipality.objects.filter(merged_into=None)

    assert present.count() == 304
    assert set(Municipality.objects.on(today)) == set(present)
    assert present.filter(province=Municipality.Province.BRUSSEL).count() == 19
    assert Municipality.objects.exclude(merged_into=None).count() == 42


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("postcode", "name", "former"),
    [
        ("8760", "Meulebeke", "37007"),
        ("8755", "Ruiselede", "37012"),
        ("8750", "Zwevezele", "37018"),
        ("2150", "Borsbeek", "11007"),
        ("2100", "Deurne", None),  # Antwerpen kept its code
        ("3501", "Wimmertingen", "71022"),  # nearer to Kortessem, but always of Hasselt
        ("3945", "Oostham", "71069"),
        ("3670", "Wijshagen", "72040"),
        ("9130", "Kallo", "46003"),
        ("9180", "Moerbeke-Waas", "44045"),
        ("2400", "Mol", None),
    ],
)
def test_a_locality_knows_the_merged_municipality_it_lay_in(reference, postcode, name, former):
    assert Locality.objects.get(postcode=postcode, name=name).former_id == former


@pytest.mark.django_db
def test_former_municipalities_lie_in_the_present_one_of_their_localities(reference):
    wrong = [
        row
        for row in Locality.objects.select_related("former")
        if row.former and row.former.merged_into_id != row.municipality_id
    ]

    assert wrong == []


@pytest.mark.django_db
def test_every_merged_municipality_has_a_locality(reference):
    with_one = set(Locality.objects.exclude(former=None).values_list("former_id", flat=True))

    assert with_one == set(Municipality.objects.exclude(merged_into=None).values_list("pk", flat=True))


@pytest.mark.django_db
def test_public_holidays_move_with_easter(reference):
    assert Holiday.objects.get(name="Paasmaandag", starts_on__year=2026).starts_on == date(2026, 4, 6)
    assert Holiday.objects.filter(kind=Holiday.Kind.PUBLIC, starts_on__year=2027).count() == 12


@pytest.mark.django_db
def test_holidays_touching_a_span_are_found_by_their_last_day_too(reference):
    found = Holiday.objects.touching(date(2027, 1, 3), date(2027, 1, 3))

    assert [h.name for h in found] == ["Kerstvakantie"]
