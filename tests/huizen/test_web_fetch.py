"""Fetching a small file: a real server answers; never too much, never for ever, never inside our network."""

import pytest

from huizen import web_visit
from huizen.web_visit import Fetched, fetch
from tests.huizen.web_server import Website, anywhere, served


class Files(Website):
    """A web server with one file, in several ways."""

    def do_GET(self):
        name = self.path.strip("/")
        if name == "elders":
            self.send_response(302)
            self.send_header("Location", "/bestand")
            self.end_headers()
            return
        self.send_response(404 if name == "weg" else 200)
        self.end_headers()
        if name == "bestand":
            self.wfile.write(b"x" * 100)
        elif name == "druppel":
            self.drip()


@pytest.fixture
def site():
    with served(Files) as server:
        yield server.url


def test_a_file_is_fetched_also_after_a_redirect(site):
    for name in ("bestand", "elders"):
        assert fetch(f"{site}/{name}", most=100, guard=anywhere) == Fetched(b"x" * 100)


def test_too_much_is_not_taken(site):
    assert fetch(f"{site}/bestand", most=99, guard=anywhere).reason == "Het bestand op dit adres is te groot."


def test_what_drips_is_given_up_and_is_no_half_file(site, monkeypatch):
    monkeypatch.setattr(web_visit, "LONGEST", 0.3)
    assert fetch(f"{site}/druppel", most=1000, guard=anywhere) == Fetched(
        reason="De website antwoordt niet op tijd."
    )


def test_what_is_not_there_says_so(site):
    assert fetch(f"{site}/weg", most=100, guard=anywhere).reason == "De pagina bestaat niet meer."


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://voorbeeld.example/x", "http://", "geen adres", "http://[::1"]
)
def test_what_is_no_web_address_is_refused(url):
    assert fetch(url, most=100).reason == "Dit is geen webadres."


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1", "[::1]"])
def test_nothing_inside_our_network_is_fetched(host):
    assert fetch(f"http://{host}/agenda.ics", most=100).reason == "Dit adres staat niet op het open internet."
