"""A place that is kept free while somebody fills in the form: under the lock of the moment, and never for long."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from activities.actions.closing import closes_at, why_closed
from activities.actions.party import fits
from activities.actions.session_lock import count, locked_session
from activities.actions.waiting_list import Trigger, promote
from activities.models import Hold, Session
from activities.models.hold import MOST_HELD

#: Long enough to find out in which month three children were born.
KEPT = timedelta(minutes=10)
#: All forms together hold at most one place in so many (and always one): nobody can hold a whole moment.
SHARE = 3


def hold_places(*, session_id: int, form_key: UUID, places: int = 1, now: datetime) -> Hold | None:
    """Keep places free for one form, until ten minutes after it first asked; None where that cannot be.

    Asked again with more places the hold grows, if those are free too; its time stays. No hold: without a limit,
    with a waiting list, when the moment takes no sign-ups, or when other forms hold their share already. Who gets
    none can sign up all the same. Raises BusyError.
    """
    with locked_session(session_id, now=now) as session:
        hold = session.holds.filter(pk=form_key).first() if session.held_count else None
        more = min(places, MOST_HELD) - (hold.places if hold else 0)
        if more <= 0 or not _may_hold(session, more, now=now):
            return hold
        if hold is None:
            if Hold.objects.filter(pk=form_key).exists():
                return None
            hold = Hold(pk=form_key, session=session, places=0, until=min(now + KEPT, closes_at(session)))
        hold.places += more
        count(session, held=more)
        hold.save()
        return hold


def let_go(*, session_id: int, form_key: UUID, now: datetime) -> None:
    """The form is left: its places are free again, and go to who waits. Twice is once. Raises BusyError."""
    with locked_session(session_id, now=now) as session:
        if places := take_held(session, form_key):
            count(session, held=-places)
            promote(session, now=now, trigger=Trigger.FORM)


def take_held(session: Session, form_key: UUID) -> int:
    """Take the hold of a form away from a locked moment; how many places it had. The caller counts them off."""
    own = session.holds.filter(pk=form_key).first() if session.held_count else None
    if own is None:
        return 0
    own.delete()
    return own.places


def drop_beyond(session: Session, capacity: int | None) -> None:
    """Before a locked moment gets other places: what the House kept goes, and the last holds, that would not fit.

    Without a limit neither is needed.
    """
    taken = session.confirmed_count + session.offered_count
    room = 0 if capacity is None else max(0, capacity - taken)
    count(session, kept=-max(0, session.kept_count - max(0, room - session.held_count)))
    holds = session.holds.order_by("-until", "pk") if session.held_count > room else []
    for hold in holds:
        if session.held_count <= room:
            break
        hold.delete()
        count(session, held=-hold.places)


def count_live_holds(session: Session, *, now: datetime) -> None:
    """For a page that decides nothing: leave out what is over and not yet swept away."""
    if session.held_count:
        live = session.holds.filter(until__gt=now).aggregate(places=Sum("places"))
        session.held_count = live["places"] or 0


def live_hold(session: Session, form_key: UUID | None, *, now: datetime) -> Hold | None:
    """What a form holds now, to be said on its page."""
    if form_key is None or not session.held_count:
        return None
    return session.holds.filter(pk=form_key, until__gt=now).first()


def _may_hold(session: Session, more: int, *, now: datetime) -> bool:
    if (
        session.capacity is None
        or session.has_queue
        or session.collects_wishes
        or why_closed(session, now=now)
    ):
        return False
    share = max(1, session.capacity // SHARE)
    return fits(session, more) and session.held_count + more <= share
