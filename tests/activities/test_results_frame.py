"""What stands around the results is made once for who has no session: each still reads her own search, and nobody else's."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import LocalityFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="\w+">')
SEARCHES = [
    "",
    "?q=zingen",
    "?q=%3Cb%3E%26%22&foo=1",
    "?gratis=1&q=zingen&pagina=1",
    "?plaats=2440-geelveld&straal=10",
    "?huis=geel&leeftijd=baby&leeftijd=8",
    "?q=caf%C3%A9+%E2%82%AC",
]


def page(client, address):
    return TOKEN.sub("", client.get(address).content.decode())


@pytest.fixture
def own():
    """A visitor for whom every page is made anew: she has a session, be it one that is over."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "voorbij"
    return client


@pytest.mark.parametrize("path", ["/activiteiten/", "/fr/activiteiten/", "/ar/activiteiten/"])
def test_a_kept_frame_says_what_a_page_of_ones_own_says(client, own, path):
    LocalityFactory(postcode="2440", name="Geelveld")
    SessionFactory()
    for search in [*SEARCHES, *SEARCHES]:
        assert page(client, path + search) == page(own, path + search)


def test_nothing_of_one_visitor_stands_in_the_page_of_another(client):
    assert "blauwe walvis" in page(client, "/activiteiten/?q=blauwe+walvis")
    other = page(client, "/activiteiten/?q=rood")
    assert ("walvis" in other, "rood" in other) == (False, True)


def test_who_is_signed_in_gets_her_own_menu(client):
    assert "Meld je aan" in page(client, "/activiteiten/")
    client.force_login(UserFactory())
    own = page(client, "/activiteiten/")
    assert ("Meld je af" in own, "Meld je aan" in own) == (True, False)
    client.logout()
    assert "Meld je aan" in page(client, "/activiteiten/")


def test_nobody_can_type_the_place_of_another_part(client):
    first, again = (page(client, "/activiteiten/?q=x.part.x&x.panel.") for _ in range(2))
    assert first == again
    assert first.count("<form") == page(client, "/activiteiten/?q=x").count("<form")
