"""Everything that is on offer, in memory: built in one pass from PostgreSQL, then brought up to date row by row."""

import threading
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from activities.search.columns import Columns
from activities.search.facts import Offer, all_offers, day_number, read_moments, read_offers
from activities.search.moments import Moments
from activities.search.things import Things
from activities.search.touched import Touched
from activities.topics import TOPICS
from huizen.models import Holiday
from huizen.search.house_name import shared_name_as_one
from huizen.search.word_index import WordIndex
from huizen.vocabulary import OfferType
from huizen.words import wall

#: What a word weighs in the title, the kind and what it answers, the summary, the place and who organises, the description.
FIELDS = (240, 150, 120, 90, 60)
#: Moments that were over so long before the clock are left out; a clock that goes back further needs another index.
BEHIND = timedelta(days=1)
#: After this long what is over takes more room than it is worth.
LIFE = timedelta(days=2)


class Index:
    """The offer as the database had it. One thread at a time reads or changes it: take `lock`."""

    def __init__(self, *, generation: int, now: datetime):
        self.lock = threading.Lock()
        # How far the feed was before we read: what changes meanwhile comes after it.
        self.generation = generation
        self.since = now - BEHIND
        #: What fits the words of the latest searches (activities/search/said.py).
        self.said: dict[Hashable, Any] = {}
        self.columns = Columns()
        self.words = WordIndex(FIELDS)
        self.moments = Moments(_school_days())
        self.things = Things.read(day=wall(now).date())
        self.words.read(self._take_in(all_offers()))
        self._put_moments(read_moments(since=self.since), gone=np.empty(0, dtype=np.int64))

    def _take_in(self, offers: Iterable[list[Offer]]) -> Iterator[tuple[str, ...]]:
        """Put all in the columns; gives their texts, in the order of the slots."""
        for some in offers:
            self.columns.put_in(some)
            yield from map(_texts, some)

    def reaches_back_to(self, now: datetime) -> bool:
        """Whether all moments that are coming at this time are here."""
        return self.since <= now

    def is_worn(self, now: datetime) -> bool:
        """Whether too much of it is over, or was read one by one."""
        return now > self.since + LIFE or self.words.is_worn

    def refresh(self, changed: Touched, *, now: datetime) -> None:
        """Read anew what changed; activities that parents no longer see go."""
        ids = sorted(changed.activities)
        # All is read before anything changes: where the database fails, the index stays as it was.
        things = Things.read(day=wall(now).date()) if changed.around else self.things
        offers, sent = (read_offers(ids), read_moments(since=self.since, ids=ids)) if ids else ((), None)
        with self.lock:
            self.things = things
            self.said.clear()
            if ids:
                self._replace(ids, offers, sent)

    def _replace(self, ids: Sequence[int], offers: Sequence[Offer], sent: np.ndarray) -> None:
        gone = self.columns.take_out(ids)
        self.words.take_out(gone.tolist())
        slots = self.columns.put_in(offers)
        for slot, offer in zip(slots.tolist(), offers, strict=True):
            self.words.put_in(slot, _texts(offer), size=self.columns.size)
        self._put_moments(sent, gone=gone)

    def _put_moments(self, sent: np.ndarray, *, gone: np.ndarray) -> None:
        known = self.columns.slot_of
        slots = np.fromiter(
            (known.get(pk, -1) for pk in sent["activity"].tolist()), dtype=np.int64, count=len(sent)
        )
        shown = slots >= 0
        self.moments.replace(sent[shown], slots[shown], gone=gone, size=self.columns.size)


def _texts(offer: Offer) -> tuple[str, ...]:
    return (
        offer.title,
        _KIND_WORDS[offer.offer_type],
        offer.summary,
        f"{offer.place} {offer.organiser} {shared_name_as_one(offer.house)}",
        offer.description,
    )


def _kind_words(kind: OfferType) -> str:
    """What people call a kind of offer: its label and the questions that it answers."""
    return " ".join([kind.label, *(topic.label for topic in TOPICS if kind in topic.offer_types)])


_KIND_WORDS = {kind.value: _kind_words(kind) for kind in OfferType}


def _school_days() -> np.ndarray:
    spans = Holiday.objects.filter(kind=Holiday.Kind.SCHOOL).values_list("starts_on", "ends_on")
    days = [np.arange(day_number(first), day_number(last) + 1) for first, last in spans]
    return np.concatenate(days) if days else np.empty(0, dtype=np.int64)
