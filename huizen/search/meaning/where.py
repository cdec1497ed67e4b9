"""Place words: "in mol", "2400", "vlakbij"; a name alone only where it can mean nothing else."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext_noop

from huizen.finder import FoundPlace, place_by_key
from huizen.finder.index import Index, current
from huizen.finder.names import plain
from huizen.search.meaning.sentence import Phrases, Reading, Sentence, lines

#: How far "vlakbij" reaches.
NEARBY_KM = "10"
LONGEST_NAME = 5
SHORTEST_NAME = 2

NEARBY = Phrases(
    lines("""
near: vlakbij, vlak bij, vlakbij mij, dichtbij, dicht bij, dicht bij huis, dichtbij huis, bij mij, bij mij in de buurt, in de buurt, in mijn buurt, in onze buurt, in de omgeving, hier in de buurt, bij ons in de buurt, nabij
near: près de chez moi, près de moi, près d'ici, à côté de chez moi, proche de chez moi, dans mon quartier, dans le quartier, à proximité, dans le coin
near: near me, nearby, near by, close to me, around me, close by, in my area, in the area, near my home, in my neighbourhood
near: yakınımda, yakınımdaki, yakınında, bana yakın, yakında, yakınlarda, yakın çevremde, mahallemde
near: قريب, قريبة, قريب مني, قريبة مني, بالقرب مني, بجانبي, في منطقتي, بالقرب من بيتي
near: поруч, поруч зі мною, поряд, поблизу, біля мене, недалеко, недалеко від мене, біля дому
""")
)
PREPOSITIONS = Phrases(
    lines("""
place: in, te, rond, rondom, bij, nabij, omgeving, omgeving van, in de omgeving van, regio, in de regio, in de buurt van, buurt van, dicht bij, dichtbij, vlakbij, vlak bij, in gemeente, gemeente, woon in, ik woon in, wij wonen in
place: à, a, près de, près d', autour de, aux alentours de, dans la région de, région de, j'habite à
place: near, around, at, close to, living in
place: في, قرب, بالقرب من, قريب من, у, в, біля, поблизу, коло, недалеко від
""")
)
#: Turkish says "in" behind the name: Mol'da, Gent'te.
_BEHIND = {"da", "de", "ta", "te", "civarinda", "yakininda", "yakinlarinda", "cevresinde"}
#: The names of towns in other letters and tongues than the register has.
TOWNS = {
    "بروكسل": "Brussel", "بروكسيل": "Brussel", "انتويرب": "Antwerpen", "انتورب": "Antwerpen", "انتفيرب": "Antwerpen",
    "غنت": "Gent", "خنت": "Gent", "لوفان": "Leuven", "لوفين": "Leuven", "بروج": "Brugge", "ميخلن": "Mechelen", "هاسلت": "Hasselt", "مول": "Mol",
    "брюссель": "Brussel", "брюсселі": "Brussel", "брюсселя": "Brussel", "антверпен": "Antwerpen", "антверпені": "Antwerpen",
    "гент": "Gent", "генті": "Gent", "левен": "Leuven", "левені": "Leuven", "брюгге": "Brugge", "мехелен": "Mechelen", "мехелені": "Mechelen",
    "гасселт": "Hasselt", "моль": "Mol", "молі": "Mol",
    "brüksel": "Brussel", "brükselde": "Brussel", "anvers": "Antwerpen", "ghent": "Gent", "gand": "Gent", "malines": "Mechelen", "louvain": "Leuven",
}  # fmt: skip
_TOWNS = {Sentence(name).words[0].text: town for name, town in TOWNS.items()}
#: Names of places that are words of every day too; with "in" before them they are places.
_EVERYDAY = """
as baal berg bever boom bree burst doel eine elst essen halen ham haren heks jeuk laar lauw lauwe leest leut lint lo lot mal marke
mater meer mere paal peer pulle reet vinkt voeren vorst
"""
WORDS_TOO = frozenset(_EVERYDAY.split())
#: Nobody looks for a "speelgroep boom": right behind what somebody looks for, these are places, unless she speaks of food.
BEHIND_AN_OFFER = frozenset({"boom", "bree", "essen", "ham", "lint", "peer"})
FOOD = frozenset({"eet", "eten", "lust", "allergie", "allergisch", "fruit", "proeven"})


def read(
    sentence: Sentence,
    *,
    day: date,
    taken: set[int],
    is_ours: Callable[[int], bool],
    meant: frozenset[int],
    home: FoundPlace | None,
) -> list[Reading]:
    """The place of a question, and "nearby" where we know her home; at most one of them.

    `is_ours`: whether the word at a position is one of the field or a little word, and so no place on its own.
    `meant`: the positions of the words that say what she looks for.
    """
    index = current()
    for first, last, key in (
        *_candidates(sentence, index, taken, is_ours),
        *_behind_an_offer(sentence, index, taken, meant),
    ):
        if found := place_by_key(key, day=day) or _municipality(index, key, day):
            return [Reading(first, last, (("plaats", found.slug, found.label),))]
    for first, last, _ in NEARBY.found(sentence, taken):
        choices = (
            (("plaats", home.slug, home.label), ("straal", NEARBY_KM, gettext_noop("Vlakbij")))
            if home
            else ()
        )
        return [Reading(first, last, choices)]
    return []


def _municipality(index: Index, name: str, day: date) -> FoundPlace | None:
    """Where several places have a name, the one that is a municipality."""
    whole = [place for place in index.by_name.get(name, ()) if place.is_whole]
    return place_by_key(whole[0].slug, day=day) if len(whole) == 1 else None


#: First word, last word, and what the finder is asked.
Candidate = tuple[int, int, str]


def _candidates(sentence, index: Index, taken: set[int], is_ours) -> Iterator[Candidate]:
    """What may be a place, the surest first."""
    yield from _postcodes(sentence, index, taken)
    yield from _said(sentence, index, taken)
    yield from _turkish(sentence, index, taken)
    yield from _last(sentence, index, taken, is_ours)
    yield from _first(sentence, index, taken, is_ours)
    yield from _amid(sentence, index, taken, is_ours)


def _postcodes(sentence: Sentence, index: Index, taken: set[int]) -> Iterator[Candidate]:
    """2400, with the name behind it where it belongs to it."""
    for place, word in enumerate(sentence.words):
        if place in taken or len(word.text) != 4 or word.text not in index.by_postcode:
            continue
        first = _before(sentence, place, taken)
        for last, name in _names_at(sentence, index, place + 1, taken):
            yield first, last, f"{word.text} {name}"
        yield first, place, word.text


def _said(sentence: Sentence, index: Index, taken: set[int]) -> Iterator[Candidate]:
    """A name with "in" before it."""
    for first, last, _ in PREPOSITIONS.found(sentence, taken):
        for end, name in _names_at(sentence, index, last + 1, taken):
            yield first, end, name


def _turkish(sentence: Sentence, index: Index, taken: set[int]) -> Iterator[Candidate]:
    """A name with "in" behind it: Mol'da."""
    for place, behind in enumerate(sentence.words[1:]):
        if behind.text in _BEHIND and place + 1 not in taken:
            for end, name in _names_at(sentence, index, place, taken):
                if end == place:
                    yield place, place + 1, name


