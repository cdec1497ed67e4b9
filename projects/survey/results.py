"""How all Houses answered, question by question: how many of each answer, as bars with their numbers (pure).

Under the threshold nothing is counted out: with few answers, who said what could be guessed.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import mean, median
from typing import Any, NamedTuple

from projects.models import Kind, SurveyQuestion
from projects.survey.values import number as number_in_words

#: A number is shown in at most so many stretches.
STRETCHES = 6


class Bar(NamedTuple):
    """One possible answer: how many gave it, now and in the round that is compared (None where there is none)."""

    label: str
    number: int
    percent: int
    is_mine: bool
    before: int | None
    percent_before: int


class Chart(NamedTuple):
    """One question, or one line of a matrix (`row`): how many answered, and the bars; none under the threshold."""

    row: str
    answered: int
    bars: list[Bar]
    summary: str


class Counted(NamedTuple):
    """What is counted of one question: the labels, and for each value the places of the labels that it falls under."""

    labels: list[str]
    places: Callable[[Any], Iterable[int]]


def charts(
    question: SurveyQuestion,
    values: Sequence[Any],
    *,
    mine: Any = None,
    before: Sequence[Any] | None = None,
    least: int = 0,
) -> list[Chart]:
    """The charts of a question: one, or one for each line of a matrix; none for own words.

    `values`: of all who answered; `before`: of the same question in another round; `least`: the threshold.
    """
    if question.kind == Kind.TEXT:
        return []
    if question.kind != Kind.MATRIX:
        counted = _counted(question, [*values, *(before or [])])
        return [_chart("", counted, values, mine, before, least, _summary(question))]
    options = Counted(question.options, lambda value: [value])
    return [
        _chart(row, options, _line(values, place), _of(mine, place), before and _line(before, place), least)
        for place, row in enumerate(question.rows)
    ]


def _chart(
    row: str,
    counted: Counted,
    values: Sequence[Any],
    mine: Any,
    before: Sequence[Any] | None,
    least: int,
    summary: Callable[[Sequence[Any]], str] = lambda values: "",
) -> Chart:
    if not values or len(values) < least:
        return Chart(row, len(values), [], "")
    now = Counter(place for value in values for place in counted.places(value))
    then = Counter(place for value in before or [] for place in counted.places(value))
    is_compared = bool(before) and len(before) >= least
    own = set() if mine is None else set(counted.places(mine))
    bars = [
        Bar(
            label,
            now[place],
            _percent(now[place], len(values)),
            place in own,
            then[place] if is_compared else None,
            _percent(then[place], len(before)) if is_compared else 0,
        )
        for place, label in enumerate(counted.labels)
    ]
    return Chart(row, len(values), bars, summary(values))


def _counted(question: SurveyQuestion, values: Sequence[Any]) -> Counted:
    match question.kind:
        case Kind.CHOICE:
            return Counted(question.options, lambda value: [value])
        case Kind.CHOICES:
            return Counted(question.options, lambda value: value)
        case Kind.SCALE:
            return Counted(question.steps, lambda value: [value - 1])
        case _:
            return _stretches(values)


def _stretches(values: Sequence[float]) -> Counted:
    """Equal stretches of a round width, from zero to the greatest number."""
    top = max(values, default=0)
    width = _width(top)
    labels = [
        number_in_words(start)
        if width == 1
        else f"{number_in_words(start)} tot {number_in_words(start + width - 1)}"
        for start in range(0, int(top) + 1, width)
    ]
    return Counted(labels, lambda value: [int(value // width)])


def _width(top: float) -> int:
    """1, 2 or 5 times a power of ten: the smallest of which so many stretches hold all."""
    power = 1
    while True:
        for times in (1, 2, 5):
            if math.floor(top / (times * power)) < STRETCHES:
                return times * power
        power *= 10


def _summary(question: SurveyQuestion) -> Callable[[Sequence[Any]], str]:
    match question.kind:
        case Kind.SCALE:
            return lambda values: f"gemiddeld {number_in_words(mean(values))} op {question.top}"
        case Kind.NUMBER:
            return lambda values: (
                f"de helft antwoordde {number_in_words(median(values))} {question.unit} of minder"
            )
        case _:
            return lambda values: ""


def _line(values: Sequence[dict], place: int) -> list[int]:
    """What was chosen in one line of a matrix, by who answered that line."""
    return [chosen for value in values if (chosen := _of(value, place)) is not None]


def _of(value: dict | None, place: int) -> int | None:
    return None if value is None else value.get(str(place))


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
