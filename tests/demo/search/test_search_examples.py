"""What people type finds what helps them: every example of life among the first five, on the demo network."""

import csv
from pathlib import Path

import pytest

from activities.search import cards
from tests.demo.search.asking import found
from tests.factories import BRUSSELS

pytestmark = pytest.mark.django_db
#: A phrase, its language, and the kinds of offer of which one must be among the first five.
EXAMPLES = list(
    csv.DictReader(
        (Path(__file__).parent / "search_examples.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
    )
)


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
