"""Pages go over the wire in Brotli; in gzip for who asks that, and for who has a session."""

import gzip

import brotli
import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db
READ = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("brotli, gzip", "gzip"),
        ("", None),
    ],
)
def test_a_page_comes_as_the_browser_reads_it(client, asked, given):
    response = client.get("/hulp/", headers={"accept-encoding": asked})
    assert response.get("Content-Encoding") == given
    assert "<h1>Hulp</h1>" in READ[given](response.content).decode()
    assert "Accept-Encoding" in response["Vary"]
    assert int(response["Content-Length"]) == len(response.content)


def test_who_has_a_session_gets_gzip_of_a_length_that_tells_nothing(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "iets"
    lengths = set()
    for _ in range(20):
        response = client.get("/hulp/", headers={"accept-encoding": "gzip, br"})
        assert response["Content-Encoding"] == "gzip"
        lengths.add(len(response.content))
    assert len(lengths) > 1


def test_other_bytes_have_a_weak_tag_and_are_asked_again_by_it(client):
    first = client.get("/hulp/", headers={"accept-encoding": "br"})
    assert first["ETag"].startswith('W/"')
    again = client.get("/hulp/", headers={"accept-encoding": "br", "if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_what_is_short_stays_as_it_is(client):
    response = client.get("/gezond/", headers={"accept-encoding": "br"})
    assert response.get("Content-Encoding") is None
