"""Two people of one House answered at once: what both wrote is put together, and where they differ both are shown (pure)."""

from typing import Any, NamedTuple

Facts = dict[str, Any]


class Both(NamedTuple):
    """A question to which both gave another answer than stood there; None for no answer."""

    key: str
    mine: Any
    theirs: Any


class Merged(NamedTuple):
    """All answers together, and where both differ; there the other's answer stands until somebody chooses."""

    facts: Facts
    both: list[Both]


def merge(*, base: Facts, mine: Facts, theirs: Facts) -> Merged:
    """`base` is what stood there when I began, `theirs` what stands there now. What only one changed is taken from her."""
    facts: Facts = {}
    both = []
    for key in dict.fromkeys([*theirs, *mine]):
        own, other, before = mine.get(key), theirs.get(key), base.get(key)
        value = own if other == before else other
        if own not in (other, before) and other != before:
            both.append(Both(key, own, other))
        if value is not None:
            facts[key] = value
    return Merged(facts, both)


def seen_after(*, base: Facts, mine: Facts, kept: Facts) -> Facts:
    """What her page shows of what stands now: the base of what she sends next.

    Where a colleague's answer stands that her page does not show yet, the base stays what it was.
    """
    keys = dict.fromkeys([*base, *mine, *kept])
    seen = {key: kept.get(key) if mine.get(key) == kept.get(key) else base.get(key) for key in keys}
    return {key: value for key, value in seen.items() if value is not None}
