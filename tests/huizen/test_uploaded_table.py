"""Whatever is sent as a table, it is read as text or refused with one sentence."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from huizen.spreadsheet import csv_file, xlsx_file
from huizen.uploaded_table import LINES, TableError, read_table


def book(*rows):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def saved(workbook):
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_file_is_read_in_the_signs_and_with_the_separators_of_here(encoding, separator):
    text = f'naam{separator}soort\r\n"Café {separator} zoë"{separator} vzw \r\n'
    assert read_table(text.encode(encoding)) == [
        (1, ["naam", "soort"]),
        (2, [" ".join(f"Café {separator} zoë".split()), "vzw"]),
    ]


def test_a_sheet_is_read_as_text():
    day = dt.datetime(2024, 1, 31)
    assert read_table(book(["naam", "kbo", "sinds"], [None] * 3, ["Café", 123456749.0, day])) == [
        (1, ["naam", "kbo", "sinds"]),
        (3, ["Café", "123456749", "2024-01-31"]),
    ]


def test_a_formula_is_its_own_text_and_never_carried_out():
    assert read_table(book(["naam"], ['=HYPERLINK("http://kwaad.example";"x")']))[1] == (
        2,
        ['=HYPERLINK("http://kwaad.example";"x")'],
    )


@pytest.mark.parametrize("make", [csv_file, lambda head, rows: xlsx_file("x", head, rows)])
def test_what_we_write_we_read(make):
    assert read_table(make(["naam"], [["+32 14 00 00 00"], ["=1+1"], ["Café"]]))[1:] == [
        (2, ["+32 14 00 00 00"]),
        (3, ["=1+1"]),
        (4, ["Café"]),
    ]


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (41 * 1024 * 1024))
    return file.getvalue()


def endless():
    """One cell at the end of the world."""
    workbook = Workbook()
    workbook.active["A1"] = "naam"
    workbook.active["XFD1048576"] = "ver"
    return saved(workbook)


REFUSED = {
    "empty": (b"", "leeg"),
    "only white": (b" \r\n;;\r\n", "leeg"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "geen tabel"),
    "NUL": (b"naam;soort\r\na\0b;c\r\n", "geen tabel"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "geen tabel"),
    "UTF-16": ("naam;soort\r\n".encode("utf-16"), "tekens"),
    "no signs of ours": (b"naam\r\n\x81\x8d\x8f\r\n", "tekens"),
    "zip, no sheet": (b"PK\x03\x04rommel", "geen tabel"),
    "bomb": (bomb(), "uitgepakt"),
    "too heavy": (b"naam\r\n" + b"x" * (2 * 1024 * 1024), "2 MB"),
    "50,000 lines": (b"naam\r\n" + b"a\r\n" * 50_000, f"{LINES} lijnen"),
    "a field without end": (b'naam\r\n"' + b"x" * 200_000, "geen tabel"),
    "empty sheet": (book(), "leeg"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused_with_one_sentence(content, sentence):
    with pytest.raises(TableError, match=sentence) as refused:
        read_table(content)
    assert str(refused.value).count("\n") == 0


def test_a_sheet_of_too_many_lines_is_refused():
    with pytest.raises(TableError, match=f"{LINES} lijnen"):
        read_table(book(["naam"], *([f"{n}"] for n in range(LINES + 1))))


def test_as_many_lines_as_may_be_are_read():
    assert len(read_table(b"naam\r\n" + b"a\r\n" * LINES)) == LINES + 1


def test_a_cell_at_the_end_of_the_world_costs_nothing():
    assert read_table(endless()) == [(1, ["naam"])]


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail)))
def test_no_bytes_break_the_reader(content):
    try:
        lines = read_table(content)
    except TableError:
        return
    assert all(any(cells) for _, cells in lines)
