"""A question as a row of words, each of which knows where it stood; and phrases to look for in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from huizen.search.text import folded

Meaning = TypeVar("Meaning")

#: What is read of a question: nobody types more than this, and no time is lost on who does.
MOST_LETTERS, MOST_WORDS = 240, 40
#: A letter or digit, then more of them with their marks; the apostrophe of Ukrainian belongs to its word.
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670]|(?<=[\u0400-\u04ff])['’](?=[\u0400-\u04ff]))*"
)
_NOT_KEPT = re.compile(r"[\W_]+")
#: What holds a figure together with its neighbour: 12/3, 2,5, 3-jarige.
_HINGES = frozenset("/,.-")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: folded, and from where to where it stands in the question."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text, at most as many as we read."""
    found = []
    for match in _WORD.finditer(text[:MOST_LETTERS]):
        plain = _NOT_KEPT.sub("", folded(match[0]))
        if plain:
            found.append(Word(plain, *match.span()))
        if len(found) == MOST_WORDS:
            break
    return found


def plain_words(text: str) -> tuple[str, ...]:
    """The folded words of a phrase of ours."""
    return tuple(word.text for word in words_of(text))


class Sentence:
    """A question in words; positions count words from 0."""

    def __init__(self, text: str) -> None:
        self.raw = text
        self.words = words_of(text)

    def __len__(self) -> int:
        return len(self.words)

    def typed(self, first: int, last: int) -> str:
        """The question from one word to another, exactly as it was typed."""
        return self.raw[self.words[first].start : self.words[last].end]

    @cached_property
    def line(self) -> str:
        """The words with a space between, or with the sign that holds a figure together."""
        return self._line[0]

    @cached_property
    def _line(self) -> tuple[str, dict[int, int], dict[int, int]]:
        line, starts, ends = "", {}, {}
        for i, word in enumerate(self.words):
            if i:
                line += self._between(i)
            starts[len(line)] = i
            line += word.text
            ends[len(line)] = i
        return line, starts, ends

    def _between(self, i: int) -> str:
        before, after = self.words[i - 1], self.words[i]
        gap = self.raw[before.end : after.start]
        hinged = gap in _HINGES and (before.text[-1].isdigit() or after.text[0].isdigit())
        return gap if hinged and gap else " "

    def matches(self, pattern: re.Pattern) -> Iterator[tuple[re.Match, int, int]]:
        """Where a pattern stands in the line, as whole words: the match, its first word, its last."""
        line, starts, ends = self._line
        for match in pattern.finditer(line):
            if match.start() in starts and match.end() in ends:
                yield match, starts[match.start()], ends[match.end()]


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a question that mean a choice: from the first to the last, and (name, value, label) of each choice."""

    first: int
    last: int
    choices: tuple[tuple[str, str, str], ...]
    #: The words stay words of the question too: "baby" is an age, and what it is about.
    keeps_words: bool = False

    @property
    def places(self) -> range:
        return range(self.first, self.last + 1)


class Phrases(Generic[Meaning]):
    """Phrases of ours with what each means; finds them in a sentence, the longest first."""

    def __init__(self, meanings: Iterable[tuple[str, Meaning]]) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for phrase, meaning in meanings:
            parts = plain_words(phrase)
            self.by_first.setdefault(parts[0], []).append((parts, meaning))
        for rows in self.by_first.values():
            rows.sort(key=lambda row: -len(row[0]))

    def at(self, sentence: Sentence, place: int) -> tuple[int, Meaning] | None:
        """The longest phrase that begins at a word: its last word, and its meaning."""
        for parts, meaning in self.by_first.get(sentence.words[place].text, ()):
            here = sentence.words[place : place + len(parts)]
            if tuple(word.text for word in here) == parts:
                return place + len(parts) - 1, meaning
        return None

    def found(self, sentence: Sentence, taken: set[int] | frozenset[int] = frozenset()) -> Iterator[tuple]:
        """(first, last, meaning) of every phrase, from left to right, none over another or over taken words."""
        place = 0
        while place < len(sentence):
            hit = self.at(sentence, place)
            if hit and taken.isdisjoint(range(place, hit[0] + 1)):
                yield place, hit[0], hit[1]
                place = hit[0]
            place += 1


def lines(text: str) -> Iterator[tuple[str, str]]:
    """(phrase, meaning) pairs from lines like `vandaag: today, ce jour, bugün`."""
    for line in text.strip().splitlines():
        meaning, _, phrases = line.partition(":")
        for phrase in phrases.split(","):
            if phrase.strip():
                yield phrase.strip(), meaning.strip()
