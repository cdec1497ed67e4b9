"""Everything that is on offer, in memory: built in one pass from PostgreSQL, then brought up to date row by row."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from activities.search.columns import Columns
from activities.search.facts import Offer, day_number, read_moments, read_offers
from activities.search.moments import Moments
from activities.search.things import Things
from activities.topics import TOPICS
from huizen.models import Holiday
from huizen.search.word_index import WordIndex
from huizen.vocabulary import OfferType

#: What a word weighs in the title, the kind and what it answers, the summary, the place and who organises, the description.
FIELDS = (240, 150, 120, 90, 60)
#: Moments that were over so long before the clock are left out; a clock that goes back further needs another index.
BEHIND = timedelta(days=1)
#: After this long what is over takes more room than it is worth.
LIFE = timedelta(days=2)


class Index:
    """The offer as the database had it. One thread at a time reads or changes it: take `lock`."""

    def __init__(self, *, now: datetime):
        self.lock = threading.RLock()
        self.since = now - BEHIND
        self.columns = Columns()
        self.words = WordIndex(FIELDS)
        self.moments = Moments(_school_days())
        self.things = Things.read(day=now.date())
        offers = read_offers()
        slots = self.columns.put_in(offers)
        self.words.read(slots, map(_texts, offers), size=self.columns.size)
        self._put_moments(np.empty(0, dtype=np.int64), None)

    def serves(self, now: datetime) -> bool:
        """Whether the moments that are coming at this time are all here, without too many that are over."""
        return self.since <= now <= self.since + LIFE

    def refresh(self, ids: Sequence[int], *, now: datetime) -> None:
        """Read some activities anew; those that parents no longer see go."""
        gone = self.columns.take_out(ids)
        self.words.take_out(gone.tolist())
        offers = read_offers(ids)
        slots = self.columns.put_in(offers)
        for slot, offer in zip(slots.tolist(), offers, strict=True):
            self.words.put_in(slot, _texts(offer), size=self.columns.size)
        self._put_moments(gone, ids)

    def refresh_things(self, *, now: datetime) -> None:
        """Read Houses and partners anew."""
        self.things = Things.read(day=now.date())

    def _put_moments(self, gone: np.ndarray, ids: Sequence[int] | None) -> None:
        sent = read_moments(since=self.since, ids=ids)
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
        f"{offer.place} {offer.organiser} {offer.house}",
        offer.description,
    )


def _kind_words(kind: OfferType) -> str:
    """What people call a kind of offer: its label and the questions that it answers."""
    return " ".join([kind.label, *(topic.label for topic in TOPICS if kind in topic.offer_types)])


_KIND_WORDS = {kind.value: _kind_words(kind) for kind in OfferType}


def _school_days() -> np.ndarray:
    spans = Holiday.objects.filter(kind=Holiday.Kind.SCHOOL).values_list("starts_on", "ends_on")
    days = [np.arange(day_number(first), day_number(last) + 1) for first, last in spans]
    return np.unique(np.concatenate(days)) if days else np.empty(0, dtype=np.int64)
