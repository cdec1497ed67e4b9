"""What professionals give each other: an example is proposed and published, a question asked and answered, a line put in
the list of colleagues and taken out.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import House, User
from huizen.roles import Permission
from projects.models import DirectoryEntry, ExchangeAnswer, ExchangeQuestion, PracticeExample

State = PracticeExample.State
#: What the agency decides: from which states, and what the logbook says of it.
DECISIONS = {
    State.PUBLISHED: ({State.PROPOSED}, "published"),
    State.RETURNED: ({State.PROPOSED}, "asked_back"),
    State.WITHDRAWN: ({State.PUBLISHED, State.PROPOSED, State.RETURNED}, "unshared"),
}


class ExchangeError(Exception):
    """Why this cannot be done, in words for who tried."""


@transaction.atomic
def propose_example(
    *, example: PracticeExample, facts: dict[str, Any], by: User, now: datetime
) -> PracticeExample:
    """Propose an example to the agency, a new one or one that was written otherwise; it is read again by the agency."""
    row = _lock(example) if example.pk else example
    for field, value in facts.items():
        setattr(row, field, value)
    row.state, row.remark, row.changed_at = State.PROPOSED, "", now
    row.save()
    record("proposed", row, by=by, now=now, house=row.house)
    return row


@transaction.atomic
def decide_example(
    *, example: PracticeExample, state: str, by: User, now: datetime, remark: str = ""
) -> PracticeExample:
    """Publish it, ask for something else (with a remark), or withdraw it. Raises ExchangeError where that cannot be."""
    row = _lock(example)
    from_states, verb = DECISIONS[State(state)]
    leads, own = by.may(Permission.LEAD_LEARNING), by.may_in(Permission.WRITE_REPORTS, row.house)
    if row.state not in from_states or not (leads or (own and state == State.WITHDRAWN)):
        raise ExchangeError(f"Dat kan niet meer. Dit voorbeeld is {row.get_state_display()}.")
    if state == State.RETURNED and not remark.strip():
        raise ExchangeError("Zeg wat er anders moet.")
    row.state, row.remark, row.changed_at = state, remark.strip()[:600], now
    row.save(update_fields=["state", "remark", "changed_at"])
    record(verb, row, by=by, now=now, house=row.house, reason=row.remark[:300])
    return row


@transaction.atomic
def ask_colleagues(
    *, house: House | None, title: str, text: str, by: User, now: datetime
) -> ExchangeQuestion:
    """Ask all Houses something, in the name of a House, or of the agency (no House)."""
    question = ExchangeQuestion.objects.create(
        house=house, title=title, text=text, asked_by=by, asked_at=now, last_at=now
    )
    record("asked_colleagues", question, by=by, now=now, house=house)
    return question


@transaction.atomic
def answer_colleagues(
    *, question: ExchangeQuestion, house: House | None, text: str, by: User, now: datetime
) -> ExchangeAnswer:
    """Answer a question. Raises ExchangeError when it is gone."""
    row = ExchangeQuestion.objects.select_for_update(of=("self",)).filter(pk=question.pk).first()
    if row is None:
        raise ExchangeError("Deze vraag is intussen weggehaald.")
    answer = ExchangeAnswer.objects.create(question=row, house=house, text=text, said_by=by, said_at=now)
    row.last_at = now
    row.save(update_fields=["last_at"])
    record("answered_colleagues", row, by=by, now=now, house=house)
    return answer


@transaction.atomic
def take_back(*, said: ExchangeQuestion | ExchangeAnswer, by: User, now: datetime) -> None:
    """Take away what one said oneself; the agency may take away anything. Raises ExchangeError for who may not."""
    own = said.said_by_id if isinstance(said, ExchangeAnswer) else said.asked_by_id
    if own != by.pk and not by.may(Permission.LEAD_LEARNING):
        raise ExchangeError("Alleen wie het schreef, of Opgroeien, haalt dit weg.")
    record("removed", said, by=by, now=now, house=said.house)
    said.delete()


@transaction.atomic
def enter_directory(*, text: str, by: User, now: datetime) -> DirectoryEntry:
    """Let colleagues find oneself, or say it otherwise."""
    entry, _ = DirectoryEntry.objects.update_or_create(
        user=by, defaults={"text": text}, create_defaults={"text": text, "since": now}
    )
    record("entered_directory", entry, by=by, now=now)
    return entry


@transaction.atomic
def leave_directory(*, by: User, now: datetime) -> None:
    """Out of the list; nothing of what one wrote is kept."""
    for entry in DirectoryEntry.objects.filter(user=by):
        record("left_directory", entry, by=by, now=now)
        entry.delete()


def forget_questions(*, before: datetime, now: datetime) -> int:
    """Erase questions of which nobody said anything after a time, with their answers."""
    return ExchangeQuestion.objects.filter(last_at__lt=before).delete()[0]


def _lock(example: PracticeExample) -> PracticeExample:
    rows = PracticeExample.objects.select_for_update(of=("self",)).select_related("house")
    return rows.get(pk=example.pk)
