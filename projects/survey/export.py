"""All answers of a round as a table: a line a House, a column a question.

For researchers a House is only its number, drawn by lot for this one round, and what Houses wrote in their own words stays out:
words may betray who wrote them. The agency's own file has both.
"""

from collections.abc import Iterator
from typing import Any

from projects.models import Kind, SurveyQuestion, SurveyRound, SurveySubmission


def head(questions: list[SurveyQuestion], *, named: bool) -> list[str]:
    """The heads of the columns."""
    return ["Nummer", *(["Huis"] if named else []), *(head for each in questions for head in _heads(each))]


def rows(round: SurveyRound, questions: list[SurveyQuestion], *, named: bool) -> Iterator[list[Any]]:
    """A line for each House that handed in, by number (one query)."""
    found = SurveySubmission.objects.filter(answer__round=round).latest().select_related("answer__house")
    for row in found:
        house = [row.answer.house.name] if named else []
        cells = [cell for each in questions for cell in _cells(each, row.facts.get(each.key))]
        yield [row.answer.number, *house, *cells]


def asked(round: SurveyRound, *, named: bool) -> list[SurveyQuestion]:
    """The questions that get columns, also versions that were replaced."""
    rows = SurveyQuestion.objects.filter(theme__round=round).select_related("theme")
    rows = rows.order_by("theme__number", "theme_id", "number", "-version", "pk")
    return list(rows if named else rows.exclude(kind=Kind.TEXT))


def _heads(question: SurveyQuestion) -> list[str]:
    text = question.text if question.is_current else f"{question.text} (versie {question.version})"
    if question.kind == Kind.CHOICES:
        return [f"{text}: {option}" for option in question.options]
    if question.kind == Kind.MATRIX:
        return [f"{text}: {row}" for row in question.rows]
    return [text]


def _cells(question: SurveyQuestion, value: Any) -> list[Any]:
    """Numbers stay numbers; a choice is its words; of several choices each is 1 or 0; no answer is empty."""
    if question.kind == Kind.MATRIX:
        chosen = value or {}
        return [_option(question, chosen.get(str(place))) for place in range(len(question.rows))]
    if question.kind == Kind.CHOICES:
        return [None if value is None else int(place in value) for place in range(len(question.options))]
    return [_option(question, value) if question.kind == Kind.CHOICE else value]


def _option(question: SurveyQuestion, place: int | None) -> str | None:
    return None if place is None else question.options[place]
