"""In which order: what fits the words best, what comes first, what lies nearest, or the own House first.

The weights of "what fits best" stand here and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from activities.search.bitmaps import as_numbers
from activities.search.columns import KINDS
from activities.search.facts import DAY, microseconds
from activities.search.index import Index
from activities.search.moments import Chosen
from activities.search.said import Said
from activities.search.wanted import Wanted
from activities.search.wishes import reach
from huizen.vocabulary import AGE_MAX, AGE_MIN

#: Every word stands in the title: that goes before all else.
IN_TITLE = 4.0
#: The words, from 0 to 1; what the question means, from 0 to 1.
WORDS, MEANING = 2.0, 2.5
#: Fits the children now, and is not for everybody.
AGES = 0.3
#: Where a place is known, her own words count in full up to so many kilometres, and from so many on not at all:
#: nobody travels for the right word in a title, which says no more than what we understood already. A question of which
#: we know no meaning is a name, and counts anywhere.
IN_TITLE_TOO = 1.0
IN_REACH_KM, OUT_OF_REACH_KM = 5.0, 30.0
#: From 1 here and now to 0 far and late: half at so many kilometres, days and days since it was checked.
NEAR, HALF_KM = 1.0, 10.0
SOON, HALF_DAYS = 0.3, 7.0
FRESH, HALF_CHECKED = 0.1, 90.0
FAR = np.inf
#: What people see first without scrolling far, and how many of one kind stand there.
HEAD, OF_ONE_KIND = 5, 3


@dataclass
class Question:
    """What the order is made from: what is wanted, how the words and their meaning fit (None without words),
    which moments fit, how many months the children must wait (None without children), and the clock.
    """

    wanted: Wanted
    said: Said | None
    chosen: Chosen
    wait: np.ndarray | None
    now: datetime


def best_slots(index: Index, found: BitMap, question: Question, start: int, stop: int) -> np.ndarray:
    """The slots of one page, in order."""
    slots = as_numbers(found)
    if start >= len(slots) or stop <= start:
        return slots[:0]
    first = _first_key(index, slots, question)
    near, key = slots, first
    # Only the page needs to be in order: all that is certainly later is left out first.
    if stop < len(slots):
        near_enough = first <= np.partition(first, stop - 1)[stop - 1]
        near, key = slots[near_enough], first[near_enough]
    order = np.lexsort((index.columns["id"][near], _starts(index, near, question), key))
    best = near[order[:stop]]
    if _is_by_words(question):
        best = _varied(index, best, Ranked(slots, first), question)
    return best[start:stop]


class Ranked(NamedTuple):
    """All that was found, and what each is sorted by first."""

    slots: np.ndarray
    first: np.ndarray


def _is_by_words(question: Question) -> bool:
    return question.said is not None and question.wanted.volgorde in ("", "beste")


def _varied(index: Index, best: np.ndarray, ranked: Ranked, question: Question) -> np.ndarray:
    """Of one kind at most three among the first five, where the question means other kinds too: the best of each of those.

    The rest moves on, in its order: whatever page is asked, it is a page of the same list.
    """
    kinds = index.columns["kind"][best[:HEAD]].tolist()
    surplus = [place for place, kind in enumerate(kinds) if kinds[:place].count(kind) >= OF_ONE_KIND]
    meant = [
        code
        for code, weight in question.wanted.offer_types.items()
        if weight > 0 and code in KINDS and KINDS[code] not in kinds
    ]
    if not surplus or not meant:
        return best
    others = _best_of_each(index, meant, ranked)[: len(surplus)]
    surplus = surplus[: len(others)]
    head = np.delete(best[:HEAD], surplus)
    moved = np.concatenate([head, others, best[surplus], best[HEAD:][~np.isin(best[HEAD:], others)]])
    return moved[: len(best)]


def _best_of_each(index: Index, kinds: list[str], ranked: Ranked) -> np.ndarray:
    """Of each kind the one that fits best, the best first."""
    of_kind, ids = index.columns["kind"][ranked.slots], index.columns["id"]
    tops = []
    for code in kinds:
        own = of_kind == KINDS[code]
        if own.any():
            slots, keys = ranked.slots[own], ranked.first[own]
            best = slots[keys == keys.min()]
            tops.append((keys.min(), int(best[np.argmin(ids[best])])))
    return np.array([slot for _, slot in sorted(tops)], dtype=np.int64)


def _first_key(index: Index, slots: np.ndarray, question: Question) -> np.ndarray:
    """What is sorted by first, before what comes soonest; less is earlier."""
    wanted = question.wanted
    order = wanted.volgorde or ("beste" if question.said else "buurt")
    if order == "beste" and question.said:
        return -score(index, slots, question)
    if order == "dichtst" and wanted.spot:
        return _kilometres(index, slots, question)
    if order == "buurt" and wanted.spot:
        is_own = np.zeros(index.columns.size, dtype=bool)
        is_own[as_numbers(index.columns.sets["huis"].get(str(wanted.spot.house_id), BitMap()))] = True
        return np.where(is_own[slots], 0.0, _kilometres(index, slots, question))
    return _starts(index, slots, question)


def score(index: Index, slots: np.ndarray, question: Question) -> np.ndarray:
    """How well each fits: its words and what they mean first; then whom it is for, how near, how soon, how fresh."""
    wanted, clock = question.wanted, microseconds(question.now)
    points = _by_words(index, slots, question)
    if wanted.spot:
        points += NEAR * _halved(_kilometres(index, slots, question), HALF_KM)
    points += MEANING * question.said.meaning[slots]
    days = (_starts(index, slots, question) - clock) / DAY
    points += SOON * _halved(np.maximum(0.0, days), HALF_DAYS)
    points += FRESH * _halved(np.maximum(0, clock // DAY - index.columns["checked"][slots]), HALF_CHECKED)
    if question.wait is not None:
        width = (index.columns["age_max"][slots] - index.columns["age_min"][slots]) / (AGE_MAX - AGE_MIN)
        points += AGES * (question.wait[slots] == 0) * (1 - width)
    # Rounded, so that a hair of difference in a sum does not decide.
    return np.round(points, 6)


def _by_words(index: Index, slots: np.ndarray, question: Question) -> np.ndarray:
    wanted, match = question.wanted, question.said.match
    if not (wanted.spot and wanted.offer_types):
        return WORDS * match.scores[slots] + IN_TITLE * match.in_full[slots]
    points = WORDS * match.scores[slots] + IN_TITLE_TOO * match.in_full[slots]
    return points * _in_reach(_kilometres(index, slots, question))


def _in_reach(km: np.ndarray) -> np.ndarray:
    """From 1 where one gets easily to 0 where one does not go."""
    return np.clip((OUT_OF_REACH_KM - km) / (OUT_OF_REACH_KM - IN_REACH_KM), 0.0, 1.0)


def _halved(amount: np.ndarray, half: float) -> np.ndarray:
    return half / (half + amount)


def _starts(index: Index, slots: np.ndarray, question: Question) -> np.ndarray:
    """When the first fitting moment begins (microseconds); without one at the end."""
    first = question.chosen.first[slots]
    starts = index.moments.columns["starts"]
    if not len(starts):
        return np.full(len(slots), FAR)
    return np.where(first >= 0, starts[first].astype(np.float64), FAR)


def _kilometres(index: Index, slots: np.ndarray, question: Question) -> np.ndarray:
    km = reach(index, question.wanted.spot)[slots]
    return np.where(np.isnan(km), FAR, km)