def _last(sentence: Sentence, index: Index, taken: set[int], is_ours) -> Iterator[Candidate]:
    """A name alone at the end; where it is a word of every day too, only when nothing else is left."""
    size = len(sentence)
    for start in range(max(0, size - LONGEST_NAME), size):
        for end, name in _names_at(sentence, index, start, taken):
            is_all = all(start <= place or place in taken for place in range(size))
            if end == size - 1 and (is_all or not _is_word(start, end, name, is_ours)):
                yield start, end, name


def _first(sentence: Sentence, index: Index, taken: set[int], is_ours) -> Iterator[Candidate]:
    """A municipality at the beginning: "turnhout babymassage"."""
    for end, name in _names_at(sentence, index, 0, taken):
        if index.by_name[name][0].is_whole and not _is_word(0, end, name, is_ours):
            yield 0, end, name


def _amid(sentence: Sentence, index: Index, taken: set[int], is_ours) -> Iterator[Candidate]:
    """A municipality between other words, "consultatiebureau mol uren"; the last one."""
    for start in reversed(range(1, len(sentence) - 1)):
        for end, name in _names_at(sentence, index, start, taken):
            if index.by_name[name][0].is_whole and not _is_word(start, end, name, is_ours):
                yield start, end, name


def _behind_an_offer(
    sentence: Sentence, index: Index, taken: set[int], meant: frozenset[int]
) -> Iterator[Candidate]:
    """The last word, where it is a word of every day too: "speelgroep boom"."""
    last = len(sentence) - 1
    said = {word.text for word in sentence.words}
    if last - 1 in meant and sentence.words[last].text in BEHIND_AN_OFFER and said.isdisjoint(FOOD):
        yield from ((last, end, name) for end, name in _names_at(sentence, index, last, taken))


def _is_word(start: int, end: int, name: str, is_ours: Callable[[int], bool]) -> bool:
    return name in WORDS_TOO or (start == end and is_ours(start))


def _names_at(sentence: Sentence, index: Index, first: int, taken: set[int]) -> Iterator[tuple[int, str]]:
    """The names of places that begin at a word, the longest first: (last word, name); none over taken words."""
    for last in range(min(first + LONGEST_NAME, len(sentence)) - 1, first - 1, -1):
        if not taken.isdisjoint(range(first, last + 1)):
            continue
        name = _TOWNS.get(sentence.words[first].text) if first == last else None
        name = plain(name or " ".join(word.text for word in sentence.words[first : last + 1]))
        if len(name) >= SHORTEST_NAME and not name.isdigit() and name in index.by_name:
            yield last, name


def _before(sentence: Sentence, place: int, taken: set[int]) -> int:
    """Where the preposition of a postcode begins."""
    for first, last, _ in PREPOSITIONS.found(sentence, taken):
        if last + 1 == place:
            return first
    return place
