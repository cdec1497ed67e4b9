"""A table as a CSV file that opens safely in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

#: A cell that starts with one of these would run as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """The cell as text, also for a spreadsheet that looks for formulas."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def csv_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and semicolons, as a Belgian spreadsheet expects."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    writer.writerows([harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
