"""What all Houses answered: counted, beside another round, under a threshold nothing; and as a file."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.models import Kind, SurveyQuestion
from projects.survey.results import charts
from projects.survey.values import in_words, number


def question(kind, **facts):
    return SurveyQuestion(kind=kind, text="Vraag", **facts)


CHOICE = question(Kind.CHOICE, options=["a", "b", "c"])
CHOICES = question(Kind.CHOICES, options=["a", "b"])
SCALE = question(Kind.SCALE, top=5, low_label="niet", high_label="heel")
NUMBER = question(Kind.NUMBER, unit="uren")
MATRIX = question(Kind.MATRIX, options=["goed", "matig"], rows=["x", "y"])


def bars(chart):
    return [(bar.label, bar.number, bar.percent) for bar in chart.bars]


def test_a_choice_is_a_bar_an_option():
    [chart] = charts(CHOICE, [0, 0, 2, 0], mine=2)
    assert bars(chart) == [("a", 3, 75), ("b", 0, 0), ("c", 1, 25)]
    assert [bar.is_mine for bar in chart.bars] == [False, False, True]


def test_of_several_choices_the_percentages_are_of_who_answered():
    [chart] = charts(CHOICES, [[0, 1], [1]])
    assert bars(chart) == [("a", 1, 50), ("b", 2, 100)]


def test_a_scale_says_its_ends_and_its_mean():
    [chart] = charts(SCALE, [1, 2, 5])
    assert [bar.label for bar in chart.bars] == ["1 – niet", "2", "3", "4", "5 – heel"]
    assert chart.summary == "gemiddeld 2,67 op 5"


def test_a_number_is_counted_in_round_stretches():
    [chart] = charts(NUMBER, [3, 12.5, 55])
    assert [label for label, _, _ in bars(chart)] == [
        "0 tot 9",
        "10 tot 19",
        "20 tot 29",
        "30 tot 39",
        "40 tot 49",
        "50 tot 59",
    ]
    assert [bar.number for bar in chart.bars] == [1, 1, 0, 0, 0, 1]
    assert chart.summary == "de helft antwoordde 12,5 uren of minder"


def test_a_matrix_is_a_chart_a_line():
    first, second = charts(MATRIX, [{"0": 1}, {"0": 1, "1": 0}], mine={"1": 0})
    assert (first.row, first.answered, bars(first)) == ("x", 2, [("goed", 0, 0), ("matig", 2, 100)])
    assert (second.row, second.answered, [bar.is_mine for bar in second.bars]) == ("y", 1, [True, False])


def test_own_words_have_no_chart():
    assert charts(question(Kind.TEXT), ["Veel"]) == []


@pytest.mark.parametrize("asked", [CHOICE, SCALE, NUMBER])
def test_under_the_threshold_nothing_is_counted_out(asked):
    [chart] = charts(asked, [1, 1], mine=1, least=3)
    assert (chart.answered, chart.bars, chart.summary) == (2, [], "")
    [chart] = charts(asked, [1, 1, 1], before=[1, 1], least=3)
    assert {bar.before for bar in chart.bars} == {None}


def test_another_round_stands_beside_it():
    [chart] = charts(CHOICE, [0, 1], before=[1, 1, 1, 0])
    assert [(bar.before, bar.percent_before) for bar in chart.bars] == [(1, 25), (3, 75), (0, 0)]


@given(st.lists(st.integers(0, 10**11).map(lambda cents: cents / 100), min_size=1, max_size=9))
def test_every_number_falls_in_one_stretch(values):
    [chart] = charts(NUMBER, values)
    assert len(chart.bars) <= 6
    assert sum(bar.number for bar in chart.bars) == len(values)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=40))
def test_the_bars_are_the_answers(values):
    [chart] = charts(CHOICE, values)
    assert {place: bar.number for place, bar in enumerate(chart.bars) if bar.number} == Counter(values)


def test_answers_read_as_people_say_them():
    assert [
        in_words(asked, value)
        for asked, value in (
            (CHOICE, 1),
            (CHOICES, [0, 1]),
            (SCALE, 4),
            (NUMBER, 12.5),
            (MATRIX, {"1": 0}),
            (question(Kind.TEXT), "Eén\ntwee"),
            (CHOICE, None),
        )
    ] == ["b", "a, b", "4 op 5", "12,5 uren", "y: goed", "Eén\ntwee", ""]
    assert number(1000) == "1000"
