"""A file with things on its lines, as it was read: what stood on each line, how it is understood, or what is wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A line of the file as it was read: what stood there, how it is understood, or which column is wrong and why."""

    number: int
    cells: dict[str, str]
    facts: dict
    column: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Sheet:
    """A file, read: its lines, and the heads of the columns that we do not read."""

    rows: list[Row]
    unread: list[str]
