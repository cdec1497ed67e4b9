"""Translations of what a House says of itself."""

import pytest

from huizen.models import Event, House
from huizen.models.translation import fingerprint
from huizen.roles import Role
from tests.factories import HouseFactory, HouseTranslationFactory, MembershipFactory

pytestmark = pytest.mark.django_db
PATH = "/beheer/huis/mol/vertaling/fr/"


@pytest.fixture
def house():
    return HouseFactory(slug="mol", intro="Kom binnen.", participation="")


def typed(**facts):
    return {"intro": "Entrez.", "state": "human", "gezien-intro": fingerprint("Kom binnen."), **facts}


def test_a_family_reads_about_the_house_in_its_language(client, house):
    HouseTranslationFactory(house=house)
    html = client.get("/huizen/mol/?taal=fr").content.decode()
    assert '<p class="lead" lang="fr" dir="ltr">Entrez.</p>' in html
    assert "Dit is een vertaling." in html


def test_new_dutch_takes_the_place_of_an_old_translation(client, house):
    HouseTranslationFactory(house=house)
    House.objects.filter(pk=house.pk).update(intro="Welkom.")
    assert '<p class="lead">Welkom.</p>' in client.get("/huizen/mol/?taal=fr").content.decode()


def test_a_coordinator_translates_what_stands_in_dutch(client, coordinator, house):
    html = client.get(PATH).content.decode()
    assert 'name="intro"' in html
    assert 'name="participation"' not in html
    assert client.post(PATH, typed()).status_code == 302
    assert house.translations.get().intro == "Entrez."
    assert client.post(PATH, typed(intro="Bienvenue.")).status_code == 302
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["created", "translated"]


def test_dutch_that_changed_meanwhile_stops_it(client, coordinator, house):
    House.objects.filter(pk=house.pk).update(intro="Welkom.")
    response = client.post(PATH, typed())
    assert response.status_code == 422
    assert "De Nederlandse tekst is net gewijzigd." in response.content.decode()


def test_a_house_that_says_nothing_has_nothing_to_translate(client, coordinator, house):
    House.objects.filter(pk=house.pk).update(intro="")
    assert "Er staat nog niets in het Nederlands." in client.get(PATH).content.decode()
    assert client.post(PATH, {"state": "human"}).status_code == 422


def test_it_is_removed_after_a_question(client, coordinator, house):
    HouseTranslationFactory(house=house)
    assert "Wil je de vertaling verwijderen?" in client.get(f"{PATH}verwijderen/").content.decode()
    assert client.post(f"{PATH}verwijderen/").status_code == 302
    assert not house.translations.exists()
    assert client.post(f"{PATH}verwijderen/").status_code == 404


def test_staff_who_do_not_keep_the_house_are_refused(client, house):
    client.force_login(MembershipFactory(house=house, role=Role.STAFF).user)
    assert client.get(PATH).status_code == 403


def test_a_coordinator_of_another_house_finds_no_page(client, house):
    client.force_login(MembershipFactory().user)
    assert client.post(PATH, typed()).status_code == 404


@pytest.mark.parametrize("code", ["nl", "xx"])
def test_no_page_for_dutch_or_an_unknown_language(client, coordinator, house, code):
    assert client.get(f"/beheer/huis/mol/vertaling/{code}/").status_code == 404


@pytest.mark.parametrize("tail", ["", "verwijderen/"])
def test_only_get_and_post(client, coordinator, tail):
    assert client.put(PATH + tail).status_code == 405
