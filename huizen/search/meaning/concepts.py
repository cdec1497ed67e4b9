"""Our phrases, compiled: which of them stand in a question, however inflected, joined or misspelt, and how surely."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import OSA

from huizen.search.meaning.sentence import Sentence, plain_words
from huizen.search.meaning.stems import stems, stems_in
from huizen.search.meaning.stop_words import GENERAL_WORDS, STOP_WORDS

#: How surely a word is meant: itself, inflected, begun so, the tail of a compound, misspelt.
EXACT, STEM, BEGUN, TAIL, MISSPELT = 1.0, 0.95, 0.85, 0.7, 0.7
#: From so many letters on, a word may be the beginning of a longer one, or misspelt.
SHORTEST_BEGINNING, SHORTEST_GUESS, SHORTEST_SAFE = 4, 5, 5
#: Two typing errors from nine letters on.
TWO_SLIPS_FROM = 9
#: How many other words may stand between the words of a phrase.
GAP, CLOSE_GAP = 7, 2
#: What one word tells alone; a word that stands in many phrases of ours tells less.
ONE_WORD, COMMON_COST, COMMON_MOST = 0.55, 0.03, 0.35
#: What a little word and a general word add to a phrase.
LITTLE_WORD, GENERAL_WORD = 0.3, 0.45
#: What a name of general words tells ("kind en gezin").
NAME = 0.75
#: The first kind of offer of a phrase is the likeliest.
ORDER = (1.0, 0.75, 0.6, 0.5, 0.4, 0.3)
#: Of each word at most so many likenesses and placings are tried: no question takes long.
MOST_PLACINGS, MOST_REMEMBERED = 12, 4096


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of ours: its telling words, and where it leads."""

    phrase: str
    language: str
    words: tuple[str, ...]
    offer_types: tuple[str, ...] = ()
    life_domains: tuple[str, ...] = ()

    @property
    def is_little(self) -> bool:
        """One little word ("hulp"): it says something only where nothing else does."""
        return len(self.words) == 1 and self.words[0] in STOP_WORDS

    @property
    def is_name(self) -> bool:
        """Only words that tell little, such as "kind en gezin": together they tell a lot."""
        return len(self.words) > 1 and GENERAL_WORDS.issuperset(self.words)

    @property
    def gap(self) -> int:
        """How many other words may stand between its own; little words stand close by."""
        return CLOSE_GAP if any(word in STOP_WORDS for word in self.words) else GAP


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase in a question: the positions of its words, and how surely it is meant."""

    phrase: Phrase
    places: frozenset[int]
    weight: float


def compiled(rows: Iterable[tuple[str, str, list[str], list[str]]]) -> "Concepts":
    """Phrases ready to be found, from (phrase, language, offer types, life domains)."""
    phrases = []
    for phrase, language, offer_types, life_domains in rows:
        if words := _telling(plain_words(phrase)):
            # A few dozen codes, which four thousand phrases would each hold a copy of.
            codes = (tuple(map(intern, offer_types)), tuple(map(intern, life_domains)))
            phrases.append(Phrase(phrase, intern(language), words, *codes))
    return Concepts(phrases)


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without which a phrase is not itself: "te doen met kinderen" is not every child."""
    telling = tuple(word for word in words if word not in STOP_WORDS)
    return telling if len(telling) > 1 else words


