"""A paper is a tagged PDF that asks nothing of the network, whatever stands in it."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from django.template import engines
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from huizen.pdf import NoPapersError, pdf_file, pdf_response
from tests.pdf_reading import Pdf

PAPER = """{% extends "paper.html" %}{% block title %}Verslag & cijfers{% endblock %}
{% block paper %}<h1>Verslag van é</h1><h2>Cijfers</h2><p>{{ text }}</p>
<table><caption>De cijfers</caption><thead><tr><th scope="col">Wat</th><th scope="col">Hoeveel</th></tr></thead>
<tbody>{% for row in rows %}<tr><th scope="row">Rij {{ row }}</th><td>{{ row }}</td></tr>{% endfor %}</tbody></table>
<ul><li>een</li></ul>{{ more|safe }}{% endblock %}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Makes a paper of the template above."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "trial_paper.html").write_text(PAPER)
    dirs = engines["django"].engine.dirs
    dirs.append(folder)
    yield lambda **facts: pdf_file("trial_paper.html", facts)
    dirs.remove(folder)


def test_a_paper_says_its_language_and_title_and_is_tagged(made):
    paper = Pdf(made(text="Hallo", rows=range(2)))
    assert paper.catalog["Lang"] == "nl-BE"
    assert paper.catalog["MarkInfo"] == {"Marked": "true"}
    assert paper.catalog["ViewerPreferences"] == {"DisplayDocTitle": "true"}
    assert paper.title == "Verslag & cijfers"
    assert b"pdfuaid" in paper.get(paper.catalog["Metadata"])["stream"]


def test_after_a_paper_half_a_picture_is_still_refused(made):
    made(text="Hallo", rows=[])
    whole = BytesIO()
    Image.new("RGB", (64, 64)).save(whole, "JPEG")
    half = BytesIO(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(OSError, match=r"(?i)truncated"):
        Image.open(half).load()


def test_its_structure_holds_headings_a_table_with_heads_and_a_list(made):
    paper = Pdf(made(text="Hallo", rows=range(2)))
    tags = [
        tag for tag in paper.tags() if tag in ("H1", "H2", "P", "Table", "Caption", "TH", "TD", "L", "LI")
    ]
    assert tags == [
        "P",
        "P",
        "H1",
        "H2",
        "P",
        "Table",
        "Caption",
        "TH",
        "TH",
        "TH",
        "TD",
        "TH",
        "TD",
        "L",
        "LI",
        "P",
    ]
    heads = [cell["ID"] for cell in paper.elements("TH")]
    cells = [paper.get(cell["A"])["Headers"] for cell in paper.elements("TD")]
    assert [sorted(each) for each in cells] == [sorted([heads[1], row]) for row in heads[2:]]
    assert len(list(paper.elements("Figure"))) == 0


def test_its_words_can_be_searched_and_its_headings_are_bookmarks(made):
    paper = Pdf(made(text="Zoek mij: één, drieëntwintig.", rows=range(2)))
    assert "Zoek mij: één, drieëntwintig." in paper.words()
    marks = [each["Title"] for each in paper.objects.values() if isinstance(each, dict) and "Dest" in each]
    assert marks == ["Verslag van é", "Cijfers"]


def test_the_heads_of_a_table_stand_on_every_sheet(made):
    paper = Pdf(made(text="", rows=range(120)))
    assert len(paper.pages()) > 1
    assert paper.words().count("Hoeveel") == len(paper.pages())
    assert f"Bladzijde 2 van {len(paper.pages())}" in paper.words()


def test_a_paper_fetches_nothing_but_files_of_ours(made):
    asked = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Ear) as ear:
        threading.Thread(target=ear.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{ear.server_port}"
        more = (
            f'<img src="{there}/x.png" alt="x"><link rel="stylesheet" href="{there}/x.css">'
            '<img src="file:///etc/hostname" alt="y"><img src="../../etc/hostname" alt="y">'
            f'<p style="background:url({there}/y.png)">tekst</p>'
        )
        paper = Pdf(made(text="Blijft staan", rows=[], more=more))
        ear.shutdown()
    assert asked == []
    assert "Blijft staan" in paper.words()


@settings(max_examples=6, deadline=None)
@given(st.text(max_size=300))
@example("w" * 10_000)
@example("مرحبا بكم في بيت الطفل " * 20)
@example("👩‍👧‍👦 🏳️‍🌈 \x00 \ufffe \u202e</p><script>alert(1)</script>{{ x }}")
@example("a\u0300" * 3_000)
@example("\u200b\u00ad\u2028" * 200)
def test_whatever_people_write_a_paper_is_made(made, text):
    content = made(text=text, rows=[2])
    assert content.startswith(b"%PDF-1.7")
    assert Pdf(content).title == "Verslag & cijfers"


def test_a_download_has_a_plain_name_and_is_kept_by_nobody(made):
    answer = pdf_response("trial_paper.html", {"rows": []}, name="Huis & kind: één")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="huis-kind-een.pdf"'
    assert answer["Cache-Control"] == "private, no-store"


def test_without_pango_a_page_says_how_to_print(monkeypatch, made):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(NoPapersError):
        made(rows=[])
    answer = pdf_response("trial_paper.html", {"rows": []}, name="x")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "3600"
    assert "Hier kunnen we geen PDF maken." in answer.content.decode()
