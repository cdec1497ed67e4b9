"""Answering by the link in a mail whether an offer still holds: without an account, and nothing vanishes by a link alone."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from activities.actions.check_mail import answers_for
from activities.actions.offer import check_activity
from activities.actions.report import make_report
from activities.models import Activity, CheckQuestion, Report
from huizen.actions.logbook import record
from huizen.models import User
from huizen.words import day_in_full

Answer = CheckQuestion.Answer
KINDS: dict[str, str] = {Answer.CHANGES: Report.Kind.CHANGES, Answer.STOPS: Report.Kind.STOPS}


class AnswerError(Exception):
    """This question cannot be answered (any more); the text is a sentence for who tried."""


@transaction.atomic
def confirm_offer(*, question_id: UUID, now: datetime) -> bool:
    """It still holds: parents see the new date, and what was hidden is back. False where she said so already.

    Raises AnswerError where the link is too old, the offer is not online, or somebody else answers for it now.
    """
    question, activity = _locked(question_id, now=now)
    if question.answer == Answer.HOLDS:
        return False
    by = _person(question)
    check_activity(activity=activity, by=by, now=now, reason="" if by else _who(activity))
    _answered(question, Answer.HOLDS, now=now)
    return True


def confirm_all(*, question_ids: Iterable[UUID], now: datetime) -> int:
    """The same for several, each on its own: what cannot be answered any more is left. How many were confirmed."""
    confirmed = 0
    for question_id in question_ids:
        try:
            confirmed += confirm_offer(question_id=question_id, now=now)
        except AnswerError:
            continue
    return confirmed


@transaction.atomic
def tell_change(*, question_id: UUID, text: str, now: datetime) -> None:
    """Something changes: the coordinators of the House read what, as a report. Raises AnswerError."""
    _tell(question_id, Answer.CHANGES, text, now=now)


@transaction.atomic
def tell_stop(*, question_id: UUID, stops_on: date, text: str, now: datetime) -> None:
    """It stops from a day on: the coordinators hear it and decide; the page stays until they do. Raises AnswerError."""
    _tell(question_id, Answer.STOPS, f"Stopt op {day_in_full(stops_on)}. {text}".strip(), now=now)


def why_closed(question: CheckQuestion, activity: Activity | None, *, today: date) -> str:
    """Why a question cannot be answered, or "" when it can. `activity`: as `answers_for` gave it."""
    if not question.letter.works_on(today):
        return "Deze link is te oud. Bel of mail het Huis."
    if activity is None:
        return "Iemand anders houdt dit nu bij. Je hoeft niets te doen."
    if activity.status not in CheckQuestion.ASKED_ABOUT:
        return "Dit staat niet meer online. Je hoeft niets te doen."
    return ""


def _tell(question_id: UUID, answer: str, text: str, *, now: datetime) -> None:
    question, activity = _locked(question_id, now=now)
    kind, by, before = KINDS[answer], _person(question), question.answer
    # Sent twice by a slow phone: one report.
    if Report.objects.filter(activity=activity, kind=kind, text=text, state=Report.State.NEW).exists():
        return
    make_report(
        kind=kind, text=text, email=question.letter.email, activity=activity, house=None, by=by, now=now
    )
    _answered(question, answer, now=now)
    changes = {"answer": [before, answer]}
    reason = "" if by else _who(activity)
    record("answered_check", activity, by=by, now=now, house=activity.house, changes=changes, reason=reason)


def _locked(question_id: UUID, *, now: datetime) -> tuple[CheckQuestion, Activity]:
    """A question under its lock, so that two taps are one answer, with its activity. Raises AnswerError."""
    rows = CheckQuestion.objects.select_for_update(of=("self",)).select_related("letter")
    question = rows.get(pk=question_id)
    activity = answers_for(question.letter.email, question.activity_id)
    reason = why_closed(question, activity, today=timezone.localdate(now))
    if reason or activity is None:
        raise AnswerError(reason)
    return question, activity


def _answered(question: CheckQuestion, answer: str, *, now: datetime) -> None:
    question.answer, question.answered_at = answer, now
    question.save(update_fields=["answer", "answered_at"])


def _person(question: CheckQuestion) -> User | None:
    """Who answers, where she has an account."""
    return User.objects.filter(email=question.letter.email, is_active=True).first()


def _who(activity: Activity) -> str:
    """In the logbook, which outlives people, stands for whom she spoke and not who she is."""
    return f"met de link in de mail, voor {activity.organiser or activity.house}"