@dataclass
class Concepts:
    """Every phrase, and the ways to its words."""

    phrases: list[Phrase]
    by_word: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    by_stem: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: What a longer word may begin or end with, and the words of ours it then means.
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)
    strength: dict[str, float] = field(default_factory=dict)
    remembered: dict[str, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for phrase in self.phrases:
            for word in set(phrase.words):
                self.by_word[word] = (*self.by_word.get(word, ()), phrase)
                for stem in stems_in(word, phrase.language):
                    _add(self.by_stem, stem, word)
                    _add(self.parts, stem[3:], word)
                _add(self.parts, word, word)
        spread = Counter({word: len(phrases) for word, phrases in self.by_word.items()})
        self.strength = {word: _strength(word, n) for word, n in spread.items()}
        self.guesses = sorted(part for part in self.parts if len(part) >= SHORTEST_GUESS)

    def matches(self, sentence: Sentence) -> list[Match]:
        """The phrases that stand in a question; what is part of a longer one is not told twice."""
        hits = self._hits(sentence)
        candidates = {id(phrase): phrase for word in hits for phrase in self.by_word[word]}
        found = [
            match
            for phrase in candidates.values()
            if all(word in hits for word in phrase.words) and (match := self._placed(phrase, hits))
        ]
        return _without_parts(found)

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of ours as it stands."""
        return word in self.by_word

    def recognises(self, word: str) -> bool:
        """Whether a folded word is one of ours, be it inflected or about whom a question is; no slip of the pen."""
        return word in GENERAL_WORDS or any(score >= STEM for score in self._likenesses(word).values())

    def _hits(self, sentence: Sentence) -> dict[str, list[tuple[float, frozenset[int]]]]:
        """For each word of ours, where it stands in the question and how surely."""
        hits: dict[str, list[tuple[float, frozenset[int]]]] = defaultdict(list)
        for place, word in enumerate(sentence.words):
            for ours, score in self._likenesses(word.text).items():
                hits[ours].append((score, frozenset({place})))
        for place in range(len(sentence) - 1):
            pair = [sentence.words[place].text, sentence.words[place + 1].text]
            if min(map(len, pair)) < SHORTEST_BEGINNING - 1:
                continue
            joined = "".join(pair)
            for ours in {joined} & self.by_word.keys() | self._same_stem(joined):
                hits[ours].append((STEM, frozenset({place, place + 1})))
        return hits

    def _likenesses(self, word: str) -> dict[str, float]:
        """The words of ours that a word may be, each with how surely."""
        found = self.remembered.get(word)
        if found is None:
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            found = self.remembered[word] = self._compared(word)
        return found

    def _compared(self, word: str) -> dict[str, float]:
        own = {word: EXACT} if word in self.by_word else {}
        if word in STOP_WORDS or word in GENERAL_WORDS:
            return own
        found = dict.fromkeys(self._same_stem(word), STEM) | own
        guesses = [] if found else self._misspelt(word)
        for ours, score in [*guesses, *self._in_compound(word, SHORTEST_SAFE if own else SHORTEST_BEGINNING)]:
            found[ours] = max(score, found.get(ours, 0))
        return found | ({} if found.keys() - GENERAL_WORDS else dict(self._amid_compound(word)))

    def _same_stem(self, word: str) -> set[str]:
        if len(word) < SHORTEST_BEGINNING - 1:
            return set()
        return {ours for stem in stems(word) for ours in self.by_stem.get(stem, ())}

    def _in_compound(self, word: str, shortest: int) -> Iterator[tuple[str, float]]:
        """Words of ours that a word begins or ends with: slaapproblemen, peuteropvang."""
        for cut in range(shortest, len(word)):
            rest = len(word) - cut
            if cut >= SHORTEST_SAFE or rest < SHORTEST_BEGINNING or word[cut:] in self.parts:
                yield from ((ours, BEGUN) for ours in self.parts.get(word[:cut], ()))
            if rest >= SHORTEST_SAFE:
                yield from ((ours, TAIL) for ours in self.parts.get(word[cut:], ()))

    def _amid_compound(self, word: str) -> Iterator[tuple[str, float]]:
        """Words of ours in the middle, behind another one: peuter-speel-punt."""
        for cut in range(SHORTEST_BEGINNING, len(word) - SHORTEST_SAFE):
            if word[:cut] not in self.parts:
                continue
            for end in range(cut + SHORTEST_SAFE, len(word) - 1):
                yield from ((ours, TAIL) for ours in self.parts.get(word[cut:end], ()))

    def _misspelt(self, word: str) -> Iterator[tuple[str, float]]:
        """One slip in five letters or more, two in nine; the first letter is seldom wrong."""
        if len(word) < SHORTEST_GUESS or word.isdigit():
            return
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = process.extract(word, self.guesses, scorer=OSA.distance, score_cutoff=slips, limit=4)
        for part, _, _ in near:
            if part[0] == word[0] or len(word) >= TWO_SLIPS_FROM:
                yield from ((ours, MISSPELT) for ours in self.parts[part])

    def _placed(self, phrase: Phrase, hits) -> Match | None:
        """The best way to lay the words of a phrase on the question, each on a place of its own, near each other."""
        ways = [sorted(hits[word], key=lambda hit: -hit[0])[:3] for word in phrase.words]
        best = None
        for _, way in zip(range(MOST_PLACINGS), product(*ways), strict=False):
            places = frozenset().union(*(at for _, at in way))
            shared = len(places) < len(phrase.words) and not _is_compound(way)
            if shared or max(places) - min(places) >= len(phrase.words) + phrase.gap:
                continue
            scores = [score for score, _ in way]
            weight = self._weight(phrase, scores)
            if phrase.is_name and min(scores) == EXACT and max(places) - min(places) <= len(phrase.words):
                weight = max(weight, NAME)
            if best is None or weight > best.weight:
                best = Match(phrase, places, weight)
        return best

    def _weight(self, phrase: Phrase, scores: list[float]) -> float:
        missed = 1.0
        for word, score in zip(phrase.words, scores, strict=True):
            missed *= 1 - ONE_WORD * score * self.strength[word]
        return 1 - missed


def _add(found: dict[str, tuple[str, ...]], key: str, word: str) -> None:
    """One word more under a key. In tuples: nearly all hold one word, for which a set takes four times as much memory."""
    known = found.get(key, ())
    if word not in known:
        found[key] = (*known, word)


def _strength(word: str, phrases: int) -> float:
    """How much a word tells alone: one of many phrases less, a general one little."""
    if word in STOP_WORDS:
        return LITTLE_WORD
    return GENERAL_WORD if word in GENERAL_WORDS else 1 - min(COMMON_MOST, COMMON_COST * (phrases - 1))


def _is_compound(way) -> bool:
    """Two words of ours in one word of hers: babykleertjes is "baby kleren"."""
    return all(score in {BEGUN, TAIL, STEM} for score, _ in way) and len({score for score, _ in way}) == len(
        way
    )


def _without_parts(found: list[Match]) -> list[Match]:
    return [match for match in found if not any(match.places < other.places for other in found)]


def telling(matches: list[Match]) -> list[Match]:
    """The matches without the little words, which say something only where nothing else does."""
    return [match for match in matches if not match.phrase.is_little] or matches


def weights(matches: list[Match], kind: str) -> dict[str, float]:
    """What the matches lead to, by code: `kind` is "offer_types" or "life_domains"; the surest first.

    Phrases on the same words are ways to say one thing and count once; those on other words add up.
    """
    by_places: dict[frozenset[int], dict[str, float]] = defaultdict(dict)
    for match in matches:
        for rank, code in enumerate(getattr(match.phrase, kind)):
            weight = match.weight * ORDER[min(rank, len(ORDER) - 1)]
            told = by_places[match.places]
            told[code] = max(weight, told.get(code, 0))
    missed: dict[str, float] = {}
    for told in by_places.values():
        for code, weight in told.items():
            missed[code] = missed.get(code, 1) * (1 - weight)
    ranked = sorted(missed.items(), key=lambda item: (item[1], item[0]))
    return {code: round(1 - miss, 3) for code, miss in ranked}
