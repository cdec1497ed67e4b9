"""One House answers: kept as it is typed, handed in and then frozen, given back by the agency with a reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from huizen.actions.logbook import record
from huizen.links import absolute
from huizen.models import Category, User
from projects.actions.mail import mail_to
from projects.actions.survey_reminder import coordinators_of, replan_answer
from projects.actions.survey_round import SurveyError, lock
from projects.models import Phase, SurveyAnswer, SurveyQuestion, SurveySubmission
from projects.survey.merging import Facts, Merged, merge


class SubmittedError(SurveyError):
    """Somebody of the House handed it in already; what stands is frozen."""


@transaction.atomic
def save_answer(*, answer: SurveyAnswer, mine: Facts, base: Facts, by: User, now: datetime) -> Merged:
    """Keep what was typed, together with what a colleague kept since `base`.

    Where both gave another answer the colleague's stays, and `both` names it. Raises SubmittedError, SurveyError
    when the round is not open.
    """
    row = _answerable(answer, now)
    merged = merge(base=base, mine=mine, theirs=row.draft)
    _keep(row, merged.facts, by, now)
    return merged


@transaction.atomic
def submit_answer(*, answer: SurveyAnswer, mine: Facts, base: Facts, by: User, now: datetime) -> Merged:
    """Keep it and hand it in; where both gave another answer (`both`) it is kept and not handed in yet.

    Raises SubmittedError, SurveyError when something that must be filled in is empty or the round is not open.
    """
    row = _answerable(answer, now)
    merged = merge(base=base, mine=mine, theirs=row.draft)
    _keep(row, merged.facts, by, now)
    if not merged.both:
        _check_complete(row)
        _hand_in(row, by, now)
    return merged


@transaction.atomic
def give_back(*, answer: SurveyAnswer, reason: str, by: User, now: datetime) -> SurveyAnswer:
    """The House may change what it handed in, and hears why by mail; until then what it handed in counts.

    Raises SurveyError when there is nothing handed in.
    """
    row = _locked(answer)
    if not row.is_submitted:
        raise SurveyError("Dit antwoord is niet ingediend, of al opnieuw geopend.")
    # A draft of long ago was emptied; what was handed in never is.
    row.draft = row.draft or row.submissions.latest().get().facts
    row.reopened_at, row.reopen_reason = now, reason
    row.save(update_fields=["draft", "reopened_at", "reopen_reason"])
    record("given_back", row, by=by, now=now, house=row.house, reason=reason)
    replan_answer(row)
    _tell(row, now)
    return row


def may_answer(answer: SurveyAnswer, *, now: datetime) -> bool:
    """Whether the House can change its answer: while the round is open, and longer where it was given back."""
    if answer.reopened_at:
        return True
    return not answer.submitted_at and answer.round.phase(timezone.localdate(now)) == Phase.OPEN


def _answerable(answer: SurveyAnswer, now: datetime) -> SurveyAnswer:
    row = _locked(answer)
    if row.is_submitted:
        raise SubmittedError(f"{row.submitted_by or 'Iemand van je Huis'} diende dit antwoord al in.")
    if not may_answer(row, now=now):
        raise SurveyError("Deze bevraging is niet open. Je kan nu niets wijzigen.")
    return row


def _locked(answer: SurveyAnswer) -> SurveyAnswer:
    """The round first, as its questions may not change meanwhile; then the answer."""
    lock(answer.round)
    rows = SurveyAnswer.objects.select_for_update(of=("self",))
    return rows.select_related("round", "house", "submitted_by").get(pk=answer.pk)


def _keep(row: SurveyAnswer, facts: Facts, by: User, now: datetime) -> None:
    if row.draft != facts:
        row.draft, row.changed_at, row.changed_by = facts, now, by
        row.save(update_fields=["draft", "changed_at", "changed_by"])


def _check_complete(row: SurveyAnswer) -> None:
    asked = SurveyQuestion.objects.filter(theme__round=row.round, is_current=True, is_required=True)
    missing = [question.text for question in asked if question.key not in row.draft]
    if missing:
        raise SurveyError(f"Vul nog in: {missing[0]}")


def _hand_in(row: SurveyAnswer, by: User, now: datetime) -> None:
    """Only what is asked now is handed in; an answer to a former version of a question stays in the draft."""
    asked = {
        question.key for question in SurveyQuestion.objects.filter(theme__round=row.round, is_current=True)
    }
    version = (row.submissions.aggregate(last=Max("version"))["last"] or 0) + 1
    facts = {key: value for key, value in row.draft.items() if key in asked}
    SurveySubmission.objects.create(answer=row, version=version, facts=facts, submitted_at=now)
    row.submitted_at, row.submitted_by, row.reopened_at, row.reopen_reason = now, by, None, ""
    row.save(update_fields=["submitted_at", "submitted_by", "reopened_at", "reopen_reason"])
    record("submitted", row, by=by, now=now, house=row.house)
    replan_answer(row)


def _tell(row: SurveyAnswer, now: datetime) -> None:
    context = {
        "survey": row.round.name,
        "house": row.house.name,
        "reason": row.reopen_reason,
        "url": absolute(reverse("survey_answer", args=[row.pk])),
    }
    key = f"survey:{row.pk}:back:{row.reopened_at:%Y%m%d%H%M%S}"
    facts = {"subject": row, "house": row.house, "now": now, "category": Category.SURVEY}
    for person in coordinators_of(row):
        told = context | {"name": person.name}
        mail_to([person], "survey_given_back", told, key=f"{key}:u{person.pk}", **facts)
