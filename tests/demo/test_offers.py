"""The bank of offers: every kind is there, in short plain sentences."""

import re

import pytest

from activities.models import Schedule
from demo.network.activities import SIGN_UP, SPECIALS
from demo.network.offers import shapes, words
from huizen.models import Location
from huizen.vocabulary import AGE_MAX, AGE_MIN, LifeDomain, OfferType

ENTRIES = [(kind, entry) for kind, entries in words().items() for entry in entries]
LONGEST_SENTENCE = 20


def test_every_kind_can_be_told_in_four_ways():
    assert [kind for kind in OfferType if len(words()[kind]) < 4] == []


def test_no_title_stands_twice():
    titles = [entry.title for _, entry in ENTRIES]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(("kind", "entry"), ENTRIES, ids=[entry.title for _, entry in ENTRIES])
def test_sentences_are_short_and_plain(kind, entry):
    text = f"{entry.summary} {entry.description}"
    too_long = [s for s in re.split(r"[.?!]\s", text) if len(s.split()) > LONGEST_SENTENCE]
    assert too_long == []
    assert (
        re.findall(r"doelgroep|laagdrempelig|aanbodsvorm|kansarm|kwetsbaar|\bu\b|\buw\b", text.lower()) == []
    )


def test_ages_are_ages():
    for _, entry in ENTRIES:
        if entry.ages:
            low, high = entry.ages
            assert AGE_MIN <= low < high <= AGE_MAX


@pytest.mark.parametrize("kind", list(OfferType))
def test_every_kind_has_a_shape_that_the_portal_knows(kind):
    shape = shapes()[kind]
    assert set(shape.kinds) <= set(Schedule.Kind)
    assert set(shape.sign_up) <= set(SIGN_UP)
    assert set(shape.domains) <= set(LifeDomain)
    assert shape.where == "home" or shape.where in set(Location.Kind)


def test_baldemore_has_something_every_day():
    assert {special.weekday for special in SPECIALS} == set(range(7))


@pytest.mark.parametrize(
    "word",
    [
        "baby slaapt niet",
        "driftbuien",
        "zindelijk",
        "schermtijd",
        "gepest",
        "scheiden",
        "kindergeld",
        "pampers",
    ],
)
def test_life_s_words_can_be_found(word):
    assert any(word in f"{e.title} {e.summary} {e.description}".lower() for _, e in ENTRIES)
