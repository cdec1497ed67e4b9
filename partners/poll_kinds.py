"""What the outbox asks of the reminders of a question for a date: still wanted, and what do they say."""

from datetime import datetime

from huizen.outbox.kinds import Kind, Letter, Row, register
from partners.actions.poll_reminder import ORGANISER_NOTE, REMINDER, PollKey
from partners.models import DatePoll, PollVoter
from partners.poll_letter import poll_context, voter_context


def register_poll_kinds() -> None:
    """Hand the two kinds to the outbox; called by the app's `ready()`."""
    register(Kind(REMINDER, why_not=why_no_reminder, compose=compose_reminder))
    register(Kind(ORGANISER_NOTE, why_not=why_no_note, compose=compose_note))


def why_no_reminder(row: Row, now: datetime) -> str:
    """Why somebody need not be asked again, or ""."""
    voter = PollVoter.objects.filter(pk=PollKey.read(row.key).voter, poll=row.subject_id).first()
    if voter is None:
        return "niet meer gevraagd"
    answered = voter.answered_at and not voter.is_asked_again
    return why_no_note(row, now) or ("heeft al geantwoord" if answered else "")


def why_no_note(row: Row, now: datetime) -> str:
    """Why nobody need hear of it any more, or ""."""
    poll = DatePoll.objects.filter(pk=row.subject_id).first()
    if poll is None or not poll.is_open:
        return "de vraag loopt niet meer"
    return "" if poll.deadline == PollKey.read(row.key).deadline else "er is een andere dag"


def compose_reminder(row: Row, now: datetime) -> Letter:
    """The question once more."""
    poll = _poll(row)
    return Letter("poll_reminder", voter_context(poll, poll.voters.get(pk=PollKey.read(row.key).voter)))


def compose_note(row: Row, now: datetime) -> Letter:
    """The day is past: choose one."""
    poll = _poll(row)
    silent = list(poll.voters.silent().order_by("name").values_list("name", flat=True))
    return Letter("poll_organiser", poll_context(poll) | {"silent": silent})


def _poll(row: Row) -> DatePoll:
    return DatePoll.objects.select_related("house", "organiser").get(pk=row.subject_id)
