"""What people type, six languages and all: each phrase finds what helps, and nothing is read into it that she did not say.

The phrases were written down before anybody looked at the words of ours, and corrected afterwards where the
expectation was wrong; the note says so.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.question import words_less
from activities.search import cards, find
from huizen.search.meaning.sentence import MOST_LETTERS
from huizen.vocabulary import OfferType
from tests.demo.search.asking import found
from tests.factories import NOW


def _phrases(name: str) -> list[dict]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


pytestmark = pytest.mark.django_db
PHRASES = _phrases("phrases_blind.tsv") + _phrases("phrases_blind_second.tsv")
LANGUAGES = ("nl", "fr", "en", "tr", "ar", "uk")
#: Nothing that anybody could mean.
NONSENSE = "nothing"
HOUSE = "house:"
#: What a program reads of each result.
RESULT = {
    "kind",
    "title",
    "url",
    "offer_type",
    "element",
    "house",
    "place",
    "distance_km",
    "next_session",
}


def _helps(outcome, expected: set[str]) -> bool:
    kinds = {row.offer_type for row in cards(outcome.hits)}
    houses = {thing.title for thing in outcome.things if thing.kind == "house"}
    names = {f"Huis van het Kind {code.removeprefix(HOUSE)}" for code in expected if code.startswith(HOUSE)}
    return bool(kinds & expected or houses & names)


def _wrong(row: dict) -> str:
    """What is wrong with what a phrase finds; nothing where all is well."""
    question, outcome = found(row["phrase"])
    taken = ";".join(f"{choice.name}={choice.value}" for choice in question.taken)
    if taken != row["choices"]:
        return f"understood {taken}"
    if row["expected"] == NONSENSE:
        return f"found {outcome.total}" if outcome.total or outcome.things else ""
    if not row["expected"]:
        return "" if outcome.total else "found nothing"
    is_found = _helps(outcome, set(row["expected"].split("|")))
    return "" if is_found else f"found {[card.offer_type for card in cards(outcome.hits)]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_finds_what_helps_among_the_first_five(language):
    asked = [row for row in PHRASES if row["language"] == language]
    assert {row["phrase"]: wrong for row in asked if (wrong := _wrong(row))} == {}


def test_all_kinds_of_offer_are_asked_for_in_six_languages():
    assert {row["language"] for row in PHRASES} == set(LANGUAGES)
    asked = {code for row in PHRASES for code in row["expected"].split("|")}
    assert set(OfferType.values) - asked == {OfferType.OTHER}


def test_a_word_that_is_right_in_another_language_is_never_mended():
    for words in ("mijn man slaat mij", "mon fils n'écoute pas", "louer vélo enfant", "newborn help at home"):
        _, outcome = found(words)
        assert (words, outcome.corrected, outcome.things) == (words, "", ())


@pytest.mark.parametrize(
    "words", ["babymassage geel", "onthaalouder mol", "kleertjes krijgen mol", "luierbank antwerpen"]
)
def test_the_nearest_of_what_is_asked_is_among_the_first_five(words):
    question, _ = found(words)
    outcome = find(question.wanted, now=NOW, stop=500)
    hits = list(zip(outcome.hits, cards(outcome.hits), strict=True))
    kind = hits[0][1].offer_type
    nearest = min(hit.distance_km for hit, card in hits if card.offer_type == kind)
    assert nearest in [hit.distance_km for hit, _ in hits[:5]]


def test_what_goes_on_without_dates_is_shown_where_nothing_happens_then_and_the_page_says_so():
    question, outcome = found("babysitter vanavond")
    assert question.taken == ()
    assert question.notes == ("We vonden niets voor 'vanavond'. Dit is er op een ander moment.",)
    assert {row.offer_type for row in cards(outcome.hits)} >= {"occasional_childcare"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    phrases=st.lists(st.sampled_from([row["phrase"] for row in PHRASES]), min_size=1, max_size=4),
    between=st.sampled_from([" ", ", ", " en ", "\n", "  - ", "", "!? ", " 12 ", "\u200f"]),
)
def test_whatever_is_typed_is_read_and_each_choice_can_be_taken_back(phrases, between):
    text = between.join(phrases)
    question, _ = found(text)
    for choice in question.taken:
        assert choice.typed in text
        assert choice.typed not in words_less(text, choice.typed) or text.count(choice.typed) > 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=2 * MOST_LETTERS))
def test_no_text_at_all_is_too_much(text):
    question, _ = found(text)
    assert all(choice.typed in text for choice in question.taken)


def test_programs_find_the_same(client):
    """Only the shape: a program cannot say what time it is, and the demo of this file is of another day."""
    for row in PHRASES[::20]:
        answer = client.get("/api/zoek", {"q": row["phrase"]}).json()
        assert set(answer) == {"total", "page", "results", "understood", "counts", "notes"}
        assert all(choice["typed"] in row["phrase"] for choice in answer["understood"]["choices"])
        for result in answer["results"]:
            assert set(result) >= RESULT


def test_who_finds_nothing_gets_a_way_on(client):
    for row in PHRASES:
        if row["expected"] == NONSENSE:
            page = client.get("/activiteiten/", {"q": row["phrase"]}).content.decode()
            assert 'href="/activiteiten/"' in page
            assert 'href="/huizen/"' in page
