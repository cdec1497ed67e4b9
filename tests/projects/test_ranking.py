"""The ranking of a jury: a weighted mean, the same in whatever order points come, with ties by name."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.application.jury import written
from projects.application.ranking import Place, mean_of, ranking, weighted_mean


def of_size(size: int):
    """Weights by criterion, that are 100 together or not, and what up to four members gave."""
    row = st.lists(st.integers(0, 10), min_size=size, max_size=size).map(lambda each: dict(enumerate(each)))
    weights = st.lists(st.integers(1, 100), min_size=size, max_size=size).map(
        lambda each: dict(enumerate(each))
    )
    return st.tuples(weights, st.lists(row, min_size=1, max_size=4))


JUDGED = st.integers(1, 4).flatmap(of_size)


@given(JUDGED, st.data())
def test_the_order_of_members_and_criteria_changes_nothing(case, data):
    weights, members = case
    shuffled = [dict(reversed(each.items())) for each in data.draw(st.permutations(members))]
    assert mean_of(shuffled, weights) == mean_of(members, weights)


@given(JUDGED)
def test_a_mean_lies_between_the_least_and_the_most_points(case):
    weights, members = case
    given_points = [points for each in members for points in each.values()]
    assert min(given_points) <= mean_of(members, weights) <= max(given_points)


@given(JUDGED, st.integers(2, 9))
def test_only_how_weights_relate_counts(case, times):
    weights, members = case
    assert mean_of(members, {key: weight * times for key, weight in weights.items()}) == mean_of(
        members, weights
    )


@given(JUDGED, st.data())
def test_one_point_more_never_makes_it_worse(case, data):
    weights, members = case
    key = data.draw(st.sampled_from(sorted(weights)))
    better = [members[0] | {key: min(10, members[0][key] + 1)}, *members[1:]]
    assert mean_of(better, weights) >= mean_of(members, weights)


@given(st.dictionaries(st.integers(0, 50), st.none() | st.fractions(0, 10, max_denominator=40), max_size=8))
def test_places_follow_the_means_and_equals_name_each_other(means):
    places = ranking(means)
    again = ranking(dict(reversed(means.items())))
    assert {each.key: (each.place, set(each.equals)) for each in places} == {
        each.key: (each.place, set(each.equals)) for each in again
    }
    for each in places:
        better = sum(
            mean is not None and each.mean is not None and mean > each.mean for mean in means.values()
        )
        assert each.place == (None if each.mean is None else better + 1)
        assert set(each.equals) == {
            key for key, mean in means.items() if key != each.key and mean == each.mean and mean is not None
        }
    known = [mean for mean in means.values() if mean is not None]
    assert [each.mean for each in places if each.mean is not None] == sorted(known, reverse=True)


def test_a_weight_counts():
    assert weighted_mean({1: 10, 2: 0}, {1: 60, 2: 40}) == 6


def test_who_was_not_judged_stands_last_without_a_place():
    assert ranking({1: None, 2: Fraction(7)}) == [Place(2, Fraction(7), 1), Place(1, None, None)]


def test_after_two_that_are_equal_comes_the_third():
    found = ranking({1: Fraction(8), 2: Fraction(8), 3: Fraction(7)})
    assert [(each.key, each.place, each.equals) for each in found] == [(1, 1, (2,)), (2, 1, (1,)), (3, 3, ())]


def test_thirds_are_exact():
    """Three means of a third are one whole: as rounded numbers they would not be."""
    thirds = [{1: 3, 2: 3}, {1: 3, 2: 4}, {1: 4, 2: 3}]
    assert mean_of(thirds, {1: 1, 2: 2}) == mean_of(reversed(thirds), {1: 1, 2: 2}) == Fraction(10, 3)


@pytest.mark.parametrize(
    ("mean", "words"),
    [(Fraction(20, 3), "6,67"), (Fraction(10), "10,00"), (Fraction(0), "0,00"), (Fraction(1, 200), "0,01")],
)
def test_a_mean_is_read_with_two_decimals(mean, words):
    assert written(mean) == words
