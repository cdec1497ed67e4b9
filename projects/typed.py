"""What somebody types in a field, beside what stood there when her page was made: two people lose nothing (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

#: The longest text of a field.
LONGEST = 6000


@dataclass(frozen=True)
class Typed:
    """What stands in a field, and the mark of what stood there when the page was made."""

    text: str
    seen: str


class Taken(NamedTuple):
    """What is new by field, and where another wrote meanwhile: there hers stays."""

    new: dict[str, str]
    others: dict[str, str]


def mark_of(text: str) -> str:
    """A short mark by which two texts are told apart."""
    return blake2b(tidy(text).encode(), digest_size=6).hexdigest()


def take(values: Mapping[str, str], typed: Mapping[str, Typed]) -> Taken:
    """What was typed, held field by field against what stands there now (`values`); unknown fields are left out."""
    taken = Taken({}, {})
    for key in typed.keys() & values.keys():
        text = tidy(typed[key].text)
        if mark_of(text) == typed[key].seen or text == tidy(values[key]):
            continue
        if mark_of(values[key]) == typed[key].seen:
            taken.new[key] = text
        else:
            taken.others[key] = values[key]
    return taken


def tidy(text: str) -> str:
    """Line ends as we keep them, nothing that a database cannot hold, no more than fits."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]
