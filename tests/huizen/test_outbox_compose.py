"""The bytes of a mail: text first, then HTML, then a calendar file; nothing typed becomes a header."""

import email
import email.policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huizen.models import Category, Message
from huizen.outbox.compose import LetterError, blocks, compose
from tests.factories import NOW, HouseFactory

pytestmark = [pytest.mark.usefixtures("letter_template")]


def written(house=None, **facts):
    facts = {"template": "proef", "context": {"name": "An"}, "recipient": "an@voorbeeld.example"} | facts
    message = Message(key="a", category=Category.CHANGE, created_at=NOW, not_before=NOW, house=house, **facts)
    compose(message, now=NOW)
    return message, email.message_from_bytes(message.body_mime, policy=email.policy.default)


def test_a_mail_has_the_headers_of_an_honest_machine(settings):
    settings.DEFAULT_FROM_EMAIL = "Huizenportaal <portaal@huizenportaal.example>"
    message, mail = written()

    assert mail["From"] == "Huizenportaal <portaal@huizenportaal.example>"
    assert mail["To"] == "an@voorbeeld.example"
    assert (mail["Subject"], message.title) == ("Dag An", "Dag An")
    assert mail["Date"] == "Wed, 04 Mar 2026 09:00:00 +0100"
    assert mail["Message-ID"] == message.message_id
    assert message.message_id.endswith("@huizenportaal.example>")
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "nl-BE")
    assert mail["MIME-Version"] == "1.0"
    assert mail["Reply-To"] is None


def test_a_mail_of_a_house_carries_its_name_and_gets_its_answers():
    house = HouseFactory.build(name="Huis van het Kind Één", email="een@huis.example", phone="014 00 00 00")
    _, mail = written(house)

    assert mail["From"].addresses[0].display_name == "Huis van het Kind Één"
    assert mail["From"].addresses[0].addr_spec == "portaal@huizenportaal.example"
    assert mail["Reply-To"].addresses[0].addr_spec == "een@huis.example"
    assert "014 00 00 00" in mail.get_body(("html",)).get_content()


def test_text_comes_first_then_html_then_the_calendar_file():
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    _, mail = written(calendar=calendar)
    parts = list(mail.iter_parts())

    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[2].get_param("method") == "REQUEST"
    assert parts[2].get_content() == calendar


def test_the_text_is_not_escaped_and_the_html_is():
    _, mail = written(context={"name": "An & <b>Bert</b>"})
    text, html = (part.get_content() for part in mail.iter_parts())

    assert mail["Subject"] == "Dag An & <b>Bert</b>"
    assert "https://portaal.example/a?b=1&c=2" in text
    assert "<h1>Dag An &amp; &lt;b&gt;Bert&lt;/b&gt;</h1>" in html
    assert '<a class="button" href="https://portaal.example/a?b=1&amp;c=2">Wijzig je inschrijving</a>' in html


def test_everything_is_seven_bits_in_short_lines():
    message, _ = written(context={"name": "Zoë " * 40})
    assert max(message.body_mime) < 128
    assert max(len(line) for line in message.body_mime.split(b"\r\n")) <= 998
    assert b"\n" not in message.body_mime.replace(b"\r\n", b"")


def test_a_domain_with_accents_is_written_as_mail_servers_know_it():
    _, mail = written(recipient="an@école.example")
    assert mail["To"] == "an@xn--cole-9oa.example"


@pytest.mark.parametrize(
    "name", ["An\r\nBcc: x@voorbeeld.example", "An\nX-Kop: 1", "An\x00\x0bBert", "An\u2028B"]
)
def test_a_line_break_in_a_name_starts_no_header(name, letter_template):
    (letter_template / "proef.txt").write_text("Dag {{ name }}\n\nTot dan.", encoding="utf-8")
    house = HouseFactory.build(name=name, email="huis@voorbeeld.example")
    _, mail = written(house, context={"name": name})
    assert len(mail.keys()) == 10
    assert {"Bcc", "X-Kop"}.isdisjoint(mail.keys())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=80))
def test_whatever_is_typed_the_mail_keeps_its_headers(name):
    _, mail = written(HouseFactory.build(name=f"x{name}"), context={"name": name})
    assert len(mail.keys()) == 9
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("text", ["", "Alleen een onderwerp", "\n\n"])
def test_a_template_without_subject_or_text_is_no_letter(letter_template, text):
    (letter_template / "proef.txt").write_text(text, encoding="utf-8")
    with pytest.raises(LetterError):
        written()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Een\ntwee\n\ndrie", [("text", ["Een", "twee"]), ("text", ["drie"])]),
        ("Breng mee:\n- een doek\n- olie", [("text", ["Breng mee:"]), ("list", ["een doek", "olie"])]),
        ("Kijk:\nhttps://a.example/", [("link", ["Kijk"])]),
        ("Kijk hier\nhttps://a.example/", [("text", ["Kijk hier"]), ("link", ["https://a.example/"])]),
        ("Dag.\nWijzig:\nhttps://a.example/", [("text", ["Dag."]), ("link", ["Wijzig"])]),
        ("Jij niet? Meld je aan:\nhttps://a.example/", [("text", ["Jij niet?"]), ("link", ["Meld je aan"])]),
        (
            "Pas vous ? Voir la page :\nhttps://a.example/",
            [("text", ["Pas vous ?"]), ("link", ["Voir la page"])],
        ),
        ("لست أنت؟ سجل:\nhttps://a.example/", [("text", ["لست أنت؟"]), ("link", ["سجل"])]),
        ("Je code is:\n\nAB12-CD34", [("text", ["Je code is:"]), ("code", ["AB12-CD34"])]),
    ],
)
def test_the_html_part_knows_paragraphs_lists_links_and_codes(text, kinds):
    assert [(block.kind, block.lines) for block in blocks(text)] == kinds


def test_a_mail_that_can_be_ended_says_so_on_one_line():
    url = "https://portaal.example/volgen/" + "x" * 200 + "/stop/"
    message, _ = written(unsubscribe_url=url)
    lines = message.body_mime.splitlines()
    assert f"List-Unsubscribe: <{url}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_other_mails_have_no_such_button():
    assert b"List-Unsubscribe" not in written()[0].body_mime


def test_nothing_in_that_address_ends_the_line():
    message, _ = written(unsubscribe_url="https://a.example/\r\nBcc: x@a.example>")
    assert (
        b"List-Unsubscribe: <https://a.example/%0D%0ABcc:%20x@a.example%3E>" in message.body_mime.splitlines()
    )


def test_a_line_of_dashes_makes_a_heading_and_alone_it_is_a_pause():
    kinds = [(block.kind, block.lines) for block in blocks("Dag,\n\nEen\n---\n\nTekst\nTwee\n---\n\n---")]
    assert kinds == [
        ("text", ["Dag,"]),
        ("heading", ["Een"]),
        ("text", ["Tekst"]),
        ("heading", ["Twee"]),
    ]


@pytest.mark.parametrize("language", ["nl", "tr", "fr", "xx", ""])
def test_a_mail_that_was_told_in_no_other_language_is_dutch(language):
    """Also where its row names another: nobody gets Dutch words that say they are French."""
    mail = written(language=language)[1]
    html = mail.get_body(("html",)).get_content()
    assert '<html lang="nl-BE" dir="ltr">' in html
    assert (mail["Content-Language"], mail["Subject"]) == ("nl-BE", "Dag An")


def test_the_html_part_can_be_read_in_the_dark_and_aloud():
    html = written()[1].get_body(("html",)).get_content()
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert html.count("<h1>") == 1
    assert "<table" not in html
