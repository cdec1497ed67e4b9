"""The draw of a moment: sealed before the first wish, held once, and written down so that it can be checked."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import DurationField, ExpressionWrapper, F, Value

from activities.actions.registration_mail import send_drawn
from activities.actions.session_lock import count
from activities.draw import draw_at, drawn_order
from activities.models import Activity, Draw, Registration, Session
from huizen.actions.logbook import record

State = Registration.State
DAY = Value(timedelta(days=1))


def seal(session: Session, *, now: datetime) -> Draw:
    """The seed of a locked moment, made before the first wish; who asks again gets the same."""
    return Draw.objects.get_or_create(session=session, defaults=_seed(now))[0]


def seal_coming(*, now: datetime) -> int:
    """Give every moment for which wishes are collected its seed, so that its seal can be read; how many are new."""
    bare = collecting(now=now).filter(draw=None).values_list("pk", flat=True)
    new = [Draw(session_id=pk, **_seed(now)) for pk in bare]
    Draw.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def collecting(*, now: datetime):
    """Moments to come that are still to be drawn."""
    return Session.objects.scheduled().filter(
        activity__waiting_order=Activity.WaitingOrder.DRAW,
        activity__status=Activity.Status.PUBLISHED,
        drawn_at=None,
        starts_at__gt=now,
    )


def to_draw(*, now: datetime) -> list[int]:
    """Moments of which the hour of the draw has come."""
    ahead = ExpressionWrapper(F("activity__draw_days") * DAY, output_field=DurationField())
    rows = collecting(now=now).filter(starts_at__lte=Value(now + timedelta(days=1)) + ahead)
    return [session.pk for session in rows.select_related("activity") if is_due(session, now=now)]


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether the draw of a moment is to be held now: its hour has come, and it was not held yet."""
    return session.collects_wishes and draw_at(session) <= now


def draw_lots(session: Session, *, now: datetime) -> list[UUID]:
    """Put who waits for a locked moment in the drawn order; their numbers in that order. Held once for each moment.

    Each family has new turns after all that were given out before, so no number ever stands twice.
    """
    draw = seal(session, now=now)
    waiting = {str(row.pk): row for row in session.registrations.filter(state=State.WAITING)}
    order = drawn_order(draw.seed, waiting)
    rows = [waiting[lot] for lot in order]
    for turn, row in enumerate(rows, start=session.waiting_last + 1):
        row.waiting_number = turn
    Registration.objects.bulk_update(rows, ["waiting_number"])
    count(session, numbers=len(rows))
    session.drawn_at = now
    session.save(update_fields=["drawn_at"])
    return [row.pk for row in rows]


def conclude(session: Session, drawn: Collection[UUID], *, now: datetime) -> None:
    """Write down what the draw of a locked moment gave, and tell who got no place their turn. No names."""
    rows = Registration.objects.in_bulk(drawn)
    in_order = [rows[pk] for pk in drawn]
    Draw.objects.filter(session=session).update(lots=[_lot(row) for row in in_order])
    unlucky = [row for row in in_order if row.state == State.WAITING]
    changes = {"lots": [None, len(in_order)], "placed": [None, len(in_order) - len(unlucky)]}
    record("drew", session, by=None, now=now, house=session.activity.house, changes=changes)
    for turn, row in enumerate(unlucky, start=1):
        row.session = session
        send_drawn(row, position=turn, now=now)


def _seed(now: datetime) -> dict:
    return {"seed": secrets.token_hex(32), "sealed_at": now}


def _lot(row: Registration) -> dict:
    return {"lot": str(row.pk), "places": row.places, "placed": row.state != State.WAITING}
