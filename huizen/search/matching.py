"""A question held against a word index: how well each text fits its words, and what we took them for."""

from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from huizen.search.compounds import parts
from huizen.search.spelling import is_sure
from huizen.search.stems import stem, telling
from huizen.search.text import WORD, folded
from huizen.search.word_index import WordIndex

#: What another form weighs beside the word itself.
COMPOUND, BEGINNING, SLIP = 0.7, 0.8, 0.5
#: What a title weighs of which a word looks like a word of ours: far behind what was typed, but there.
SLIP_INTO_OURS, FEWEST_OF_TITLE = 0.2, 5
#: A word that is not finished has as many letters as this, and as many endings.
FEWEST_LETTERS, MOST_ENDINGS = 3, 40
#: A known word may still be a slip where one of ours that looks like it is so many times as common.
MUCH_COMMONER = 20
#: Longer questions are read up to here.
MOST_WORDS = 12


@dataclass
class Match:
    """`scores`: per slot from 0 to 1, 1 where every word stands in the most telling field; `fits`: how many words it has.

    `words`: how many words of the question are known; `in_full`: the texts that hold each
    word of the question, none unknown, in the first field.
    """

    scores: np.ndarray
    fits: np.ndarray
    in_full: np.ndarray
    words: int = 0
    corrected: str = ""
    suggestion: str = ""


@dataclass
class _Word:
    """A word of the question: what it weighs in each text, and the word of ours that it may have been meant as."""

    weights: np.ndarray
    mended: str = ""
    meant: str = ""


def match(index: WordIndex, text: str, *, right: Container[str] = ()) -> Match:
    """How well each text fits the words of a question; a word that nobody knows counts against all alike.

    `right`: folded words that are no slips, though they may stand in no text: a word of another language.
    """
    typed = telling(text)[:MOST_WORDS]
    found = [
        _look_up(index, word, is_last=place == len(typed) - 1, is_right=word in right)
        for place, word in enumerate(typed)
    ]
    known = [word for word in found if word.weights.any()]
    result = Match(
        np.zeros(index.size, dtype=np.float32),
        np.zeros(index.size, dtype=np.int16),
        np.full(index.size, bool(known) and len(known) == len(typed)),
        len(known),
    )
    rarity = [np.log1p(index.size / max(1, np.count_nonzero(word.weights))) for word in known]
    for word, weight in zip(known, rarity, strict=True):
        result.scores += (
            np.float32(weight / sum(rarity) * len(known) / len(typed) / index.weights[0]) * word.weights
        )
        result.fits += word.weights > 0
        result.in_full &= word.weights >= index.weights[0]
    result.corrected = _written(
        text, {t: word.mended for t, word in zip(typed, found, strict=True) if word.mended}
    )
    if not result.corrected:
        result.suggestion = _written(
            text, {t: word.meant for t, word in zip(typed, found, strict=True) if word.meant}
        )
    return result


def _look_up(index: WordIndex, word: str, *, is_last: bool, is_right: bool) -> _Word:
    found = _Word(np.zeros(index.size, dtype=np.float32))
    exact = _raise(found, index, (stem(word),), 1.0)
    more = _raise(found, index, parts(word, index.stems), COMPOUND)
    if is_last and len(word) >= FEWEST_LETTERS:
        for ending in index.beginning_with(word)[:MOST_ENDINGS]:
            more |= _raise(found, index, (stem(ending),), BEGINNING)
    slips = {} if is_right else index.spelling.near(word)
    if exact and word in index.words:
        found.meant = _commonest(index, slips, above=MUCH_COMMONER * index.words[word])
        _raise_titles(found, index, slips)
        return found
    _raise_titles(found, index, {near: slip for near, slip in slips.items() if not is_sure(word, near)})
    slips = {near: slip for near, slip in slips.items() if is_sure(word, near)}
    for near, slip in slips.items():
        _raise(found, index, (stem(near),), SLIP / slip)
    if not exact:
        meant = _commonest(index, slips)
        found.meant, found.mended = (meant, "") if more else ("", meant)
    return found


def _raise_titles(found: _Word, index: WordIndex, slips: dict[str, int]) -> None:
    """What may have been meant, though another word is likelier: found last, and only where a title says it."""
    for near, slip in slips.items():
        if slip == 1 and len(near) >= FEWEST_OF_TITLE:
            _raise(found, index, (stem(near),), SLIP_INTO_OURS, least=index.weights[0])


def _raise(found: _Word, index: WordIndex, terms: tuple[str, ...], share: float, *, least: int = 1) -> bool:
    """Let every text that holds all the terms weigh at least as much as its least one; whether there is any.

    `least`: what the terms must weigh in a text.
    """
    if not terms:
        return False
    slots, weights = index.texts_with(terms[0])
    for term in terms[1:]:
        others, their = index.texts_with(term)
        beside = np.zeros(index.size, dtype=np.uint8)
        beside[others] = their
        weights = np.minimum(weights, beside[slots])
    fits = weights >= least
    slots, weights = slots[fits], weights[fits]
    found.weights[slots] = np.maximum(found.weights[slots], weights * np.float32(share))
    return bool(len(slots))


def _commonest(index: WordIndex, slips: dict[str, int], *, above: int = 0) -> str:
    """The word of ours that is most likely meant."""
    live = [near for near in slips if index.words[near] > above and len(index.texts_with(stem(near))[0])]
    return min(live, key=lambda near: (slips[near], -index.words[near], near), default="")


def _written(text: str, mended: dict[str, str]) -> str:
    """The question with other words in it; nothing where all stay."""
    if not mended:
        return ""
    return WORD.sub(lambda found: mended.get(found[0], found[0]), folded(text))
