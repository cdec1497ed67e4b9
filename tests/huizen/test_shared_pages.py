"""A public page is made once for everybody without a session, and anew as soon as anything changes."""

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from tests.factories import HouseFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUSES, SIGN_IN = "/huizen/", "/aanmelden/"


@pytest.fixture
def client(settings):
    """A visitor of a portal that keeps its pages."""
    caches["pages"].clear()
    with override_settings(SHARED_PAGE_SECONDS=30):
        yield Client()
    caches["pages"].clear()


@pytest.mark.parametrize("address", [HOUSES, "/api/plaatsen?q=2400"])
def test_the_second_visitor_costs_no_query_but_the_question_what_changed(
    client, django_assert_num_queries, address
):
    first = client.get(address)
    with django_assert_num_queries(1):
        second = Client().get(address)
    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_what_changed_is_seen_at_once(client):
    house = HouseFactory(name="Huis van gisteren")
    assert "Huis van gisteren" in client.get(HOUSES).text
    house.name = "Huis van vandaag"
    house.save()
    assert "Huis van vandaag" in client.get(HOUSES).text


def test_a_browser_that_has_the_page_gets_no_page(client):
    first = client.get(HOUSES)
    again = client.get(HOUSES, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_compressed_and_plain_are_two_things(client):
    plain = client.get(HOUSES)
    packed = client.get(HOUSES, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(HOUSES).headers
    assert client.get(HOUSES).content == plain.content


def test_who_is_signed_in_gets_her_own_page(client):
    client.get(HOUSES)
    client.force_login(UserFactory())
    assert "Meld je aan" not in client.get(HOUSES).text
    assert "Meld je aan" in Client().get(HOUSES).text


def test_who_must_still_read_a_message_gets_her_own_page(client, django_assert_num_queries):
    client.get(HOUSES)
    client.cookies["messages"] = "iets"
    with pytest.raises(pytest.fail.Exception), django_assert_num_queries(1):
        client.get(HOUSES)


def test_a_page_with_a_cookie_or_an_error_is_not_kept(client):
    assert client.get(SIGN_IN).cookies
    assert client.get(SIGN_IN).cookies
    assert client.get("/huizen/bestaat-niet/").status_code == 404


def test_a_search_is_a_page_of_its_own(client):
    assert client.get(HOUSES).content != client.get(HOUSES + "?plaats=Nergenshuizen").content
