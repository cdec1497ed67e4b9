"""The morning mail: one mail a person a morning, with all that is due before the next one, of all Houses together.

A reminder of somebody who wants that waits as a planned row. In the morning the rows are tied to one mail, which is written
when it is about to leave: each reminder is asked again whether it is still wanted, and once more just before sending.
"""

import logging
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import cast

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from huizen.models import Category, Channel, DeliveryAttempt, Message, PlannedMessage, Preference
from huizen.outbox.compose import LetterError, one_line, words_of
from huizen.outbox.kinds import Kind, Letter, Row, kind_named, register
from huizen.outbox.preferences import stop_url
from huizen.outbox.quiet import BRUSSELS, is_quiet
from huizen.outbox.suppression import suppressions_of

log = logging.getLogger(__name__)
State, Frequency, Outcome = PlannedMessage.State, Preference.Frequency, DeliveryAttempt.Outcome
NAME = "morning"
#: People a transaction.
BATCH = 50
MONDAY, NOON = 0, 12
#: One process puts mails together at a time: two would each tie a part of somebody's reminders.
ALONE = "SELECT pg_try_advisory_xact_lock(716309)"


def register_kind() -> None:
    """Hand the kind to the outbox; called by the app's `ready()`."""
    register(Kind(NAME, why_not=why_not, renew=renew, is_stale=is_stale))


def next_morning(now: datetime, frequency: str = Frequency.DAILY) -> datetime:
    """When the next morning mail leaves after now: tomorrow, or later today; on a Monday for who wants one a week."""
    local = now.astimezone(BRUSSELS)
    day = local.date()
    if local.time() >= time(settings.OUTBOX_MORNING):
        day += timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return datetime.combine(day, time(settings.OUTBOX_MORNING), BRUSSELS)


def gather(*, now: datetime) -> int:
    """Put together what waits for this morning, once a person a day; how many mails. Until noon, after a bad night."""
    is_morning = settings.OUTBOX_MORNING <= now.astimezone(BRUSSELS).hour < NOON
    if not is_morning or is_quiet(now) or not Preference.objects.exists():
        return 0
    total = 0
    while number := _gather_batch(now):
        total += number
    return total


def key_of(hashed: str, now: datetime) -> str:
    """One a person a day of the calendar on the wall."""
    return f"digest:{hashed}:{now.astimezone(BRUSSELS).date()}"


@transaction.atomic
def _gather_batch(now: datetime) -> int:
    if not _is_alone():
        return 0
    waiting = _waiting(now)
    people = list(waiting.order_by("address_hash").values_list("address_hash", flat=True).distinct()[:BATCH])
    rows = list(
        waiting.filter(address_hash__in=people)
        .order_by("address_hash", "due_at", "pk")
        .select_for_update(of=("self",))
    )
    mails = [_mail(list(own), now) for _, own in groupby(rows, key=lambda row: row.address_hash)]
    Message.objects.bulk_create(mails)
    PlannedMessage.objects.bulk_update(rows, ["state", "reason", "merged_into"])
    return len(mails)


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        return cursor.fetchone()[0]


def _waiting(now: datetime) -> QuerySet[PlannedMessage]:
    """The reminders that belong in the mail of this morning, of who did not get it yet."""
    wish = Preference.objects.filter(address_hash=OuterRef("address_hash"), category=OuterRef("category"))
    due = Q(Exists(wish.filter(frequency=Frequency.DAILY)), due_at__lt=next_morning(now))
    if now.astimezone(BRUSSELS).weekday() == MONDAY:
        until = next_morning(now, Frequency.WEEKLY)
        due |= Q(Exists(wish.filter(frequency=Frequency.WEEKLY)), due_at__lt=until)
    before, _, after = key_of("*", now).partition("*")
    key = Concat(Value(before), F("address_hash"), Value(after), output_field=CharField())
    rows = PlannedMessage.objects.filter(due, state=State.PLANNED, channel=Channel.MAIL)
    return rows.annotate(key_today=key).filter(~Exists(Message.objects.filter(key=OuterRef("key_today"))))


def _mail(rows: list[PlannedMessage], now: datetime) -> Message:
    """The mail of one person, without words yet; its House where all is of one."""
    first, houses = rows[0], {row.house_id for row in rows}
    mail = Message(
        key=key_of(first.address_hash, now),
        kind=NAME,
        category=Category.MORNING,
        recipient=first.recipient,
        address_hash=first.address_hash,
        house_id=houses.pop() if len(houses) == 1 else None,
        template="morning",
        unsubscribe_url=stop_url(first.address_hash, Category.MORNING),
        created_at=now,
        not_before=now,
        expires_at=next_morning(now),
    )
    for row in rows:
        row.state, row.reason, row.merged_into = State.RELEASED, "in de ochtendmail", mail
    return mail


def why_not(message: Row, now: datetime) -> str:
    """Nothing is left that somebody must be reminded of; "" when something is."""
    return "" if _wanted(message, now) else "alles is intussen gedaan of voorbij"


def is_stale(message: Message, now: datetime) -> bool:
    """Whether something in it is no longer true, and nobody can have read it yet: then it is written anew."""
    # What was dropped when it was written is no longer released, so all that is asked here stands in it.
    if not any(why for _, why in _asked(message, now)):
        return False
    seen = message.tries.exclude(outcome__in=[Outcome.STARTED, Outcome.WITHHELD])
    return not seen.exists()


def renew(message: Message, now: datetime) -> Letter:
    """What is still to be told; what is not is written down with its reason."""
    items = [words for row, why in _asked(message, now) if (words := _words(row, why, now))]
    if not items:
        raise LetterError("Geen enkel bericht kon geschreven worden.")
    return Letter("morning", {"items": items})


def _wanted(message: Row, now: datetime) -> list[PlannedMessage]:
    return [row for row, why in _asked(message, now) if not why]


def _asked(message: Row, now: datetime) -> list[tuple[PlannedMessage, str]]:
    """Its reminders in order, each with why it is no longer wanted, or ""."""
    rows = list(
        PlannedMessage.objects.filter(merged_into=cast(Message, message), state=State.RELEASED).select_related("house")
        .order_by("due_at", "pk")
    )  # fmt: skip
    unwanted = suppressions_of(rows)
    return [(row, unwanted.get(row.key, "") or _why_not(row, now)) for row in rows]


def _why_not(row: PlannedMessage, now: datetime) -> str:
    return (
        "te laat om nog nuttig te zijn" if row.expires_at <= now else kind_named(row.kind).why_not(row, now)
    )


def _words(row: PlannedMessage, why: str, now: datetime) -> dict[str, str] | None:
    """One reminder as a piece of the mail; None for one that is dropped, alone."""
    if why:
        return _drop(row, State.CANCELLED, why)
    try:
        with transaction.atomic():
            compose = kind_named(row.kind).compose
            letter = compose and compose(row, now)
            title, text = words_of(letter.template, letter.context, house=row.house) if letter else ("", "")
    except Exception as error:
        log.exception("The reminder %s could not be told in a morning mail", row.key)
        return _drop(row, State.FAILED, f"{type(error).__name__}: {error}")
    return {"title": title, "text": _without_greeting(text)}


def _drop(row: PlannedMessage, state: str, reason: str) -> None:
    PlannedMessage.objects.filter(pk=row.pk).update(state=state, reason=one_line(reason)[:200])


def _without_greeting(text: str) -> str:
    """A mail says hello once."""
    first, _, rest = text.partition("\n\n")
    return rest if first.startswith("Dag ") else text
