"""How easy a Dutch text reads, told to who writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizen.plain_words import hard_words
from huizen.readability import readability, syllables

EASY = "Je kind speelt. Jij drinkt iets. Er is altijd iemand die luistert. Je mag ook vragen om hulp met een brief."
HARD = (
    "Met het oog op de opvoedingsondersteuning van kwetsbare gezinnen organiseren wij, in het kader van onze "
    "multidisciplinaire dienstverlening, laagdrempelige vormingsmomenten waarbij participatie centraal staat."
)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("kind", 1), ("baby", 2), ("spelen", 2), ("leeuw", 1), ("nieuw", 1), ("mooie", 2), ("ouders", 2),
        ("ideeën", 3), ("coördinator", 5), ("vrij", 1), ("opvoedingsondersteuning", 7), ("pst", 1), ("ruim", 1),
    ],
)  # fmt: skip
def test_syllables_are_what_is_said_in_one_breath(word, number):
    assert syllables(word) == number


def test_the_figure_is_that_of_douma():
    # 20 words of one syllable in four sentences of five: 206.84 − 77 − 4.65.
    assert readability("De kat zit op mat. " * 4).figure == 100
    # 20 words of three syllables in one sentence: 206.84 − 231 − 18.6.
    assert readability("wandelen " * 20).figure == 0
    # 10 of one and 10 of two syllables in two sentences of ten: 206.84 − 115.5 − 9.3.
    assert readability("kat baby " * 5 + ". " + "kat baby " * 5 + ".").figure == 82


def test_an_easy_text_is_fine_and_a_hard_one_says_what_to_mend():
    easy, hard = readability(EASY), readability(HARD)
    assert (easy.is_fine, easy.level, easy.hard, easy.long_sentences) == (True, "heel makkelijk", (), ())
    assert (hard.is_fine, hard.level, len(hard.long_sentences)) == (False, "moeilijk", 1)
    assert ("laagdrempelig", "makkelijk om binnen te lopen") in hard.hard
    assert ("met het oog op", "om") in hard.hard
    assert "opvoedingsondersteuning" in hard.long_words


def test_a_few_words_get_no_figure():
    assert readability("Samen zingen").figure is None
    assert readability("").level == ""


def test_no_easier_word_is_itself_on_the_list():
    listed = hard_words()
    assert set(listed) & set(listed.values()) == set()
    assert len(listed) > 120


@given(text=st.text())
def test_no_text_raises(text):
    found = readability(text)
    assert found.figure is None or 0 <= found.figure <= 100
    assert found.words >= 0
