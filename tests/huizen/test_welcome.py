"""`/welkom/<taal>/`: the portal in ten sentences, marked as a translation, with the Dutch under each."""

import pytest

from huizen.languages import BY_CODE
from huizen.welcome import WELCOME_LANGUAGES, welcome_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", WELCOME_LANGUAGES)
def test_every_language_says_ten_sentences_and_each_in_dutch_too(client, code):
    words, language = welcome_words(code), BY_CODE[code]
    response = client.get(f"/welkom/{code}/")
    html = response.content.decode()
    assert len(words["sentences"]) == 10
    assert all(said and dutch and said != dutch for said, dutch in words["sentences"])
    assert all(said in html and dutch in html for said, dutch in words["sentences"])
    assert words["marked"][0] in html
    assert "Dit is een vertaling." in html
    assert f'lang="{code}" dir="{language.direction}"' in html
    assert response.headers["Content-Language"] == f"{code}, nl-be"


def test_one_searches_with_words_of_the_language(client):
    html = client.get("/welkom/en/").content.decode()
    assert 'href="/en/activiteiten/?q=learn%20Dutch"' in html


def test_where_the_portal_speaks_no_other_language_the_links_are_dutch(client, settings):
    settings.LANGUAGES = [("nl-be", "Nederlands")]
    html = client.get("/welkom/ar/").content.decode()
    assert '<html lang="nl-BE" dir="ltr">' in html
    assert 'href="/activiteiten/?q=' in html


def test_turkish_keeps_the_portal_in_dutch(client):
    html = client.get("/welkom/tr/").content.decode()
    assert '<html lang="nl-BE" dir="ltr">' in html
    assert '<div class="stack" lang="tr" dir="ltr">' in html


@pytest.mark.parametrize("code", ["nl", "xx", "es"])
def test_no_welcome_in_other_languages(client, code):
    assert client.get(f"/welkom/{code}/").status_code == 404


def test_only_reading(client):
    assert client.post("/welkom/fr/").status_code == 405


def test_every_page_names_the_languages_by_their_own_names(client):
    html = client.get("/hulp/").content.decode()
    for code in WELCOME_LANGUAGES:
        assert BY_CODE[code].own_name in html
    assert 'href="/welkom/tr/" hreflang="tr" lang="tr"' in html
