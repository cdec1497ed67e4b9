"""The export opens safely in a spreadsheet."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from huizen.spreadsheet import FORMULA_STARTS, csv_file, csv_response, xlsx_file, xlsx_response
from tests.tables import csv_rows

MOMENT = dt.datetime(2026, 3, 4, 8, 0, tzinfo=dt.UTC)


def sheet(content):
    return load_workbook(io.BytesIO(content)).active


def test_a_formula_becomes_text():
    rows = [['=HYPERLINK("http://kwaad.example")'], ["gewoon"]]
    assert csv_rows(csv_file(["a"], rows)) == [["a"], ['\'=HYPERLINK("http://kwaad.example")'], ["gewoon"]]
    cells = [row[0] for row in sheet(xlsx_file("x", ["a"], rows)).iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ('\'=HYPERLINK("http://kwaad.example")', "s"),
        ("gewoon", "s"),
    ]


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_no_cell_starts_as_a_formula(text):
    content = csv_file(["a"], [[text, "b"]]).decode("utf-8-sig")
    cell = next(csv.reader(io.StringIO(content.split("\r\n", 1)[1], newline=""), delimiter=";"))[0]
    assert not cell.startswith(FORMULA_STARTS)
    assert sheet(xlsx_file("x", ["a", "b"], [[text, "b"]]))["A2"].data_type in {"s", "n"}  # "n": empty


def test_numbers_days_and_moments_can_be_counted_with():
    row = [-3, 2.5, dt.date(2026, 3, 4), MOMENT, True, None]
    assert csv_rows(csv_file(list("abcdef"), [row]))[1] == [
        "-3",
        "2.5",
        "2026-03-04",
        "2026-03-04 09:00",
        "ja",
        "",
    ]
    cells = [cell.value for cell in sheet(xlsx_file("x", list("abcdef"), [row]))[2]]
    assert cells == [
        -3,
        2.5,
        dt.datetime(2026, 3, 4),
        dt.datetime(2026, 3, 4, 9),
        "ja",
        None,
    ]


@pytest.mark.parametrize("text", ["a\0b", "a\x0bb\x1f", "a\uffffb"])
def test_signs_that_no_sheet_can_hold_are_left_out(text):
    assert sheet(xlsx_file("x", ["a"], [[text]]))["A2"].value == "ab"


def test_a_download_says_what_it_is():
    answers = [make("Wie kwam?", ["a"], [["b"]]) for make in (csv_response, xlsx_response)]
    assert [answer["Content-Disposition"] for answer in answers] == [
        'attachment; filename="wie-kwam.csv"',
        'attachment; filename="wie-kwam.xlsx"',
    ]
    assert sheet(answers[1].content).title == "Wie kwam "
