"""The waiting list of a moment: who is next, by the rule of its House, gets the first place that is large enough."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value

from activities.actions.draw import conclude, draw_lots, is_due, seal_coming, to_draw
from activities.actions.registration_mail import send_expired, send_offer, send_promotion
from activities.actions.reminder import plan_reminder
from activities.actions.session_lock import BusyError, count, locked_session
from activities.actions.spot_watch import tell_watchers, to_tell
from activities.answer_time import answer_until
from activities.models import Activity, Hold, Registration, Session
from huizen.actions.logbook import record
from huizen.models import User

State = Registration.State
HOUR = Value(timedelta(hours=1))


class Trigger(StrEnum):
    """What let the list move, as the logbook says it."""

    CLOCK = "de klok"
    CLICK = "een klik van het Huis"
    LEFT = "een gezin meldde zich af"
    FORM = "een formulier bleef open"
    FEWER = "een gezin komt met een ander aantal"
    PLACES = "een ander aantal plaatsen"
    RESTORED = "het moment gaat toch door"
    MOVED = "het moment is verplaatst"
    DRAW = "de loting"


class Swept(NamedTuple):
    """What one sweep did: families that got a place, and moments that were busy."""

    promoted: int
    busy: int


def promote(
    session: Session, *, now: datetime, by: User | None = None, trigger: Trigger = Trigger.CLOCK
) -> list[Registration]:
    """Give, or offer, the free places of a locked moment to who is next; the families that got one.

    A party that is larger than what is free keeps its turn; the next that fits goes first, unless the House chose
    that it holds up the line. Never after the beginning, never for a moment that does not take place, and where
    wishes are collected not before the draw, which is held here when its hour has come. What is left when nobody
    waits any more is told to who asked to hear of it.
    """
    _expire_offers(session, now=now)
    if session.status != Session.Status.SCHEDULED or session.starts_at <= now:
        return []
    drawn = draw_lots(session, now=now) if is_due(session, now=now) else []
    if session.collects_wishes:
        return []
    promoted = _give_free(session, now=now, by=by, trigger=Trigger.DRAW if drawn else trigger)
    if drawn:
        conclude(session, drawn, now=now)
    tell_watchers(session, now=now)
    return promoted


def promote_session(
    *, session_id: int, now: datetime, by: User | None = None, trigger: Trigger = Trigger.CLOCK
) -> list[Registration]:
    """The same for a moment that is not locked yet. Raises BusyError."""
    with locked_session(session_id, now=now) as session:
        return promote(session, now=now, by=by, trigger=trigger)


def sweep(*, now: datetime) -> Swept:
    """Promote wherever somebody who waits fits, a promise is over or a draw is due; what is busy waits for the next."""
    seal_coming(now=now)
    promoted = busy = 0
    for session_id in sorted({*movable(now=now).values_list("pk", flat=True), *_with_promises_over(now)}):
        try:
            promoted += len(promote_session(session_id=session_id, now=now))
        except BusyError:
            busy += 1
    return Swept(promoted, busy)


def movable(*, now: datetime):
    """Moments to come where somebody waits who would get a place now."""
    room = F("session__capacity") - F("session__confirmed_count") - F("session__held_count")
    room = room - F("session__offered_count") - F("session__kept_count")
    rows = Registration.objects.filter(session=OuterRef("pk"), state=State.WAITING)
    fits = rows.filter(Q(session__capacity=None) | Q(places__lte=room))
    next_one = Registration.objects.filter(session=OuterRef("session")).in_line().values("pk")[:1]
    strict = fits.filter(pk=Subquery(next_one))
    collects = Q(activity__waiting_order=Activity.WaitingOrder.DRAW, drawn_at=None)
    moves = Q(activity__strict_order=False) & Exists(fits) | Q(activity__strict_order=True) & Exists(strict)
    coming = Session.objects.scheduled().filter(moves, starts_at__gt=now, waiting_count__gt=0)
    return coming.exclude(collects).order_by("pk")


def position(registration: Registration) -> int:
    """The place in line, 1 for who is next."""
    line = Registration.objects.filter(session=registration.session_id).in_line()
    return [*line.values_list("pk", flat=True)].index(registration.pk) + 1


def withdraw_offers(session: Session, *, now: datetime) -> None:
    """What was offered for a locked moment that does not take place: those families wait again, with their turn."""
    for registration in session.registrations.filter(state=State.OFFERED):
        registration.state, registration.offer_expires_at = State.WAITING, None
        registration.save(update_fields=["state", "offer_expires_at"])
        count(session, offered=-registration.places, waiting=registration.places)


def _with_promises_over(now: datetime) -> set[int]:
    """Moments to come with a hold, an offer or kept places that are over, with news to tell, or with a draw to hold."""
    holds = Hold.objects.filter(until__lte=now).values_list("session", flat=True)
    offers = Registration.objects.filter(state=State.OFFERED, offer_expires_at__lte=now)
    ahead = ExpressionWrapper(F("activity__reserved_hours") * HOUR, output_field=DurationField())
    kept = Session.objects.filter(kept_count__gt=0, starts_at__gt=now, starts_at__lte=Value(now) + ahead)
    return {
        *holds,
        *offers.values_list("session", flat=True),
        *kept.values_list("pk", flat=True),
        *to_tell(now=now),
        *to_draw(now=now),
    }


def _expire_offers(session: Session, *, now: datetime) -> None:
    """Who did not answer in time is off the list, and hears it; the place goes to the next."""
    over = (
        session.registrations.filter(state=State.OFFERED, offer_expires_at__lte=now)
        if session.offered_count
        else ()
    )
    for registration in over:
        registration.session = session
        registration.state, registration.offer_expires_at = State.CANCELLED, None
        registration.cancelled_at, registration.cancelled_by = now, Registration.CancelledBy.CLOCK
        registration.save(update_fields=["state", "offer_expires_at", "cancelled_at", "cancelled_by"])
        count(session, offered=-registration.places)
        _log("expired", registration, {"state": [State.OFFERED, State.CANCELLED]}, by=None, now=now)
        send_expired(registration, now=now)


def _give_free(session: Session, *, now: datetime, by, trigger: Trigger) -> list[Registration]:
    given, passed = [], []
    for registration in session.registrations.in_line() if session.waiting_count else ():
        if session.free == 0:
            break
        if session.free is not None and registration.places > session.free:
            passed.append(registration.waiting_number)
            if session.activity.strict_order:
                break
            continue
        registration.session = session
        _give(session, registration, passed=passed, trigger=trigger, by=by, now=now)
        given.append(registration)
    return given


def _give(
    session: Session, registration: Registration, *, passed, trigger: Trigger, by, now: datetime
) -> None:
    until = _answer_until(session, registration, now=now)
    before = [session.confirmed_count, session.offered_count]
    if until:
        registration.state, registration.offer_expires_at = State.OFFERED, until
        count(session, offered=registration.places, waiting=-registration.places)
    else:
        registration.state, registration.promoted_at = State.CONFIRMED, now
        count(session, confirmed=registration.places, waiting=-registration.places)
    registration.save(update_fields=["state", "promoted_at", "offer_expires_at"])
    changes: dict[str, list] = {
        "state": [State.WAITING, registration.state],
        "waiting_number": [registration.waiting_number, None],
        "confirmed_count": [before[0], session.confirmed_count],
        "offered_count": [before[1], session.offered_count],
        "trigger": [None, str(trigger)],
    }
    told = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    _log("offered" if until else "promoted", registration, told, by=by, now=now, reason=_skipped(passed))
    if until:
        send_offer(registration, until=until, now=now)
    else:
        send_promotion(registration, now=now)
    plan_reminder(registration, now=now)


def _answer_until(session: Session, registration: Registration, *, now: datetime) -> datetime | None:
    """Until when the family may say yes; None for a place at once. Who left no address cannot be asked by mail."""
    activity = session.activity
    if activity.waiting_mode != Activity.WaitingMode.OFFER or not registration.email:
        return None
    return answer_until(now=now, hours=activity.offer_hours, starts_at=session.starts_at)


def _skipped(passed: Iterable[int]) -> str:
    """Why this family and not another."""
    numbers = ", ".join(map(str, passed))
    return f"te groot voor de vrije plaatsen: nummer {numbers}"[:300] if numbers else ""


def _log(
    verb: str, registration: Registration, changes: dict, *, by, now: datetime, reason: str = ""
) -> None:
    """In the logbook under the number of the sign-up: names of families do not stand there."""
    house = registration.session.activity.house
    record(verb, registration, by=by, now=now, house=house, changes=changes, reason=reason)
