"""The letter box: every mail can be read, also a broken one."""

import smtplib

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from config.embedded.ports import free_port
from demo import letterbox
from tests import processes

INVITATION = """\
From: =?utf-8?q?Het_Huis?= <portaal@huizenportaal.example>
To: an@voorbeeld.example
Subject: =?utf-8?q?Co=C3=B6rdinatie?= op woensdag
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: multipart/alternative; boundary=A

--A
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Dag An, kom je?
http://localhost:8000/overleg/abc/

--A
Content-Type: text/html; charset=utf-8

<p>Dag An <script>alert(1)</script></p>
--A--
--B
Content-Type: text/calendar; charset=utf-8; method=REQUEST
Content-Disposition: attachment; filename="../../uitnodiging.ics"

BEGIN:VCALENDAR
END:VCALENDAR
--B--
""".replace("\n", "\r\n").encode()


@pytest.fixture
def box(settings, tmp_path):
    settings.LETTERBOX = tmp_path / "letterbox"
    return settings.LETTERBOX


def drop(box, raw=INVITATION, *, to="an@voorbeeld.example"):
    return letterbox.keep(box, raw, recipients=[to]).stem


def test_an_empty_box_says_so(client, box):
    assert "Nog geen mail" in client.get("/postvak/").text


def test_the_newest_mail_stands_first(client, box):
    drop(box, b"Subject: eerst\r\n\r\n")
    drop(box, b"Subject: daarna\r\n\r\n")

    assert [letter.subject for letter in client.get("/postvak/").context["page"]] == ["daarna", "eerst"]


def test_a_page_holds_fifty_mails(client, box):
    for _ in range(51):
        drop(box)

    assert len(client.get("/postvak/?pagina=2").context["page"]) == 1
    assert client.get("/postvak/?page=9999999").status_code == 200


def test_a_mail_shows_its_text_with_links(client, box):
    page = client.get(f"/postvak/{drop(box)}/")

    assert "Coördinatie op woensdag" in page.text
    assert "Het Huis &lt;portaal@huizenportaal.example&gt;" in page.text
    assert 'href="http://localhost:8000/overleg/abc/"' in page.text


def test_the_markup_of_a_mail_is_shut_off_from_the_portal(client, box):
    answer = client.get(f"/postvak/{drop(box)}/opgemaakt/")

    assert answer.text == "<p>Dag An <script>alert(1)</script></p>"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-top-navigation" in policy
    assert "allow-scripts" not in policy


def test_a_calendar_file_can_be_downloaded(client, box):
    name = drop(box)
    (part,) = client.get(f"/postvak/{name}/").context["letter"].attachments

    answer = client.get(f"/postvak/{name}/bijlage/{part.number}/")

    assert answer.content == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR"
    assert answer.headers["Content-Type"] == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="uitnodiging.ics"'


def test_other_files_have_no_kind_of_their_own(client, box):
    name = drop(box, b"Content-Type: image/svg+xml\r\n\r\n<svg/>")
    answer = client.get(f"/postvak/{name}/bijlage/0/")

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bijlage-0"'


@pytest.mark.parametrize("path", ["", "opgemaakt/", "bijlage/0/"])
def test_a_mail_that_is_gone_is_not_found(client, box, path):
    assert client.get(f"/postvak/1-a/{path}").status_code == 404


def test_a_file_that_is_not_in_the_mail_is_not_found(client, box):
    assert client.get(f"/postvak/{drop(box)}/bijlage/99/").status_code == 404


def test_all_mail_can_be_thrown_away(client, box):
    drop(box)

    assert client.post("/postvak/leegmaken/").url == "/postvak/"
    assert letterbox.letters(box) == []


def test_looking_throws_nothing_away(client, box):
    drop(box)

    assert client.get("/postvak/leegmaken/").status_code == 405
    assert len(letterbox.letters(box)) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: =?onbekend?q?=FF?=\r\nContent-Type: text/plain; charset=bestaat-niet\r\n\r\n\xe9",
        b"Content-Type: multipart/mixed\r\n\r\ngeen grens",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Type: message/rfc822\r\n\r\nSubject: binnenin\r\n\r\ntekst",
        b"Content-Disposition: attachment; filename*=x''%FF\r\nContent-Type: a/b\r\n\r\n",
    ],
)
def test_an_odd_mail_can_be_read(client, box, raw):
    assert client.get(f"/postvak/{drop(box, raw)}/").status_code == 200
    assert client.get("/postvak/").status_code == 200


HEADER = st.sampled_from(
    ["Subject", "From", "Content-Type", "Content-Disposition", "Content-Transfer-Encoding"]
)
BROKEN = st.sampled_from(
    ["multipart/mixed; boundary=B", "text/html; charset=", "=?utf-8?b?!?=", "attachment; filename*=utf-8''%"]
)
HEADERS = st.lists(st.tuples(HEADER, BROKEN | st.text(max_size=30)), max_size=5)


@given(headers=HEADERS, body=st.binary(max_size=200))
@examples(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_can_be_read(client, box, headers, body):
    head = "\r\n".join(f"{name}: {value}" for name, value in headers).encode("utf-8", "surrogatepass")
    name = drop(box, head + b"\r\n\r\n--B\r\n" + body)

    for path in ("", "opgemaakt/"):
        assert client.get(f"/postvak/{name}/{path}").status_code == 200


def test_the_postman_puts_mail_in_the_box(tmp_path):
    port = free_port()
    postman = processes.Process("demo.postman", str(port), str(tmp_path / "box"), log=tmp_path / "log")
    postman.wait_for("klaar")
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("portaal@voorbeeld.example", ["an@voorbeeld.example"], INVITATION)
    postman.stop()

    (letter,) = letterbox.letters(tmp_path / "box")
    assert letter.subject == "Coördinatie op woensdag"
    assert letter.recipient == "an@voorbeeld.example"


@pytest.mark.parametrize("name", ["x" * 300, "9" * 300, "..", "a-b", "1-zzzzzzzz"])
def test_a_name_that_is_none_of_ours_is_nobodys_mail(settings, tmp_path, client, db, name):
    settings.LETTERBOX = tmp_path
    letterbox.keep(tmp_path, b"Subject: Proef\n\nDag", recipients=["a@voorbeeld.example"])
    assert client.get(f"/postvak/{name}/").status_code == 404
