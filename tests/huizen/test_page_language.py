"""The language of a page stands in its address: no cookie, no guess, and staff pages in Dutch."""

import pytest
from django.urls import reverse
from django.utils.translation import get_language, override
from hypothesis import given
from hypothesis import strategies as st

from huizen.page_language import address_in, split
from tests.factories import MembershipFactory

PATHS = st.from_regex(r"/([a-z]{0,3}/)*", fullmatch=True)


@given(path=PATHS, code=st.sampled_from(["nl", "fr", "en", "ar"]))
def test_a_page_in_a_language_and_back_is_the_same_page(path, code):
    there = address_in(code, path)
    assert split(there) == (code, split(path)[1]) or split(path)[1] != split(split(path)[1])[1]
    assert address_in("nl", there) == split(path)[1]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/fr/huizen/", ("fr", "/huizen/")),
        ("/huizen/", ("nl", "/huizen/")),
        ("/ar/", ("ar", "/")),
        ("/fr", ("nl", "/fr")),
        ("/nl/huizen/", ("nl", "/nl/huizen/")),
        ("/frans/", ("nl", "/frans/")),
    ],
)
def test_the_language_is_the_first_part_of_the_address(path, found):
    assert split(path) == found


def test_links_stay_in_the_language_of_the_page():
    assert reverse("house_list") == "/huizen/"
    with override("fr"):
        assert reverse("house_list") == "/fr/huizen/"
        assert reverse("welcome", args=["ar"]) == "/welkom/ar/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/hulp/", 'lang="nl-BE" dir="ltr"'),
        ("/fr/hulp/", 'lang="fr" dir="ltr"'),
        ("/ar/hulp/", 'lang="ar" dir="rtl"'),
    ],
)
def test_a_page_says_its_language_and_which_way_it_runs(client, path, mark):
    response = client.get(path)
    assert f"<html {mark}>" in response.content.decode()
    assert response.headers["Content-Language"] == mark[6:].partition('"')[0].lower()
    assert not response.cookies
    assert "Accept-Language" not in response.headers.get("Vary", "")
    assert get_language() == "nl-be"


@pytest.mark.django_db
def test_a_translated_page_is_marked_and_leads_back_to_the_dutch(client):
    html = client.get("/fr/hulp/?x=1").content.decode()
    assert "Traduction du néerlandais." in html
    assert '<a href="/hulp/?x=1" hreflang="nl"' in html


@pytest.mark.django_db
def test_searching_machines_hear_of_each_language(client):
    html = client.get("/hulp/").content.decode()
    for code, path in (("nl", "/hulp/"), ("fr", "/fr/hulp/"), ("en", "/en/hulp/"), ("ar", "/ar/hulp/")):
        assert f'hreflang="{code}" href="http://127.0.0.1:8000{path}"' in html


@pytest.mark.django_db
def test_a_portal_that_speaks_only_dutch_has_no_other_pages(client, settings):
    settings.LANGUAGES = [("nl-be", "Nederlands")]
    assert client.get("/fr/hulp/").status_code == 404
    html = client.get("/hulp/").content.decode()
    assert 'rel="alternate"' not in html
    assert 'href="/welkom/fr/" hreflang="fr"' in html


@pytest.mark.django_db
def test_staff_pages_are_in_dutch(client):
    client.force_login(MembershipFactory().user)
    response = client.get("/fr/beheer/logboek/?pagina=1")
    assert (response.status_code, response.url) == (302, "/beheer/logboek/?pagina=1")
    html = client.get("/beheer/logboek/").content.decode()
    assert 'href="/fr/beheer' not in html


@pytest.mark.django_db
def test_who_must_sign_in_is_asked_in_the_language_of_the_page(client):
    assert client.get("/fr/mijn/").url == "/fr/aanmelden/?next=/fr/mijn/"
