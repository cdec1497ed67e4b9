"""A round of the survey: made (empty, or as a copy of a former one), changed, released to all Houses."""

import random
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huizen.actions.logbook import record
from huizen.models import House, User, WorkingArea
from projects.actions.once import once
from projects.actions.survey_reminder import replan
from projects.models import Phase, SurveyAnswer, SurveyQuestion, SurveyRound, SurveyTheme
from projects.survey.copying import copied

#: The numbers under which Houses go: drawn by lot, so that none follows from a list of Houses.
FIRST_NUMBER, NUMBERS_A_HOUSE = 100, 4


NAME_TWICE = "Er is al een bevraging met deze naam. Kies een andere."


class SurveyError(Exception):
    """Why something cannot be done with a survey, in words for who tried."""


@transaction.atomic
def create_round(*, facts: dict[str, Any], by: User, now: datetime) -> SurveyRound:
    """A round that only the agency sees; with `copied_from` it asks the same as that one did last.

    Raises SurveyError where another round has this name.
    """
    with once(SurveyError, NAME_TWICE):
        row = SurveyRound.objects.create(**facts)
    if row.copied_from:
        copy_questions(row.copied_from, row)
    record("created", row, by=by, now=now)
    return row


def copy_questions(source: SurveyRound, row: SurveyRound) -> None:
    """All themes and the questions that `source` asks now; the same lineage and version, so that rounds compare."""
    themes = list(SurveyRound.objects.with_questions().get(pk=source.pk).themes.all())
    new = SurveyTheme.objects.bulk_create(
        SurveyTheme(round=row, number=theme.number, title=theme.title, intro=theme.intro) for theme in themes
    )
    SurveyQuestion.objects.bulk_create(
        copied(question, theme=copy)
        for theme, copy in zip(themes, new, strict=True)
        for question in theme.current
    )


@transaction.atomic
def change_round(*, round: SurveyRound, facts: dict[str, Any], by: User, now: datetime) -> SurveyRound:
    """Other words or days; what is planned follows the days. Raises SurveyError where Houses answered already."""
    row = lock(round)
    changes = {name: [getattr(row, name), value] for name, value in facts.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if "opens_on" in changes and row.phase(timezone.localdate(now)) in (Phase.OPEN, Phase.CLOSED):
        raise SurveyError("Deze bevraging is al begonnen. De eerste dag verandert niet meer.")
    if changes:
        for name, (_, value) in changes.items():
            setattr(row, name, value)
        with once(SurveyError, NAME_TWICE):
            row.save(update_fields=list(changes))
        record("changed", row, by=by, now=now, changes=as_text(changes))
        replan(row)
    return row


@transaction.atomic
def release_round(*, round: SurveyRound, by: User, now: datetime) -> SurveyRound:
    """Every House is asked, from its first day on. Raises SurveyError without questions, or when it is over already."""
    row = lock(round)
    if row.released_at:
        return row
    if row.closes_on < timezone.localdate(now):
        raise SurveyError("De laatste dag is al voorbij. Kies eerst andere dagen.")
    if not SurveyQuestion.objects.filter(theme__round=row, is_current=True).exists():
        raise SurveyError("Er staat nog geen vraag in deze bevraging.")
    row.released_at = now
    row.save(update_fields=["released_at"])
    add_houses(row, today=timezone.localdate(now))
    record("released", row, by=by, now=now)
    replan(row)
    return row


def reconcile_surveys(*, now: datetime) -> int:
    """What is planned follows from the rows once more, and a House that came since is asked too; how many rounds."""
    today = timezone.localdate(now)
    running = SurveyRound.objects.filter(released_at__isnull=False, closes_on__gte=today)
    for row in running.order_by("pk"):
        _reconcile(row, today)
    return len(running)


@transaction.atomic
def _reconcile(row: SurveyRound, today: date) -> None:
    add_houses(lock(row), today=today)
    replan(row)


def add_houses(row: SurveyRound, *, today: date) -> None:
    """An answer to come for each House that serves somewhere today and has none yet, each with a number by lot."""
    serving = House.objects.filter(working_areas__in=WorkingArea.objects.on(today)).distinct()
    new = list(serving.exclude(survey_answers__round=row).order_by("pk"))
    taken = set(row.answers.values_list("number", flat=True))
    last = max(999, FIRST_NUMBER + NUMBERS_A_HOUSE * (len(taken) + len(new)))
    free = [number for number in range(FIRST_NUMBER, last + 1) if number not in taken]
    numbers = random.SystemRandom().sample(free, len(new))
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(round=row, house=house, number=number)
        for house, number in zip(new, numbers, strict=True)
    )


def lock(round: SurveyRound) -> SurveyRound:
    """Whoever changes a round, its questions or an answer in it waits here for the others."""
    return SurveyRound.objects.select_for_update(of=("self",)).get(pk=round.pk)


def as_text(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Days as the logbook keeps them."""
    return {
        name: [value.isoformat() if isinstance(value, date) else value for value in pair]
        for name, pair in changes.items()
    }
