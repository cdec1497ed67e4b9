"""What fits the words of a search: worked out once, for who taps a filter or asks for the next page says them again."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from activities.search.bitmaps import as_numbers, where
from activities.search.index import Index
from activities.search.wanted import Thing, Wanted
from huizen.search.house_name import HOUSE, shared_name_as_one
from huizen.search.matching import Match, match

#: What a part of life weighs beside a kind of offer.
LIFE_DOMAIN = 0.5
#: The words of so many searches are remembered, at fifteen bytes for each activity.
MOST = 20


@dataclass(frozen=True)
class Said:
    """How well each slot fits the words and what they mean (1 for surely), which ones fit, and the things they name."""

    match: Match
    meaning: np.ndarray
    slots: BitMap
    things: tuple[Thing, ...]


def said(index: Index, wanted: Wanted) -> Said | None:
    """What fits the words of a search; None where it has none. Remembered, so nobody changes it. Hold the lock."""
    if not (wanted.q or wanted.offer_types or wanted.life_domains):
        return None
    key = _key(wanted)
    if key not in index.said:
        if len(index.said) >= MOST:
            index.said.clear()
        index.said[key] = _said(index, wanted)
    return index.said[key]


def _key(wanted: Wanted) -> Hashable:
    means = (tuple(wanted.offer_types.items()), tuple(wanted.life_domains.items()))
    return wanted.q, wanted.right, _house(wanted), *means


def _house(wanted: Wanted) -> int | None:
    return wanted.spot.house_id if wanted.spot else None


def _said(index: Index, wanted: Wanted) -> Said:
    matched, meant = match(index.words, _asked(wanted.q), right=wanted.right), _meaning(index, wanted)
    things = index.things.find(wanted.q, house_id=_house(wanted), right=wanted.right) if wanted.q else ()
    return Said(matched, meant, _slots(index, matched, meant), things)


def _meaning(index: Index, wanted: Wanted) -> np.ndarray:
    """Per slot how well it is what the question means, from 0 to 1: its kind, and half for a part of life."""
    found = np.zeros(index.columns.size)
    for facet, weights, share in (
        ("soort", wanted.offer_types, 1.0),
        ("domein", wanted.life_domains, LIFE_DOMAIN),
    ):
        for code, weight in weights.items():
            slots = as_numbers(index.columns.sets[facet].get(code, BitMap()))
            found[slots] = np.maximum(found[slots], weight * share)
    return found


def _asked(words: str) -> str:
    """Her words; those that name a House as one."""
    return shared_name_as_one(words) if HOUSE in shared_name_as_one(words) else words


def _slots(index: Index, matched: Match, meant: np.ndarray) -> BitMap:
    """What fits the words or what they mean. Where nothing is meant and nothing has all words: what has some."""
    by_meaning = where(meant > 0)
    fits = where(matched.fits == matched.words) if matched.words else BitMap()
    if not fits and not by_meaning:
        fits = where(matched.fits > 0)
    return (fits | by_meaning) & index.columns.all
