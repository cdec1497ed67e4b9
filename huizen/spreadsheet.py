"""A table as a file that opens safely in a spreadsheet: CSV as Belgian programs expect it, or XLSX."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from huizen.download import download
from huizen.words import wall

#: A cell that starts with one of these would run as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What XML cannot hold, and the most that one cell of XLSX can.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CELL_LENGTH = 32_000
WIDEST = 60


def table_response(kind: str, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download of a table as `csv` or as `xlsx`. Raises Http404 for any other kind."""
    ways = {"csv": csv_response, "xlsx": xlsx_response}
    if kind not in ways:
        raise Http404
    return ways[kind](name, head, rows)


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download `<name>.csv` of a table."""
    return download(csv_file(head, rows), f"{slugify(name)}.csv", "text/csv; charset=utf-8")


def xlsx_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download `<name>.xlsx` of a table."""
    return download(xlsx_file(name, head, rows), f"{slugify(name)}.xlsx", XLSX)


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark and semicolons, as a Belgian spreadsheet expects."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([_plain(cell) for cell in row] for row in _all(head, rows))
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with a head that stays in sight; numbers and days can be counted with."""
    # Loaded when it is asked for: a third of a second, and most processes never write one.
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    table = [[_kept(cell) for cell in row] for row in _all(head, rows)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(*table, strict=True), start=1):
        longest = max(len(str(cell)) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, WIDEST)
    for row in table:
        sheet.append([None if cell == "" else cell for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def harmless(cell: str) -> str:
    """The cell as text, also for a spreadsheet that looks for formulas."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _all(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield head
    yield from rows


def _plain(cell: Any) -> str:
    """A cell of CSV: days and moments as 2026-03-04 and 2026-03-04 09:00 (on the wall), a number as it is."""
    cell = _kept(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return str(cell)


def _kept(cell: Any) -> "str | int | float | date | datetime":
    """A cell of XLSX: what can be counted with stays so, all else is harmless text."""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, datetime):
        return wall(cell).replace(tzinfo=None) if cell.tzinfo else cell
    if isinstance(cell, int | float | date):
        return cell
    return harmless(_NOT_IN_XML.sub("", "" if cell is None else str(cell)))[:CELL_LENGTH]
