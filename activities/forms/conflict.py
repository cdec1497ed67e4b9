"""Two people saved the same offer: what both wrote, side by side, and a choice for each place."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import QueryDict

from activities.offer_facts import FIELDS, Facts, field_differences
from activities.word_difference import Piece

MINE, THEIRS = "mijn", "ander"
#: What a browser sends of the choices: which places were shown, and what was chosen in each.
SHOWN, CHOSEN = "botsing", "keuze-"


class Choice(NamedTuple):
    """One place where both differ; `kept` is what is chosen already, empty where both wrote something new."""

    name: str
    label: str
    theirs: str
    mine: str
    pieces: list[Piece]
    kept: str


def choices(*, theirs: Facts, mine: Facts, base: Facts, sent: QueryDict) -> Iterator[Choice]:
    """Where both differ. What only one of them changed is chosen already, and can be chosen otherwise."""
    own, other = _fields(mine), _fields(theirs)
    for one in field_differences(other, own):
        kept = sent.get(f"{CHOSEN}{one.name}", "") or _only_one(one.name, other, own, base)
        yield Choice(one.name, one.label, one.before, one.after, one.pieces, kept)


def missing(sent: QueryDict) -> bool:
    """Whether a place was shown in which nothing is chosen."""
    return any(sent.get(f"{CHOSEN}{name}") not in (MINE, THEIRS) for name in sent.getlist(SHOWN))


def settled(sent: QueryDict, theirs) -> QueryDict:
    """What was typed, with the other's words where those were chosen; `theirs` is the form of the offer as it is."""
    data = sent.copy()
    for name in sent.getlist(SHOWN):
        if name in theirs.fields and sent.get(f"{CHOSEN}{name}") == THEIRS:
            data.setlist(name, _as_sent(theirs[name]))
    return data


def _as_sent(field) -> list[str]:
    """The value of a field as a browser sends it."""
    value = field.field.prepare_value(field.value())
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return ["" if value is None else str(value)]


def _fields(facts: Facts) -> Facts:
    return {name: facts[name] for name in FIELDS if name in facts and name != "pillar"}


def _only_one(name: str, theirs: Facts, mine: Facts, base: Facts) -> str:
    if name not in base:
        return ""
    if theirs.get(name) == base[name]:
        return MINE
    return THEIRS if mine.get(name) == base[name] else ""
