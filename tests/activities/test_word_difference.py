"""Two texts beside each other."""

from hypothesis import given
from hypothesis import strategies as st

from activities.word_difference import Mark, Piece, difference

TEXTS = st.text(alphabet="ab é.,\n", max_size=60)


def text_of(pieces, without):
    return "".join(piece.text for piece in pieces if piece.mark != without)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_in_the_pieces(before, after):
    pieces = difference(before, after)
    assert text_of(pieces, without=Mark.IN) == before
    assert text_of(pieces, without=Mark.OUT) == after


@given(TEXTS)
def test_the_same_text_has_no_mark(text):
    assert {piece.mark for piece in difference(text, text)} <= {Mark.SAME}


def test_only_the_words_that_differ_are_marked():
    assert difference("Kom zingen, elke maandag.", "Kom dansen, elke maandag.") == [
        Piece(Mark.SAME, "Kom "),
        Piece(Mark.OUT, "zingen"),
        Piece(Mark.IN, "dansen"),
        Piece(Mark.SAME, ", elke maandag."),
    ]
