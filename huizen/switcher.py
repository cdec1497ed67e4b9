"""The quick switcher: a few letters lead to any page, partner, activity, meeting or moment of the person's Houses.

Each app hands in the kinds of things that it holds, as rows that know the person; matching and order are here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from rapidfuzz.distance import OSA

from huizen.models import User
from huizen.navigation import entries_for
from huizen.roles import Permission
from huizen.search.text import tokens

#: Of one kind no more rows than this are looked through, and no more found ones are shown.
MOST_ROWS, MOST_OF_A_KIND = 3000, 5
#: A question is read up to here.
LONGEST, MOST_WORDS = 120, 6
#: What a word weighs that is there as typed, begins so, holds it, or is a slip away; and what it weighs in the note.
WHOLE, BEGINNING, PART, SLIP, IN_NOTE = 1.0, 0.9, 0.6, 0.5, 0.6
#: A slip is forgiven in a word of as many letters, and two in a longer one.
ONE_SLIP, TWO_SLIPS = 4, 8
FEWEST_OF_PART = 3


class Target(NamedTuple):
    """Where it leads: what it is called, its address, and what tells it from others."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of things to switch to. `rows` gives those that the person may open; asked only with the permission."""

    label: str
    permission: Permission
    rows: Callable[[User, datetime], Iterable[Target]]
    order: int = 50


class Hit(NamedTuple):
    """A thing that was found, and what kind of thing it is."""

    kind: str
    target: Target


_kinds: list[Kind] = []


def register(*kinds: Kind) -> None:
    """Add kinds; called by an app's `ready()`."""
    _kinds.extend(kind for kind in kinds if kind not in _kinds)


def find(user: User, text: str, *, now: datetime, most: int = MOST_OF_A_KIND) -> list[Hit]:
    """What fits all words of the text, best first, at most `most` of a kind; one query a kind, none for no words."""
    words = tokens(text[:LONGEST])[:MOST_WORDS]
    if not words:
        return []
    scored = []
    for kind in sorted(_kinds, key=lambda kind: kind.order):
        if user.may(kind.permission):
            best = sorted(_fitting(kind.rows(user, now), words), key=lambda found: -found[0])[:most]
            scored += [(score, Hit(kind.label, target)) for score, target in best]
    # Sorting keeps the order of the kinds, and of the rows in them, where the words fit as well.
    return [hit for _, hit in sorted(scored, key=lambda found: -found[0])]


def pages(user: User, now: datetime) -> Iterator[Target]:
    """The pages of her menu."""
    for entry in entries_for(user):
        yield Target(entry.label, reverse(entry.url_name))


def houses(user: User, now: datetime) -> Iterator[Target]:
    """The Houses whose facts she keeps (no query)."""
    for house in user.houses_where(Permission.EDIT_HOUSE):
        yield Target(house.name, reverse("house_manage", args=[house.slug]))


def house_note(user: User, house: str, *more: str) -> str:
    """What tells a row from others: its House for who has several, and more."""
    return ", ".join(filter(None, [*more, house if user.has_several_houses else ""]))


def _fitting(rows: Iterable[Target], words: list[str]) -> Iterator[tuple[float, Target]]:
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for target in rows:
        title, note = tokens(target.label), tokens(target.note)
        score = 0.0
        for word in words:
            known = weights[word]
            best = max(
                max((_weight(word, each, known) for each in title), default=0.0),
                IN_NOTE * max((_weight(word, each, known) for each in note), default=0.0),
            )
            if not best:
                break
            score += best
        else:
            yield score / len(words), target


def _weight(typed: str, word: str, known: dict[str, float]) -> float:
    """How well a typed word fits one of ours; worked out once, because titles share their words."""
    if word not in known:
        known[word] = _fit(typed, word)
    return known[word]


def _fit(typed: str, word: str) -> float:
    if word == typed:
        return WHOLE
    if word.startswith(typed):
        return BEGINNING
    if len(typed) >= FEWEST_OF_PART and typed in word:
        return PART
    slips = 2 if len(typed) >= TWO_SLIPS else 1 if len(typed) >= ONE_SLIP else 0
    # A word that is not finished is held against the beginning of ours.
    tried = (word, word[: len(typed)], word[: len(typed) + 1])
    return SLIP if slips and any(OSA.distance(typed, each) <= slips for each in tried) else 0.0
