"""Two texts beside each other: which words went, which came, which stayed (pure)."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

#: A word, a run of spaces, or one sign.
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    OUT = "out"
    IN = "in"


class Piece(NamedTuple):
    """Some text of which all words have the same lot."""

    mark: Mark
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces in reading order. Without those that came they are `before`; without those that went, `after`."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    return list(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Mark.SAME, "".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece(Mark.OUT, "".join(old[i1:i2]))
        if j2 > j1:
            yield Piece(Mark.IN, "".join(new[j1:j2]))
