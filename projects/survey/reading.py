"""What was answered, read for a page: of all Houses in a round, and of one House before; a fixed number of queries."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from projects.models import SurveyAnswer, SurveyQuestion, SurveyRound, SurveySubmission, SurveyTheme
from projects.survey.results import Chart, charts
from projects.survey.values import in_words


class Rate(NamedTuple):
    """How many Houses were asked, how many handed in."""

    asked: int
    submitted: int

    @property
    def percent(self) -> int:
        return round(100 * self.submitted / self.asked) if self.asked else 0


class Result(NamedTuple):
    """One question with its charts, the words that Houses wrote, and its former versions.

    `compared`: "" or why the other round is not shown beside it.
    """

    question: SurveyQuestion
    charts: list[Chart]
    words: list[str]
    mine: str
    compared: str


class Former(NamedTuple):
    """What a House answered in an earlier round; `is_same`: to the very same question."""

    round: str
    words: str
    is_same: bool


def with_rate(rounds: QuerySet[SurveyRound]) -> QuerySet[SurveyRound]:
    """Rounds with `asked` and `submitted`."""
    handed_in = Q(answers__submitted_at__isnull=False, answers__reopened_at=None)
    return rounds.annotate(asked=Count("answers"), submitted=Count("answers", filter=handed_in))


def rate_of(round: SurveyRound) -> Rate:
    """The response rate of a round."""
    return Rate(round.answers.count(), round.answers.submitted().count())


def facts_of(round: SurveyRound, *, as_closed: bool = False) -> list[dict[str, Any]]:
    """What each House handed in last, in the order of their numbers. `as_closed`: what was mended later does not count."""
    rows = SurveySubmission.objects.filter(answer__round=round)
    if as_closed:
        rows = rows.filter(Q(version=1) | Q(submitted_at__date__lte=round.closes_on))
    return list(rows.latest().values_list("facts", flat=True))


def results(
    round: SurveyRound,
    *,
    other: SurveyRound | None = None,
    mine: dict[str, Any] | None = None,
    with_words: bool = False,
) -> list[tuple[SurveyTheme, list[Result]]]:
    """All questions by theme (five queries; nine with `other`), former versions that were answered after the current one.

    `mine`: what one House handed in; then the thresholds hold, nobody's own words are shown, and all stays as it was when
    the round closed: else the bar that moves would tell what a House mended later.
    """
    asked, for_house = SurveyRound.objects.with_questions().get(pk=round.pk), mine is not None
    facts = facts_of(round, as_closed=for_house)
    before = _former_values(other, as_closed=for_house) if other else {}
    least = round.least_shown if for_house else 0
    found = []
    for theme in asked.themes.all():
        lines = []
        for question in sorted(theme.questions.all(), key=lambda each: (each.number, -each.version)):
            values = [each[question.key] for each in facts if question.key in each]
            if question.is_current or values:
                own = (mine or {}).get(question.key)
                then, why = _beside(question, before, least) if other else (None, "")
                drawn = charts(question, values, mine=own, before=then, least=least)
                words = values if with_words and not drawn else []
                lines.append(Result(question, drawn, words, in_words(question, own), why))
        found.append((theme, lines))
    return found


def _former_values(other: SurveyRound, *, as_closed: bool) -> dict[Any, dict[int, list[Any]]]:
    """By lineage, then version: what Houses answered in another round."""
    facts = facts_of(other, as_closed=as_closed)
    found: dict[Any, dict[int, list[Any]]] = {}
    for question in SurveyQuestion.objects.filter(theme__round=other):
        values = [each[question.key] for each in facts if question.key in each]
        found.setdefault(question.lineage, {})[question.version] = values
    return found


def _beside(question: SurveyQuestion, before: dict, least: int) -> tuple[list[Any] | None, str]:
    """The values of the very same question, or why they are not shown."""
    versions = before.get(question.lineage)
    if versions is None:
        return None, "Toen niet gevraagd."
    if question.version not in versions:
        return None, "Toen anders gevraagd, dus niet te vergelijken."
    values = versions[question.version]
    if not values or len(values) < least:
        return None, "Toen te weinig antwoorden om te vergelijken."
    return values, ""


def former_of(answer: SurveyAnswer) -> dict[str, Former]:
    """What the same House answered in the round before, by question of now (three queries)."""
    earlier = SurveySubmission.objects.filter(
        answer__house=answer.house_id, answer__round__closes_on__lt=answer.round.opens_on
    )
    last = earlier.select_related("answer__round").order_by("-answer__round__closes_on", "-version").first()
    if last is None:
        return {}
    then = {
        question.lineage: question
        for question in SurveyQuestion.objects.filter(pk__in=[key for key in last.facts if key.isdigit()])
    }
    return {
        question.key: Former(
            last.answer.round.name, in_words(old, last.facts[old.key]), old.version == question.version
        )
        for question in _current(answer.round_id)
        if (old := then.get(question.lineage))
    }


def _current(round_id: int) -> Iterator[SurveyQuestion]:
    yield from SurveyQuestion.objects.filter(theme__round=round_id, is_current=True)
