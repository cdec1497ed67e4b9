"""What two people wrote, as one text: nothing that one of them wrote is lost, and what clashes is said."""

from hypothesis import given
from hypothesis import strategies as st

from partners.minutes_body import Clash, Noted, Written, decisions_of, joined, tidy

TEXTS = st.sampled_from(["", "Dag", "Nacht", "Alles goed"])
NOTED = st.builds(Noted, TEXTS, TEXTS)
WRITTEN = st.builds(Written, TEXTS, st.dictionaries(st.integers(1, 3), NOTED, max_size=3))


def test_what_was_written_in_other_places_is_joined():
    base = Written("", {1: Noted("oud")})
    theirs = Written("", {1: Noted("oud"), 2: Noted("van haar")})
    mine = Written("algemeen", {1: Noted("nieuw")})
    together, clashes = joined(base, theirs, mine)
    assert together == Written("algemeen", {1: Noted("nieuw"), 2: Noted("van haar")})
    assert clashes == []


def test_what_was_written_in_one_place_clashes_and_keeps_mine():
    base, theirs = Written(), Written("", {1: Noted("van haar", "Ja")})
    together, clashes = joined(base, theirs, Written("", {1: Noted("van mij", "Ja")}))
    assert together.points[1] == Noted("van mij", "Ja")
    assert clashes == [Clash(1, "notes", "van haar", "van mij")]


@given(base=WRITTEN, theirs=WRITTEN)
def test_who_wrote_nothing_loses_nothing_of_the_other(base, theirs):
    together, clashes = joined(base, theirs, base)
    assert clashes == []
    for key, noted in theirs.points.items():
        assert together.points[key] == noted


@given(base=WRITTEN, mine=WRITTEN, theirs=WRITTEN)
def test_every_word_of_mine_stands_and_every_other_of_theirs_stands_or_clashes(base, mine, theirs):
    together, clashes = joined(base, theirs, mine)
    told = {(clash.key, clash.name) for clash in clashes}
    for key, noted in mine.points.items():
        for name in ("notes", "decisions"):
            was, their = (getattr(one.points.get(key, Noted()), name) for one in (base, theirs))
            my = getattr(noted, name)
            assert getattr(together.points[key], name) == (their if my in (was, their) else my)
            assert ((key, name) in told) == (my not in (was, their) and their != was)


def test_line_ends_and_empty_lines_are_no_difference():
    sent = Written("a\r\nb ", {1: Noted("x\r\n", "Ja\r\n\r\n  Nee ")})
    assert tidy(sent) == Written("a\nb", {1: Noted("x", "Ja\nNee")})
    assert decisions_of(Noted("", "Ja\n\n Nee")) == ["Ja", "Nee"]
