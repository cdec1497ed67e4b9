"""The gallery, the pages that explain, and the pages for when something goes wrong."""

import gzip
import re

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import reverse

from huizen.views import errors
from huizen.views.style import EXAMPLES
from tests.factories import UserFactory

EXPLAINING = ["help", "accessibility", "privacy", "sources", "style", "style_colours"]


@pytest.mark.parametrize("name", EXPLAINING)
def test_everybody_reads_the_pages_that_explain_without_one_query(client, name):
    # Tests without the `db` fixture may not ask the database anything.
    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert answer.content.count(b"<h1") == 1


@pytest.mark.parametrize("name", EXPLAINING)
def test_the_pages_that_explain_change_nothing(client, name):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", EXPLAINING)
def test_a_page_asks_nothing_of_others_and_sets_no_cookie(client, name):
    answer = client.get(reverse(name))
    html = answer.content.decode()

    assert not answer.cookies
    assert (
        re.findall(
            r'<(?:link(?! rel="alternate"| rel="canonical")|script|img)[^>]+(?:href|src)="(?:https?:)?//',
            html,
        )
        == []
    )
    assert re.findall(r"<style|<script>| style=\"", html) == []


def test_every_id_in_the_gallery_is_there_once(client):
    ids = re.findall(r'\bid="([^"]+)"', client.get(reverse("style")).content.decode())

    assert sorted(ids) == sorted(set(ids))


def test_the_gallery_shows_every_example_with_its_code(client):
    answer = client.get(reverse("style"))

    shown = [example.title for example in answer.context["examples"]]
    files = {path.name for path in (settings.BASE_DIR / "templates" / "huizen" / "style").iterdir()}
    assert shown == [title for title, _ in EXAMPLES]
    assert files == {path.rpartition("/")[2] for _, path in EXAMPLES}


def test_the_privacy_page_says_what_the_night_carries_out(client):
    answer = client.get(reverse("privacy")).content.decode()

    assert "tot 60 dagen na de activiteit" in answer
    assert "tot 2 jaar na je laatste aanmelding" in answer


def test_the_stylesheets_are_small():
    sheets = [(settings.BASE_DIR / "static" / "css" / f"{name}.css") for name in ("ground", "components")]

    assert sum(len(gzip.compress(sheet.read_bytes())) for sheet in sheets) < 8 * 1024


def test_a_page_that_does_not_exist_offers_a_way_on(client):
    answer = client.get("/bestaat-niet/")

    assert answer.status_code == 404
    assert b"Deze pagina is er niet" in answer.content


@pytest.mark.django_db
def test_who_may_not_see_a_page_hears_whom_to_ask(rf):
    request = rf.get("/beheer/")
    request.user = UserFactory()

    answer = errors.forbidden(request, PermissionDenied())

    assert answer.status_code == 403
    assert "Vraag toegang aan de coördinator" in answer.content.decode()


def test_nonsense_gets_a_sentence(rf):
    assert errors.bad_request(rf.get("/")).status_code == 400


def test_a_form_that_was_open_too_long_says_that_nothing_was_saved(rf):
    answer = errors.csrf_failure(rf.get("/"))

    assert answer.status_code == 403
    assert "Er is niets veranderd" in answer.content.decode()


def test_our_own_fault_needs_no_context(rf):
    answer = errors.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "Het ligt niet aan jou" in answer.content.decode()


def test_a_bad_link_says_what_to_do():
    assert "Deze link werkt niet" in render_to_string("link_bad.html")


def test_searching_machines_leave_the_pages_of_one_person_alone(client):
    answer = client.get(reverse("robots"))

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /inschrijving/" in answer.content.decode().splitlines()
