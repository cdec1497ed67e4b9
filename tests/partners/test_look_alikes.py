"""Who writes an organisation down hears which known ones may be the same."""

import pytest
from django.urls import reverse

from partners.look_alikes import core_of, host_of, look_alikes
from partners.models import Organisation, Partnership
from tests.factories import OrganisationFactory
from tests.partners.test_partner_pages import FACTS, ROLE

pytestmark = pytest.mark.django_db


def found(**facts):
    return [(each.organisation.name, each.in_words) for each in look_alikes(**facts)]


@pytest.mark.parametrize(
    "name",
    [
        "caw de kempen",
        "Kempen, CAW de",
        "CAW Kempen vzw",
        "Caw  Kempén",
        "CAW De Kempe",
    ],
)
def test_a_name_that_looks_like_a_known_one_is_recognised(name):
    OrganisationFactory(name="CAW De Kempen")
    OrganisationFactory(name="Sportdienst")
    assert found(name=name) == [("CAW De Kempen", "bijna dezelfde naam")]


@pytest.mark.parametrize("name", ["Bibliotheek", "", "???", "vzw", "x" * 500])
def test_another_name_is_not(name):
    OrganisationFactory(name="CAW De Kempen vzw")
    assert found(name=name) == []


def test_the_surest_comes_first_and_says_why():
    OrganisationFactory(name="Speelgoed", website="https://www.tol.example/over")
    OrganisationFactory(name="De Tol vzw", website="https://tol.example")
    OrganisationFactory(name="Anders", kbo_number="0123456749")
    facts = {"name": "Tol", "kbo_number": "0123456749", "website": "http://tol.example/x"}
    assert found(**facts) == [
        ("Anders", "hetzelfde KBO-nummer"),
        ("De Tol vzw", "bijna dezelfde naam, dezelfde website"),
        ("Speelgoed", "dezelfde website"),
    ]


def test_an_organisation_does_not_look_like_itself():
    organisation = OrganisationFactory(name="De Tol")
    assert look_alikes(name="De Tol", besides=organisation.pk) == []


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.tol.example/a?b", "tol.example"),
        ("https://www.facebook.com/tol", ""),
        ("https://nl-nl.facebook.com/tol", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_a_shared_site_says_nothing(website, host):
    assert host_of(website) == host


def test_the_words_that_say_how_it_is_built_stay_where_nothing_else_is():
    assert (core_of("VZW De Tol"), core_of("De vzw")) == ("tol", "de vzw")


def test_looking_costs_two_queries_however_many_there_are(django_assert_num_queries):
    for number in range(8):
        OrganisationFactory(name=f"Speelotheek {number}")
    with django_assert_num_queries(2):
        assert len(look_alikes(name="Speelotheek 3")) == 5


def test_the_same_organisation_becomes_a_partner_in_the_role_that_was_chosen(desk, house):
    known = OrganisationFactory(name="CAW de Kempen")
    desk.post(reverse("partner_create"), FACTS | ROLE | {"dezelfde": known.pk})
    partnership = Partnership.objects.get()
    assert (partnership.organisation, partnership.house, partnership.role) == (known, house, "core")
    again = desk.post(reverse("partner_create"), FACTS | ROLE | {"dezelfde": known.pk})
    assert (again.status_code, "al partner" in again.content.decode()) == (422, True)


@pytest.mark.parametrize("key", ["x", "", "-1", "0", "9" * 30, "²", "1\0"])
def test_a_forged_choice_of_the_same_organisation_is_not_found(desk, key):
    assert desk.post(reverse("partner_create"), FACTS | ROLE | {"dezelfde": key}).status_code == 404
    assert not Organisation.objects.exists()


def test_a_kbo_number_that_is_known_offers_its_owner(desk):
    known = OrganisationFactory(name="Heel anders", kbo_number="0123456749")
    facts = FACTS | ROLE | {"kbo_number": "0123.456.749", "sure": "on"}
    answer = desk.post(reverse("partner_create"), facts)
    assert (answer.status_code, f'value="{known.pk}"' in answer.content.decode()) == (422, True)
    assert "hetzelfde KBO-nummer" in answer.content.decode()
