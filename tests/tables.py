"""Tables as files, for the tests of what comes in and what goes out."""

import csv
import io

from huizen.spreadsheet import csv_file


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of a file that we wrote, its head first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def table(head: list[str], *lines: dict) -> bytes:
    """A file of lines that name only some columns; nothing or None for an empty cell."""
    return csv_file(head, [[str(line.get(name) or "") for name in head] for line in lines])


def outcomes(sheet_import) -> list[tuple[int, str]]:
    """What became of each line of an import."""
    return list(sheet_import.lines.order_by("number").values_list("number", "outcome"))
