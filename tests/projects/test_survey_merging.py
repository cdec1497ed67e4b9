"""Two people answer at once: nothing that only one of them typed is lost, and where both did both are shown."""

from hypothesis import given
from hypothesis import strategies as st

from projects.survey.merging import Both, merge, seen_after

FACTS = st.dictionaries(st.sampled_from("abc"), st.sampled_from([0, 1, "x", [1], {"0": 1}]), max_size=3)


def test_what_only_one_changed_is_kept_of_both():
    merged = merge(base={"a": 1, "b": 1}, mine={"a": 2, "b": 1}, theirs={"a": 1, "b": 3})
    assert merged == ({"a": 2, "b": 3}, [])


def test_where_both_changed_the_other_stands_until_somebody_chooses():
    assert merge(base={"a": 1}, mine={"a": 2}, theirs={"a": 3}) == ({"a": 3}, [Both("a", 2, 3)])


def test_an_answer_that_was_taken_back_is_a_change_too():
    assert merge(base={"a": 1}, mine={}, theirs={"a": 3}) == ({"a": 3}, [Both("a", None, 3)])
    assert merge(base={"a": 1}, mine={}, theirs={"a": 1}) == ({}, [])


@given(base=FACTS, mine=FACTS)
def test_alone_everything_is_as_i_typed(base, mine):
    assert merge(base=base, mine=mine, theirs=base) == (mine, [])


@given(base=FACTS, mine=FACTS, theirs=FACTS)
def test_nothing_stands_that_nobody_typed(base, mine, theirs):
    merged = merge(base=base, mine=mine, theirs=theirs)
    assert all(value in (mine.get(key), theirs.get(key)) for key, value in merged.facts.items())
    assert {one.key for one in merged.both} == {
        key
        for key in {**mine, **theirs}
        if mine.get(key) != base.get(key) != theirs.get(key) and mine.get(key) != theirs.get(key)
    }


@given(base=FACTS, mine=FACTS, theirs=FACTS)
def test_keeping_once_more_what_the_page_shows_changes_nothing(base, mine, theirs):
    kept = merge(base=base, mine=mine, theirs=theirs).facts
    again = merge(base=seen_after(base=base, mine=mine, kept=kept), mine=mine, theirs=kept)
    assert again.facts == kept


@given(base=FACTS, mine=FACTS, theirs=FACTS)
def test_who_has_seen_both_and_chooses_hers_has_it(base, mine, theirs):
    first = merge(base=base, mine=mine, theirs=theirs)
    chosen = first.facts | {one.key: one.mine for one in first.both if one.mine is not None}
    second = merge(base=first.facts, mine=chosen, theirs=first.facts)
    assert second == (chosen, [])
