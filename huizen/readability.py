"""How easy a Dutch text reads: its sentences, its long words, and one figure. Advice for who writes, never a rule. Pure.

The figure is the Flesch formula as W.H. Douma fitted it to Dutch (De leesbaarheid van landbouwbladen, Wageningen 1960):
206.84 − 0.77 × syllables per hundred words − 0.93 × words per sentence. 100 reads very easily, 0 hardly.
"""

import re
from dataclasses import dataclass
from functools import cache

from huizen.plain_words import hard_words
from huizen.search.stems import stem
from huizen.search.text import tokens

#: More words in a sentence than this is long for who reads with effort.
LONG_SENTENCE = 20
#: So many syllables make a long word.
LONG_WORD = 5
#: Of fewer words a figure says nothing.
FEWEST_WORDS = 15
MOST_TOLD = 8

_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
#: What is said in one breath: the Dutch digraphs first; a vowel with a trema begins anew.
_SYLLABLE = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE
)
#: From this figure on, how it reads.
LEVELS = (
    (80, "heel makkelijk"),
    (65, "makkelijk"),
    (50, "niet voor iedereen makkelijk"),
    (-999, "moeilijk"),
)


@dataclass(frozen=True)
class Readability:
    """What we can say of a text. `figure`: 0 to 100, None where it is too short; `sentence_length`: words, on average.

    `long_sentences` and `long_words`: as they stand there; `hard`: words of the text, each with an easier one.
    """

    words: int
    sentence_length: float
    figure: int | None
    long_sentences: tuple[str, ...] = ()
    long_words: tuple[str, ...] = ()
    hard: tuple[tuple[str, str], ...] = ()

    @property
    def level(self) -> str:
        """How it reads, in words; nothing where it is too short to say."""
        if self.figure is None:
            return ""
        return next(words for least, words in LEVELS if self.figure >= least)

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to mend."""
        easy = self.figure is None or self.figure >= LEVELS[1][0]
        return easy and not (self.long_sentences or self.hard)


def syllables(word: str) -> int:
    """How many syllables a Dutch word has, at least one."""
    return max(1, len(_SYLLABLE.findall(word)))


def readability(text: str) -> Readability:
    """How easy a text reads. It never raises."""
    sentences = [s for part in _SENTENCE_END.split(text) if (s := " ".join(part.split())) and _WORD.search(s)]
    words = [_WORD.findall(sentence) for sentence in sentences]
    said = [word for sentence in words for word in sentence]
    length = len(said) / len(sentences) if sentences else 0.0
    return Readability(
        words=len(said),
        sentence_length=round(length, 1),
        figure=_figure(said, length) if len(said) >= FEWEST_WORDS else None,
        long_sentences=tuple(
            sentence for sentence, its in zip(sentences, words, strict=True) if len(its) > LONG_SENTENCE
        )[:MOST_TOLD],
        long_words=_once(word for word in said if syllables(word) >= LONG_WORD),
        hard=_hard(text),
    )


def _figure(words: list[str], sentence_length: float) -> int:
    per_hundred = 100 * sum(map(syllables, words)) / len(words)
    return max(0, min(100, round(206.84 - 0.77 * per_hundred - 0.93 * sentence_length)))


def _once(words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.lower() for word in words))[:MOST_TOLD]


@cache
def _stems() -> dict[tuple[str, ...], tuple[str, str]]:
    """Each hard turn of phrase by the stems of its words."""
    return {tuple(map(stem, tokens(hard))): (hard, easy) for hard, easy in hard_words().items()}


def _hard(text: str) -> tuple[tuple[str, str], ...]:
    """The hard words in the order of the text, each once."""
    known, said = _stems(), [stem(word) for word in tokens(text)]
    longest = max(map(len, known))
    found = {}
    for place in range(len(said)):
        for size in range(1, longest + 1):
            if pair := known.get(tuple(said[place : place + size])):
                found[pair] = None
    return tuple(found)[:MOST_TOLD]
