"""The value of an answer: kept as JSON, told in words (pure).

choice: the place of the option · choices: places · scale: the step · number: a number · text: words · matrix: {row: option},
all places from 0. No answer is no value at all.
"""

from typing import Any

from projects.models import Kind, SurveyQuestion


def in_words(question: SurveyQuestion, value: Any) -> str:
    """An answer as a person reads it; "" for none. A matrix is a line a row."""
    return "\n".join(lines_of(question, value))


def lines_of(question: SurveyQuestion, value: Any) -> list[str]:
    """The same, line by line."""
    if value is None:
        return []
    match question.kind:
        case Kind.CHOICE:
            return [question.options[value]]
        case Kind.CHOICES:
            return [", ".join(question.options[place] for place in value)]
        case Kind.SCALE:
            return [f"{value} op {question.top}"]
        case Kind.NUMBER:
            return [f"{number(value)} {question.unit}".strip()]
        case Kind.MATRIX:
            return [
                f"{row}: {question.options[value[str(place)]]}"
                for place, row in enumerate(question.rows)
                if str(place) in value
            ]
        case _:
            return str(value).splitlines()


def number(value: float) -> str:
    """A number as people write it here: 12 or 12,5."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
