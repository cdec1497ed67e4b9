"""Visiting a web address: a real server answers, and nothing of our own network is ever reached."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizen import web_visit
from huizen.web_visit import Visit, is_public, visit
from tests.huizen.web_server import Website, anywhere, served


class Site(Website):
    """A web server with a page for each kind of answer; it notes what it was asked."""

    def _answer(self):
        self.server.asked.append((self.command, self.path, self.headers["Host"]))
        name = self.path.strip("/").partition("?")[0]
        if name == "druppel":
            self.drip()
            return
        if name == "traag":
            time.sleep(0.6)
        status = 405 if name == "geen-hoofd" and self.command == "HEAD" else 200
        status = int(name) if name.isdigit() else status
        target = self.server.redirects.get(name)
        self.send_response(302 if target else status)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    do_HEAD = do_GET = _answer


def site_with(**redirects):
    return served(Site, asked=[], redirects=redirects)


@pytest.fixture
def site():
    with site_with() as server:
        yield server


@pytest.mark.parametrize("status", [200, 204, 401, 403, 429])
def test_a_page_that_is_there_is_fine_also_when_it_keeps_robots_out(site, status):
    assert visit(f"{site.url}/{status}", guard=anywhere) == Visit(status)
    assert site.asked == [("HEAD", f"/{status}", site.url.removeprefix("http://"))]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "De pagina bestaat niet meer."),
        (410, "De pagina bestaat niet meer."),
        (500, "De website geeft een fout (500)."),
    ],
)
def test_a_page_that_is_gone_says_so_after_asking_twice(site, status, words):
    assert visit(f"{site.url}/{status}", guard=anywhere) == Visit(status, words)
    assert [command for command, *_ in site.asked] == ["HEAD", "GET"]


def test_a_server_that_gives_no_head_is_asked_for_the_page(site):
    assert visit(f"{site.url}/geen-hoofd", guard=anywhere) == Visit(200)


def test_a_redirect_is_followed_and_an_endless_one_is_not():
    with site_with(oud="/nieuw", rond="/rond") as server:
        assert visit(f"{server.url}/oud", guard=anywhere) == Visit(200)
        assert visit(f"{server.url}/rond", guard=anywhere) == Visit(None, "De link stuurt eindeloos door.")


def test_accents_and_spaces_are_sent_as_browsers_do(site):
    visit(f"{site.url}/één dag?q=a b", guard=anywhere)
    assert site.asked[0][1] == "/%C3%A9%C3%A9n%20dag?q=a%20b"


@pytest.mark.parametrize("path", ["traag", "druppel"])
def test_a_server_that_does_not_answer_in_time_is_left(site, monkeypatch, path):
    monkeypatch.setattr(web_visit, "TIMEOUT", 0.3)
    monkeypatch.setattr(web_visit, "LONGEST", 0.5)
    begun = time.monotonic()
    found = visit(f"{site.url}/{path}", guard=anywhere)
    assert (found.status, found.reason.startswith("De website antwoordt niet")) == (None, True)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://bestaat-niet.invalid/", "Deze website bestaat niet."),
        ("ftp://voorbeeld.example/", "Dit is geen webadres."),
        ("https://", "Dit is geen webadres."),
        ("http://voorbeeld.example:abc/", "Dit is geen webadres."),
        ("http://[::1", "Dit is geen webadres."),
        ("javascript:alert(1)", "Dit is geen webadres."),
    ],
)
def test_what_is_no_address_says_so(url, words):
    assert visit(url, guard=anywhere) == Visit(None, words)


def test_a_closed_door_says_so():
    with site_with() as server:
        url = server.url
    assert visit(url, guard=anywhere) == Visit(None, "De website antwoordt niet.")


def test_without_a_certificate_https_is_broken(site):
    url = site.url.replace("http://", "https://")
    assert visit(url, guard=anywhere).reason == "Het certificaat van de website klopt niet."


# Nothing of our own network.
INSIDE = "Dit adres staat niet op het open internet."


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[::1]",
        "2130706433",
        "0x7f.1",
    ],
)
def test_the_machine_and_its_network_are_never_visited(host):
    assert visit(f"http://{host}/") in (Visit(None, INSIDE), Visit(None, "Deze website bestaat niet."))


def test_a_redirect_leads_no_further_than_a_link():
    with site_with() as inside, site_with(deur=f"{inside.url}/geheim") as outside:
        only_outside = lambda address, port: port == outside.server_port  # noqa: E731
        assert visit(f"{outside.url}/deur", guard=only_outside) == Visit(None, INSIDE)
        assert inside.asked == []


@pytest.mark.parametrize(
    ("address", "port", "public"),
    [
        ("8.8.8.8", 443, True),
        ("8.8.8.8", 22, False),
        ("2606:4700::1", 80, True),
        ("::ffff:127.0.0.1", 80, False),
        ("::ffff:8.8.8.8", 80, True),
        ("fe80::1%eth0", 80, False),
        ("fd00::1", 80, False),
        ("64:ff9b::7f00:1", 80, False),
        ("2002:7f00:1::", 80, False),
        ("224.0.0.1", 80, False),
        ("255.255.255.255", 80, False),
    ],
)
def test_only_the_open_internet_is_public(address, port, public):
    assert is_public(address, port) == public


@given(st.text(max_size=60))
def test_it_never_raises(text):
    def nowhere(address, port):
        return False

    assert visit(f"http://127.0.0.1/{text}", guard=nowhere) == Visit(None, INSIDE)
    assert visit(f"http://[{text}", guard=nowhere).status is None
