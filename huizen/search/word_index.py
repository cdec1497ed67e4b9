"""Which texts hold which words, and in how telling a place: read in one go, then kept up to date text by text.

A text is known by a number (its slot). Per word of a question a text weighs as its best field does: in the title more
than in the description.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np

from huizen.search.compounds import parts
from huizen.search.spelling import Spelling
from huizen.search.stems import STOP_WORDS, stem
from huizen.search.text import tokens

#: What a part of a compound weighs beside the word itself, in hundredths.
PART = 50
#: So many changed texts make it worth reading all of them anew.
MANY_CHANGES = 2_000
NOTHING = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint8))


class WordIndex:
    """`weights`: of each field of a text, from 1 to 255, the most telling first."""

    def __init__(self, weights: Sequence[int]):
        self.weights = tuple(weights)
        self.size = 0
        #: Of each word as it is written, how many texts had it when it came in.
        self.words: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.spelling = Spelling()
        self._starts = np.zeros(1, dtype=np.int64)
        self._slots, self._weights = NOTHING
        #: What came in since, by word, and by text.
        self._changed: dict[str, dict[int, int]] = defaultdict(dict)
        self._terms_of: dict[int, set[str]] = defaultdict(set)
        self._stale = np.zeros(0, dtype=bool)
        self._sorted: list[str] | None = None

    def read(self, texts: Iterable[Sequence[str]]) -> None:
        """Begin with these texts, numbered from 0: the fields of each, in the order of the weights."""
        self.__init__(self.weights)
        numbers: dict[str, int] = defaultdict(count().__next__)
        said, lengths = array("i"), array("i")
        for fields in texts:
            for text in fields:
                before = len(said)
                said.extend(map(numbers.__getitem__, tokens(text)))
                lengths.append(len(said) - before)
        self.size = len(lengths) // len(self.weights)
        self._stale = np.zeros(self.size, dtype=bool)
        words, lengths = np.frombuffer(said, dtype=np.int32), np.frombuffer(lengths, dtype=np.int32)
        owner = np.repeat(np.repeat(np.arange(self.size), len(self.weights)), lengths)
        weight = np.repeat(np.tile(np.array(self.weights, dtype=np.int64), self.size), lengths)
        self._learn(numbers, np.bincount(words, minlength=len(numbers)))
        self._file(words, owner, weight, list(numbers))

    def _learn(self, words: Iterable[str], counts: Iterable[int]) -> None:
        telling = {
            word: int(number) for word, number in zip(words, counts, strict=True) if word not in STOP_WORDS
        }
        for word in telling:
            self.stems.setdefault(stem(word), len(self.stems))
        self.words |= telling
        self.spelling.learn(telling)
        self._sorted = None

    def _terms(self, word: str) -> dict[str, int]:
        """What a word of a text is found by, each with its share in hundredths."""
        if word in STOP_WORDS:
            return {}
        return dict.fromkeys(parts(word, self.stems), PART) | {stem(word): 100}

    def _file(self, words: np.ndarray, owner: np.ndarray, weight: np.ndarray, spelt: list[str]) -> None:
        """Turn "this text says these words" into "this word stands in these texts", without a loop over the texts."""
        terms = [self._terms(word) for word in spelt]
        number = np.array([len(found) for found in terms], dtype=np.int64)
        term = np.array([self.stems[t] for found in terms for t in found], dtype=np.int64)
        share = np.array([s for found in terms for s in found.values()], dtype=np.int64)
        times = number[words]
        begin = (np.cumsum(number) - number)[words]
        place = np.repeat(begin - (np.cumsum(times) - times), times) + np.arange(times.sum())
        weights = np.repeat(weight, times) * share[place] // 100
        keys = (term[place] * self.size + np.repeat(owner, times)) * 256 + (255 - weights)
        keys.sort()
        pairs = keys // 256
        best = np.ones(len(pairs), dtype=bool)
        best[1:] = pairs[1:] != pairs[:-1]
        pairs = pairs[best]
        self._slots = (pairs % max(1, self.size)).astype(np.int32)
        self._weights = (255 - keys[best] % 256).astype(np.uint8)
        self._starts = np.searchsorted(pairs, np.arange(len(self.stems) + 1) * self.size)

    @property
    def is_worn(self) -> bool:
        """Whether so much changed that it should be read anew."""
        return len(self._terms_of) > MANY_CHANGES

    def take_out(self, slots: Iterable[int]) -> None:
        """Forget these texts."""
        for slot in slots:
            if slot < len(self._stale):
                self._stale[slot] = True
            for term in self._terms_of.pop(slot, ()):
                self._changed[term].pop(slot)

    def put_in(self, slot: int, fields: Sequence[str], *, size: int) -> None:
        """Know one text more; `size`: slots in all."""
        self.size = max(self.size, size)
        said = [tokens(text) for text in fields]
        new = {word for words in said for word in words}
        self._learn(new, [self.words.get(word, 0) + 1 for word in new])
        for words, weight in zip(said, self.weights, strict=True):
            for word in words:
                for term, share in self._terms(word).items():
                    texts = self._changed[term]
                    texts[slot] = max(texts.get(slot, 0), weight * share // 100)
                    self._terms_of[slot].add(term)

    def texts_with(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """The slots of the texts that hold a stem, and what it weighs in each."""
        slots, weights = NOTHING
        number = self.stems.get(term)
        if number is not None and number + 1 < len(self._starts):
            stretch = slice(self._starts[number], self._starts[number + 1])
            fresh = ~self._stale[self._slots[stretch]]
            slots, weights = self._slots[stretch][fresh], self._weights[stretch][fresh]
        if changed := self._changed.get(term):
            slots = np.concatenate([slots, np.fromiter(changed, dtype=np.int64)])
            weights = np.concatenate([weights, np.fromiter(changed.values(), dtype=np.uint8)])
        return slots, weights

    def beginning_with(self, letters: str) -> list[str]:
        """The words of ours that begin so, the commonest first."""
        if self._sorted is None:
            self._sorted = sorted(self.words)
        first, last = bisect_left(self._sorted, letters), bisect_left(self._sorted, letters + "\U0010ffff")
        return sorted(self._sorted[first:last], key=lambda word: (-self.words[word], word))
