"""Talking about a part of a report: say something, answer, and settle it."""

from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from huizen.roles import Permission
from projects.actions.comment_mail import tell_in_the_morning
from projects.models import ProgressReport, ReviewComment, Visibility


class CommentError(Exception):
    """Why this cannot be said or settled, in words for who tried."""


@transaction.atomic
def comment(
    *, report: ProgressReport, part: str, body: str, visibility: str, by: User, now: datetime
) -> ReviewComment:
    """Say something about a part (its key; "" for the whole) of a report that was handed in.

    Raises CommentError for who may not, for a part that does not stand in the last version, and where the project
    would hide something.
    """
    row = _lock(report)
    if not _takes_part(row, by):
        raise CommentError("Je kunt bij dit verslag niets schrijven.")
    if not row.versions_made:
        raise CommentError("Dit verslag is nog niet ingediend.")
    if visibility == Visibility.AGENCY and not _is_agency(row, by):
        raise CommentError("Alleen Opgroeien schrijft iets dat het project niet leest.")
    if part and part not in _keys(row):
        raise CommentError("Dit deel staat niet meer in het verslag.")
    return _say(row, None, part, body, visibility, by, now)


@transaction.atomic
def reply(*, thread: ReviewComment, body: str, by: User, now: datetime) -> ReviewComment:
    """Answer something: read by whom the first comment is read. Raises CommentError for who does not read it."""
    row, first = _lock(thread.report), _thread(thread, by)
    if not _takes_part(row, by):
        raise CommentError("Je kunt bij dit verslag niets schrijven.")
    if first.settled_at:
        raise CommentError("Dit is al afgehandeld. Open het eerst opnieuw.")
    return _say(row, first, first.part, body, first.visibility, by, now)


@transaction.atomic
def settle(*, thread: ReviewComment, settled: bool, by: User, now: datetime) -> ReviewComment:
    """Done with it, or open again; twice the same changes nothing."""
    row, first = _lock(thread.report), _thread(thread, by)
    if not _takes_part(row, by):
        raise CommentError("Je kunt dit niet afhandelen.")
    if bool(first.settled_at) == settled:
        return first
    first.settled_at, first.settled_by = (now, by) if settled else (None, None)
    first.save(update_fields=["settled_at", "settled_by"])
    _note("comment_settled" if settled else "comment_reopened", row, first.visibility, by, now)
    return first


def _say(row, parent, part, body, visibility, by, now) -> ReviewComment:
    body = body.replace("\x00", "").strip()
    if not body:
        raise CommentError("Schrijf iets.")
    facts = {"report": row, "parent": parent, "part": part, "visibility": visibility, "body": body}
    made = ReviewComment.objects.create(**facts, author=by, at=now)
    _note("commented", row, visibility, by, now)
    tell_in_the_morning(made, now=now)
    return made


def _note(verb: str, row: ProgressReport, visibility: str, by: User, now: datetime) -> None:
    """In the logbook, without the words; what is of the agency alone is not told to the House."""
    house = row.project.house if visibility == Visibility.SHARED else None
    record(verb, row, by=by, now=now, house=house)


def _lock(report: ProgressReport) -> ProgressReport:
    return ProgressReport.objects.select_for_update(of=("self",)).whole().get(pk=report.pk)


def _thread(thread: ReviewComment, by: User) -> ReviewComment:
    """The first comment as it is now. Raises CommentError for who does not read it."""
    found = ReviewComment.objects.visible_to(by).filter(pk=thread.pk, parent=None).first()
    if found is None:
        raise CommentError("Deze opmerking is er niet meer.")
    return found


def _takes_part(report: ProgressReport, user: User) -> bool:
    return _is_agency(report, user) or ProgressReport.objects.writable_by(user).filter(pk=report.pk).exists()


def _is_agency(report: ProgressReport, user: User) -> bool:
    follows = ProgressReport.objects.visible_to(user).filter(pk=report.pk)
    return user.may(Permission.REVIEW_REPORTS) and follows.exists()


def _keys(report: ProgressReport) -> set[str]:
    parts = report.versions.order_by("-number").values_list("content__parts", flat=True).first()
    return {part["key"] for part in parts or []}
