"""Words find texts: in any form, taken apart, unfinished or misspelt, in the most telling place first."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen.search.compounds import parts
from huizen.search.house_name import shared_name_as_one
from huizen.search.matching import match
from huizen.search.spelling import Spelling
from huizen.search.stems import stem
from huizen.search.text import folded, tokens
from huizen.search.word_index import WordIndex

WEIGHTS = (240, 60)


def index(*titles, texts=()):
    """An index over titles, with a longer text beside each."""
    words = WordIndex(WEIGHTS)
    texts = [*texts, *[""] * (len(titles) - len(texts))]
    words.read(zip(titles, texts, strict=True))
    return words


def found(words, text):
    """The texts that hold every known word, the best first."""
    outcome = match(words, text)
    fits = [n for n in range(words.size) if outcome.words and outcome.fits[n] == outcome.words]
    return sorted(fits, key=lambda n: -outcome.scores[n])


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("slaapt", "slapen"),
        ("groepen", "groep"),
        ("kinderen", "kind"),
        ("speelt", "spelen"),
        ("mama's", "mama"),
        ("ZWANGERE", "zwanger"),
    ],
)
def test_forms_of_a_word_are_one(typed, means):
    assert stem(tokens(typed)[0]) == stem(means)


def test_letters_of_other_scripts_are_folded_too():
    assert folded("Crèche") == "creche"
    assert folded("أطفال") == folded("اطفال")
    assert tokens("Baby's: 0-3!") == ["baby", "s", "0", "3"]


@pytest.mark.parametrize(
    ("word", "apart"),
    [
        ("speelgroep", ("speel", "groep")),
        ("gezinsbond", ("zin", "bond")),
        ("kinderopvang", ("kind", "opvang")),
        ("vadergroep", ("vader", "groep")),
        ("groep", ()),
        ("onbekendewoorden", ()),
    ],
)
def test_compounds_are_taken_apart_into_words_that_we_know(word, apart):
    known = {stem(w) for w in ("spelen", "groep", "gezin", "bond", "kind", "opvang", "vader")}
    assert parts(word, known) == apart


def test_a_compound_and_its_parts_find_each_other():
    words = index("Speelgroep", "Spelen in een groep", "Zingen in een groep")
    assert found(words, "speelgroep") == [0, 1]
    assert set(found(words, "spelen groep")) == {0, 1}


def test_the_title_weighs_more_than_the_text():
    words = index("Zingen", "Spelen", texts=("Ook spelen", "Ook zingen"))
    assert found(words, "zingen") == [0, 1]
    assert found(words, "spelen") == [1, 0]


def test_the_last_word_need_not_be_finished():
    words = index("Babymassage", "Zingen")
    assert found(words, "babymas") == [0]
    assert found(words, "babymas zingen") == [1]


def test_words_that_say_nothing_are_not_asked_for():
    assert found(index("Zingen met je kind"), "ik wil met mijn kind zingen") == [0]
    assert match(index("Zingen"), "ik wil met mijn").words == 0


def test_a_slip_is_mended_at_once_where_nothing_is_found():
    outcome = match(index("Zingen met peuters"), "zinngen peuters")
    assert (outcome.corrected, outcome.suggestion) == ("zingen peuters", "")
    assert outcome.fits.tolist() == [2]


def test_words_that_look_like_it_are_suggested_where_the_typed_ones_found_something():
    words = index("Koper", *[f"Kopen {n}" for n in range(60)])
    outcome = match(words, "koper")
    assert (outcome.corrected, outcome.suggestion) == ("", "kopen")
    assert outcome.scores.argmax() == 0


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("zinen", {"zingen": 1}),
        ("zignen", {"zingen": 1}),
        ("zzingen", {"zingen": 1}),
        ("zi", {}),
        ("12345", {}),
    ],
)
def test_one_slip_away(typed, near):
    assert Spelling(["zingen", "12346"]).near(typed) == near


def test_two_slips_in_a_long_word():
    assert Spelling(["consultatiebureau"]).near("consultasieburau") == {"consultatiebureau": 2}


def test_a_house_by_any_of_its_short_names_is_one_word():
    named = {shared_name_as_one(name) for name in ("Huis van het Kind Mol", "hvhk mol", "huis vh kind Mol")}
    assert named == {"huisvanhetkind mol"}


# A text that changes.
def test_texts_come_and_go():
    words = index("Zingen", "Spelen")
    words.take_out([0])
    words.put_in(0, ("Dansen", ""), size=2)
    words.put_in(2, ("Dansgroep", "Een groep"), size=3)
    assert [found(words, text) for text in ("zingen", "spelen", "dansen", "dansgroep")] == [
        [],
        [1],
        [0, 2],
        [2],
    ]
    words.take_out([0, 2])
    assert found(words, "dansen") == []


words_of_titles = st.lists(st.text(string.ascii_lowercase, min_size=5, max_size=11), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(titles=st.lists(words_of_titles, min_size=1, max_size=6), data=st.data())
def test_a_typing_error_in_any_word_of_five_letters_still_finds_the_title(titles, data):
    words = index(*(" ".join(title) for title in titles))
    number = data.draw(st.integers(0, len(titles) - 1))
    word = data.draw(st.sampled_from(titles[number]))
    typed = data.draw(st.sampled_from(sorted(slips(word))))
    assert match(words, typed).fits[number] == 1
    rest = [typed if other == word else other for other in titles[number]]
    outcome = match(words, " ".join(rest))
    assert outcome.fits[number] == outcome.words


def test_a_slip_that_is_a_word_of_ours_finds_that_word_first_and_the_title_after_it():
    words = index("Thuis leren", "Dag in huis", "Spelen in de tuin")
    found = match(words, "huis").scores
    assert found[1] > found[0] > found[2] == 0


def slips(word: str) -> set[str]:
    """A letter dropped, doubled, exchanged with the next, or another one."""
    made = set()
    for n in range(len(word)):
        made |= {word[:n] + word[n + 1 :], word[:n] + word[n] + word[n:], word[:n] + "q" + word[n + 1 :]}
        if n:
            made.add(word[: n - 1] + word[n] + word[n - 1] + word[n + 1 :])
    return made - {word}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_question_however_odd_raises(text):
    match(index("Zingen met peuters", "Ouder-kind-yoga é 12"), text)


@settings(max_examples=40, deadline=None)
@given(st.lists(words_of_titles, min_size=1, max_size=8), st.data())
def test_changed_texts_are_found_as_if_they_had_been_there_from_the_start(titles, data):
    """Read at once, or one by one after each other: the same words find the same texts."""
    texts = [" ".join(title) for title in titles]
    first = data.draw(st.integers(0, len(texts)))
    grown = index(*texts[:first])
    for number in range(first, len(texts)):
        grown.put_in(number, (texts[number], ""), size=number + 1)
    whole = index(*texts)
    for title in titles:
        at_once, later = match(whole, title[0]), match(grown, title[0])
        assert (at_once.fits > 0).tolist() == (later.fits > 0).tolist()
