"""The portal on a phone: what it must know to be installed, and a small worker for when there is no signal."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from huizen.views.offline import worker_script


def test_the_worker_is_small_asked_anew_and_serves_every_page(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert len(answer.content) < 3 * 1024


def test_the_worker_fetches_files_that_are_there():
    shell = json.loads(re.search(r"SHELL=(\[.*?\])", worker_script())[1])
    assert shell[0] == "/offline/"
    assert all(finders.find(path.removeprefix("/static/")) for path in shell[1:])


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/huizen/mol/", True),
        ("/fr/huizen/mol/", True),
        ("/activiteiten/babymassage-mol/", True),
        ("/inschrijving/0a1b~x-Y_z/", True),
        ("/bewaard/", True),
        ("/huizen/", False),
        ("/huizen/mol/agenda.ics", False),
        ("/huizen/mol/meedenken/", False),
        ("/activiteiten/", False),
        ("/beheer/", False),
        ("/beheer/huizen/mol/", False),
        ("/mijn/", False),
        ("/aanmelden/", False),
    ],
)
def test_only_pages_that_a_family_needs_are_kept(path, kept):
    (rule,) = re.findall(r"const KEEP = /(.*)/;", worker_script())
    assert bool(re.search(rule.replace(r"\/", "/"), path)) == kept


@pytest.mark.parametrize("path", ["/aanmelden/uit/", "/mijn/wissen/"])
def test_who_leaves_takes_the_kept_pages_along(path):
    (rule,) = re.findall(r"const LEAVE = /(.*)/;", worker_script())
    assert re.search(rule.replace(r"\/", "/"), path)


def test_the_portal_can_be_installed(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    facts = json.loads(answer.content)
    assert (facts["start_url"], facts["display"], facts["lang"]) == ("/", "standalone", "nl-BE")
    assert {icon["sizes"] for icon in facts["icons"]} == {"any", "192x192", "512x512"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in facts["icons"])


def test_pages_point_to_the_manifest_and_offline_says_what_was_not_sent(client, db):
    page = client.get("/offline/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert "Dat is niet verstuurd." in page
    assert "noindex" in page


def test_nothing_of_it_can_be_changed(client):
    for path in ("/sw.js", "/manifest.webmanifest", "/offline/"):
        assert client.post(path).status_code == 405
