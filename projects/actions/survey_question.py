"""What a round asks: themes and questions, added, changed, moved, taken away.

A question that was answered is never changed or lost: its next version takes its place, and the old one keeps its answers.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.once import once, still_there
from projects.actions.survey_round import SurveyError, lock
from projects.models import SurveyAnswer, SurveyQuestion, SurveyRound, SurveySubmission, SurveyTheme
from projects.survey.copying import ASKED, copied

THEME_TWICE = "Dit thema staat er al."
THEME_GONE = "Iemand haalde dit thema intussen weg."


@transaction.atomic
def add_theme(*, round: SurveyRound, facts: dict[str, Any], by: User, now: datetime) -> SurveyTheme:
    """A new heading, after the others. Raises SurveyError where it stands there already."""
    row = lock(round)
    with once(SurveyError, THEME_TWICE):
        theme = SurveyTheme.objects.create(round=row, number=_next(row.themes.all()), **facts)
    record("changed", row, by=by, now=now, changes={"theme": ["", theme.title]})
    return theme


@transaction.atomic
def edit_theme(*, theme: SurveyTheme, facts: dict[str, Any], by: User, now: datetime) -> SurveyTheme:
    """Another title or explanation. Raises SurveyError when it is gone, or where another one has this title."""
    row, before = lock(theme.round), still_there(theme, SurveyError, THEME_GONE).title
    with once(SurveyError, THEME_TWICE):
        SurveyTheme.objects.filter(pk=theme.pk).update(**facts)
    record("changed", row, by=by, now=now, changes={"theme": [before, facts["title"]]})
    return theme


@transaction.atomic
def remove_theme(*, theme: SurveyTheme, by: User, now: datetime) -> None:
    """Take an empty heading away. Raises SurveyError while a question stands under it, also one that was replaced."""
    row = lock(theme.round)
    if theme.questions.exists():
        raise SurveyError("Onder dit thema staan vragen. Haal die eerst weg.")
    theme.delete()
    record("changed", row, by=by, now=now, changes={"theme": [theme.title, ""]})


@transaction.atomic
def add_question(*, theme: SurveyTheme, facts: dict[str, Any], by: User, now: datetime) -> SurveyQuestion:
    """A new question, the last of its theme. Raises SurveyError when the theme is gone."""
    row = lock(theme.round)
    still_there(theme, SurveyError, THEME_GONE)
    question = SurveyQuestion.objects.create(theme=theme, number=_next(theme.questions.all()), **facts)
    record("changed", row, by=by, now=now, changes={"question": ["", question.text]})
    return question


@transaction.atomic
def edit_question(
    *, question: SurveyQuestion, facts: dict[str, Any], by: User, now: datetime
) -> SurveyQuestion:
    """Ask it otherwise. Where somebody answered it, here or in another round, this is its next version.

    Raises SurveyError when it was changed or taken away meanwhile.
    """
    row = lock(question.theme.round)
    kept = _current(question)
    if all(getattr(kept, name) == facts[name] for name in ASKED):
        return kept
    changed = _next_version(kept) if _is_answered(kept) else kept
    if changed.version == kept.version and _is_asked_elsewhere(kept):
        changed.version = _last_version(kept) + 1
    for name in ASKED:
        setattr(changed, name, facts[name])
    changed.save()
    record("changed", row, by=by, now=now, changes={"question": [question.text, changed.text]})
    return changed


@transaction.atomic
def remove_question(*, question: SurveyQuestion, by: User, now: datetime) -> None:
    """Ask it no more; answers that were given stay. Raises SurveyError when it is gone already."""
    row = lock(question.theme.round)
    kept = _current(question)
    if _is_answered(kept):
        _end(kept)
    else:
        kept.delete()
    record("changed", row, by=by, now=now, changes={"question": [question.text, ""]})


@transaction.atomic
def move_question(*, question: SurveyQuestion, step: int, by: User, now: datetime) -> None:
    """One place up (`step` −1) or down (1) in its theme. Raises SurveyError at the ends."""
    row = lock(question.theme.round)
    order = list(question.theme.questions.filter(is_current=True).order_by("number", "pk"))
    here = order.index(_current(question))
    there = here + step
    if not 0 <= there < len(order):
        raise SurveyError("Deze vraag staat al aan het einde.")
    order[here], order[there] = order[there], order[here]
    for number, each in enumerate(order, start=1):
        each.number = number
    SurveyQuestion.objects.bulk_update(order, ["number"])
    record("changed", row, by=by, now=now, changes={"position": [here + 1, there + 1]}, reason=question.text)


def _current(question: SurveyQuestion) -> SurveyQuestion:
    """The question as it is asked now that its round is locked."""
    try:
        return SurveyQuestion.objects.select_related("theme__round").get(pk=question.pk, is_current=True)
    except SurveyQuestion.DoesNotExist as error:
        raise SurveyError("Iemand wijzigde deze vraag intussen, of haalde ze weg.") from error


def _next_version(question: SurveyQuestion) -> SurveyQuestion:
    """The question that takes its place, not saved yet."""
    new = copied(question, theme=question.theme)
    new.version = _last_version(question) + 1
    _end(question)
    return new


def _end(question: SurveyQuestion) -> None:
    question.is_current = False
    question.save(update_fields=["is_current"])


def _last_version(question: SurveyQuestion) -> int:
    """The highest number over all rounds, so that equal versions are the same question."""
    return SurveyQuestion.objects.filter(lineage=question.lineage).aggregate(last=Max("version"))["last"]


def _is_asked_elsewhere(question: SurveyQuestion) -> bool:
    same = Q(lineage=question.lineage, version=question.version)
    return SurveyQuestion.objects.filter(same).exclude(pk=question.pk).exists()


def _is_answered(question: SurveyQuestion) -> bool:
    drafts = SurveyAnswer.objects.filter(draft__has_key=question.key)
    return drafts.exists() or SurveySubmission.objects.filter(facts__has_key=question.key).exists()


def _next(rows: QuerySet) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
