"""What somebody means by her words: wishes that we know, kinds of offer, and the words that are left.

At most 40 words of 240 letters are read; each is compared once with the words of ours and then remembered. So is the
question: who taps a filter, or asks for the next page, asks it again.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from huizen.changes import Piece, Pieces
from huizen.finder import FoundPlace
from huizen.finder.index import TABLES as PLACE_TABLES
from huizen.search.meaning import age, shelf, when, where, wishes
from huizen.search.meaning.concepts import Concepts, Match, telling, weights
from huizen.search.meaning.sentence import Reading, Sentence
from huizen.search.meaning.stop_words import GENERAL_WORDS, STOP_WORDS
from huizen.search.understood import Choice, Understood, nearly_first
from huizen.vocabulary import AGE_BANDS, OFFER_FACTS, Element, OfferFacts
from huizen.words import midnight_after, wall

__all__ = ["understand"]

#: Of these a question may name several; of all others only one holds.
SEVERAL = {"dag", "taal"}
#: So many questions are remembered: more than there are visitors at one time.
MOST = 300
DAY = timedelta(days=1)
_kept: Pieces[Understood] = Pieces(most=MOST)


def understand(text: str, *, now: datetime, home: FoundPlace | None = None) -> Understood:
    """What a question means; never raises. `home`: the place that we know of her, for "vlakbij"."""
    sentence = Sentence(text)
    if not len(sentence):
        return Understood()
    key = (text, home and (home.slug, home.label))
    return _kept.get(key, lambda: _piece(sentence, now, home), now=now)


def _piece(sentence: Sentence, now: datetime, home: FoundPlace | None) -> Piece[Understood]:
    """True all day, until a phrase of ours or a place changes."""
    tables, tomorrow = (*shelf.TABLES, *PLACE_TABLES), midnight_after(now)
    understood = _understood(sentence, wall(now).date(), home)
    return Piece.of(understood, since=midnight_after(now - DAY), until=tomorrow, tables=tables, rows={})


def _understood(sentence: Sentence, today: date, home: FoundPlace | None) -> Understood:
    known = shelf.current()
    matches = known.concepts.matches(sentence)
    readings = _disjoint(
        [*when.read(sentence, today=today, holidays=known.holidays), *wishes.read(sentence)], matches
    )
    readings += _places(sentence, readings, matches, known.concepts, today, home)
    matches = telling(_not_claimed(matches, readings))
    offer_types = weights(matches, "offer_types")
    readings = _without_beginnings(readings, offer_types)
    readings += _ages(sentence, readings, offer_types)
    return Understood(
        words=_left(sentence, readings, is_meant=bool(matches)),
        choices=_choices(sentence, readings),
        offer_types=offer_types,
        life_domains=weights(matches, "life_domains"),
        concepts=tuple(dict.fromkeys(match.phrase.phrase for match in matches)),
        known=_known(sentence, known.concepts),
    )


def _known(sentence: Sentence, concepts: Concepts) -> frozenset[str]:
    """The words that are right as they stand, in whichever language."""
    words = {word.text for word in sentence.words}
    return frozenset(word for word in words if word in STOP_WORDS or concepts.recognises(word))


def _disjoint(readings: list[Reading], matches: list[Match]) -> list[Reading]:
    """None over another; and what is part of a longer phrase of ours is no wish on its own."""
    kept: list[Reading] = []
    taken: set[int] = set()
    phrases = [match.places for match in matches if len(match.places) > 1]
    for reading in readings:
        own = set(reading.places)
        if taken.isdisjoint(own) and not any(own & places and places - own for places in phrases):
            kept.append(reading)
            taken |= own
    return kept


def _places(sentence, readings, matches, concepts: Concepts, today, home) -> list[Reading]:
    taken = {place for reading in readings for place in reading.places}

    def is_ours(place: int) -> bool:
        word = sentence.words[place].text
        return word in STOP_WORDS or concepts.knows(word)

    meant = frozenset().union(*(match.places for match in telling(matches)))
    return where.read(sentence, day=today, taken=taken, is_ours=is_ours, meant=meant, home=home)


def _not_claimed(matches: list[Match], readings: list[Reading]) -> list[Match]:
    """The phrases that say more than the wishes already do: "spreek geen Nederlands" is a wish, and a reason to learn."""
    claims = [frozenset(reading.places) for reading in readings]
    return [
        match
        for match in matches
        if all(
            match.places.isdisjoint(claim) or 1 < len(match.places) <= len(match.places & claim)
            for claim in claims
        )
    ]


def _without_beginnings(readings: list[Reading], offer_types: dict[str, float]) -> list[Reading]:
    """ "Vanaf september" says when a speelgroep must take place; of what goes on all year it says when she begins."""
    meant = _meant(offer_types)
    if not meant or any(facts.element != Element.SUPPORT for facts in meant):
        return readings
    return [
        Reading(reading.first, reading.last, ()) if when.is_beginning(reading) else reading
        for reading in readings
    ]


def _meant(offer_types: dict[str, float]) -> list[OfferFacts]:
    return [OFFER_FACTS[code] for code in nearly_first(offer_types)]


def _ages(sentence: Sentence, readings: list[Reading], offer_types: dict[str, float]) -> list[Reading]:
    """Her age words, unless they would shut out the very offer that she asks for."""
    taken = {place for reading in readings for place in reading.places}
    meant = _meant(offer_types)
    return [
        reading
        for reading in age.read(sentence)
        if taken.isdisjoint(reading.places) and _open_to(_months(reading), meant)
    ]


def _open_to(months: tuple[int, int], meant: list) -> bool:
    return not meant or any(facts.age_min < months[1] and facts.age_max >= months[0] for facts in meant)


def _months(reading: Reading) -> tuple[int, int]:
    value = reading.choices[0][1]
    bands = {band.code: (band.low, band.high) for band in AGE_BANDS}
    return bands.get(value) or (int(value), int(value) + 1)


def _choices(sentence: Sentence, readings: list[Reading]) -> tuple[Choice, ...]:
    """Who speaks of the morning and of the afternoon asks for neither."""
    ordered = sorted(readings, key=lambda reading: reading.first)
    said: dict[str, set[str]] = defaultdict(set)
    for reading in ordered:
        for name, value, _ in reading.choices:
            said[name].add(value)
    return tuple(
        Choice(name, value, label, sentence.typed(reading.first, reading.last))
        for reading in ordered
        for name, value, label in reading.choices
        if name in SEVERAL or len(said[name]) == 1
    )


def _left(sentence: Sentence, readings: list[Reading], *, is_meant: bool) -> str:
    """The words that no wish came from and that say something, as typed; none where only figures and children are left."""
    claimed = {place for reading in readings for place in reading.places}
    left = [
        place
        for place, word in enumerate(sentence.words)
        if place not in claimed and word.text not in STOP_WORDS
    ]
    says = {sentence.words[place].text for place in left}
    if not is_meant and all(word in GENERAL_WORDS or word.isdigit() for word in says):
        return ""
    return " ".join(sentence.typed(place, place) for place in left)
