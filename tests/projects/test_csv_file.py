"""The export opens safely in a spreadsheet."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.csv_file import FORMULA_STARTS, csv_file


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_formula_becomes_text():
    assert read(csv_file(["a"], [['=HYPERLINK("http://kwaad.example")'], ["gewoon"]])) == [
        ["a"],
        ['\'=HYPERLINK("http://kwaad.example")'],
        ["gewoon"],
    ]


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_no_cell_starts_as_a_formula(text):
    content = csv_file(["a"], [[text, "b"]]).decode("utf-8-sig")
    cell = next(csv.reader(io.StringIO(content.split("\r\n", 1)[1], newline=""), delimiter=";"))[0]
    assert not cell.startswith(FORMULA_STARTS)
