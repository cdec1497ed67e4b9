"""What a kind of report of a call asks in words: added, asked otherwise, taken away while nobody answered."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huizen.actions.logbook import record
from huizen.models import User
from projects.models import Call, ProgressReport, Question, ReportVersion


class QuestionError(Exception):
    """Why a question cannot be changed so, in words for who tried."""


@transaction.atomic
def add_question(*, call: Call, kind: str, text: str, guide: str, by: User, now: datetime) -> Question:
    """One more question, after the others of its kind. Who is writing a report finds it there at once."""
    row = _lock(call)
    last = row.questions.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    question = Question.objects.create(call=row, kind=kind, number=last + 1, text=text, guide=guide)
    record("changed", row, by=by, now=now, changes={"question": ["", text]})
    return question


@transaction.atomic
def edit_question(*, question: Question, text: str, guide: str, by: User, now: datetime) -> Question:
    """Ask it in other words. What was handed in keeps the words of then. Raises QuestionError when it is gone."""
    row = _lock(question.call)
    kept = _current(question)
    before, after = (kept.text, kept.guide), (text, guide)
    if before != after:
        kept.text, kept.guide = after
        kept.save(update_fields=["text", "guide"])
        record("changed", row, by=by, now=now, changes={"question": _told(before, after)})
    return kept


@transaction.atomic
def remove_question(*, question: Question, by: User, now: datetime) -> None:
    """Ask it no more. Raises QuestionError once a project wrote an answer, also one that is not handed in yet."""
    row = _lock(question.call)
    kept = _current(question)
    # Who is writing an answer right now waits, and then finds the question gone.
    list(_reports(kept).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if is_answered(kept):
        raise QuestionError("Een project schreef hier al een antwoord. De vraag blijft staan.")
    kept.delete()
    record("changed", row, by=by, now=now, changes={"question": [kept.text, ""]})


def is_answered(question: Question) -> bool:
    """Whether a project wrote something there, handed in or not (two queries)."""
    typed = _reports(question).filter(draft__has_key=question.key).exclude(**{f"draft__{question.key}": ""})
    versions = ReportVersion.objects.filter(report__in=_reports(question))
    asked = versions.filter(content__parts__contains=[{"key": question.key}])
    return typed.exists() or asked.exists()


def _reports(question: Question):
    return ProgressReport.objects.filter(period__call=question.call_id, period__kind=question.kind)


def _lock(call: Call) -> Call:
    return Call.objects.select_for_update().get(pk=call.pk)


def _current(question: Question) -> Question:
    """The question as it is now that its call is locked."""
    try:
        return Question.objects.get(pk=question.pk)
    except Question.DoesNotExist as error:
        raise QuestionError("Iemand haalde deze vraag intussen weg.") from error


def _told(before: tuple[str, str], after: tuple[str, str]) -> list[str]:
    """What the logbook tells: the question, and its help where only that changed."""
    return [before[0], after[0]] if before[0] != after[0] else [before[1], after[1]]
