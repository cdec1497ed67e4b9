"""What people type finds what helps them: every example of life among the first five, on the demo network."""

import csv
import datetime as dt
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import override_settings

from activities.question import ask
from activities.search import cards, find, shelf
from demo.network.load import load
from huizen import changes, reference_data
from tests.factories import BRUSSELS

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 4, 9, 0, tzinfo=BRUSSELS)
#: A phrase, its language, and the kinds of offer of which one must be among the first five.
EXAMPLES = list(
    csv.DictReader(
        (Path(__file__).parent / "search_examples.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
    )
)
FIRST = 5


@contextmanager
def undone():
    """What happens here is never committed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def network(django_db_setup, django_db_blocker):
    """One load for all questions of this file, with moments for two months only: it takes seconds."""
    with django_db_blocker.unblock(), undone(), override_settings(SESSION_HORIZON_MONTHS=2):
        reference_data.load()
        load(now=NOW)
        # Nobody else sees what is not committed, and reading it anew for every question takes long.
        changes.forget(before=dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=1))
        changes.reset()
        yield
    shelf.forget()


@pytest.fixture(scope="module")
def fresh_feed():
    """In place of the one that empties the index before each test: nothing changes here, and it takes a second."""


@pytest.fixture(autouse=True)
def apart(network, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def found(words: str):
    question = ask(QueryDict(mutable=False) if not words else _query(words), now=NOW)
    return question, find(question.wanted, now=NOW, stop=FIRST)


def _query(words: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query["q"] = words
    return query


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e["expected"]], ids=lambda e: e["phrase"])
def test_an_example_of_life_finds_what_helps(example):
    _, outcome = found(example["phrase"])
    kinds = [row.offer_type for row in cards(outcome.hits)]
    assert set(kinds) & set(example["expected"].split("|")), kinds


def test_a_house_is_found_by_its_short_name_and_its_municipality():
    for words in ("huis vh kind mol", "hvhk mol", "Huis van het Kind Mol"):
        _, outcome = found(words)
        assert outcome.things[0].title == "Huis van het Kind Baldemore"


def test_only_moments_on_the_asked_half_of_the_day_are_found():
    _, outcome = found("spelen woensdag namiddag")
    starts = {
        (hit.starts_at.astimezone(BRUSSELS).weekday(), hit.starts_at.astimezone(BRUSSELS).hour >= 12)
        for hit in outcome.hits
    }
    assert starts == {(2, True)}
