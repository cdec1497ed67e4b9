"""Words of ours that look like what somebody typed: one slip, or two in a long word."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: In shorter words one other letter makes another word.
SHORTEST = 4
#: In words shorter than this, another letter in place of one makes another word: kopen, komen.
CERTAIN = 6
#: From this length on two slips are still the same word.
LONG = 9


class Spelling:
    """The words that we know, by their length."""

    def __init__(self, words: Iterable[str] = ()):
        self._by_length: dict[int, set[str]] = defaultdict(set)
        self.learn(words)

    def learn(self, words: Iterable[str]) -> None:
        """Know these words too. Numbers are never mended."""
        for word in words:
            if len(word) >= SHORTEST and word.isalpha():
                self._by_length[len(word)].add(word)

    def near(self, word: str) -> dict[str, int]:
        """Words of ours that are a slip away (a letter too many, too few, another, two exchanged), each with the number of slips.

        Two slips only where one gives nothing.
        """
        if len(word) < SHORTEST or word.isdigit():
            return {}
        return self._within(word, 1) or (self._within(word, 2) if len(word) >= LONG else {})

    def _within(self, word: str, slips: int) -> dict[str, int]:
        found = {}
        for length in range(len(word) - slips, len(word) + slips + 1):
            ours = self._by_length.get(length, ())
            for near, distance, _ in process.extract(
                word, ours, scorer=OSA.distance, score_cutoff=slips, limit=None
            ):
                if distance:
                    found[near] = distance
        return found


def is_sure(word: str, near: str) -> bool:
    """Whether a word is surely a slip of one that is near; a short one: a letter too many or too few, or two exchanged,
    behind the first.
    """
    if len(word) >= CERTAIN:
        return True
    return word[0] == near[0] and (len(word) != len(near) or sorted(word) == sorted(near))
