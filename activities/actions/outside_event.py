"""Bringing activities in line with the calendars they come from; what people changed here is never overwritten.

A new event becomes a draft. What parents do not read yet follows the calendar by itself. Of what they read, new dates
follow, and dates that fall away or move where nobody signed up; anything else waits for a person, who takes it over or
leaves it. A date that moves stays the same date: its sign-ups go along.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.actions.approval import needs_approval
from activities.actions.offer import OfferError, archive_activity, change_activity, set_schedules
from activities.actions.offer_import import make_draft
from activities.actions.outside_calendar import NOBODY, OutsideError, locked
from activities.actions.schedule_change import Answers, UnseenError
from activities.actions.schedule_plan import RulePlan, Wish, foresee, seen_mark
from activities.actions.session_change import SessionChangeError, move_session
from activities.actions.session_lock import BusyError
from activities.date_plan import Fate
from activities.models import Activity, OutsideCalendar, OutsideEvent, Proposal, Schedule
from activities.offer_facts import RULES, Facts, put_facts, rules_from
from activities.outside_difference import NAMES, Outside
from activities.outside_moves import MOVES, Move, moves_to_make, taken_moves
from huizen.models import User
from huizen.vocabulary import OfferType

Status, State = Activity.Status, OutsideCalendar.State
UNREAD = (Status.DRAFT, Status.PROPOSED)
#: What may happen to the dates of an offer that parents read without a person looking.
QUIET = {Fate.STAYS, Fate.NEW, Fate.GOES, Fate.APART}
REASON = "De organisator haalde deze dag uit zijn agenda."


def settle_all(*, now: datetime) -> int:
    """Bring in line all that calendars said anew; how many events. Safe to run twice, also at the same time."""
    open_ = OutsideEvent.objects.filter(is_open=True, calendar__state=State.FOLLOWED).order_by("pk")
    return sum(_try_to_settle(key, now=now) for key in open_.values_list("pk", flat=True))


def _try_to_settle(key: int, *, now: datetime) -> bool:
    try:
        return _settle(key, now=now)
    except BusyError:
        # Families sign up for it at this moment; the next minute it is tried again.
        return False


@transaction.atomic
def _settle(key: int, *, now: datetime) -> bool:
    event = OutsideEvent.objects.select_related("calendar").filter(pk=key).first()
    if event is None:
        return False
    calendar = locked(event.calendar)
    event = OutsideEvent.objects.select_related("activity__house").filter(pk=key, is_open=True).first()
    if event is None or calendar.state != State.FOLLOWED:
        return False
    event.calendar = calendar
    _bring_in_line(event, calendar.made_by, now)
    event.is_open = False
    event.save()
    return True


def _bring_in_line(event: OutsideEvent, by: User | None, now: datetime) -> None:
    if event.is_skipped or (event.made_at and event.activity is None):
        return
    if by is None or not _may(by, event.calendar):
        event.reason = NOBODY
    elif event.activity is None:
        _make(event, by, now)
    elif event.activity.status != Status.ARCHIVED:
        try:
            with transaction.atomic():
                _follow(event, locked_offer(event.activity), by, now)
        except (ValidationError, OfferError) as error:
            event.reason, event.waits = " ".join(getattr(error, "messages", [str(error)]))[:200], True


def _may(by: User, calendar: OutsideCalendar) -> bool:
    return OutsideCalendar.objects.editable_by(by).filter(pk=calendar.pk).exists()


def _make(event: OutsideEvent, by: User, now: datetime) -> None:
    """A draft of a new event (a proposal of who needs approval), with its dates."""
    calendar, said = event.calendar, event.said
    kind = OfferType(calendar.offer_type).facts
    usual = {
        "offer_type": calendar.offer_type,
        "element": str(kind.element),
        "pillar": str(kind.pillar),
        "age_min": kind.age_min,
        "age_max": kind.age_max,
    }
    texts = {name: said[name] for name in NAMES if name not in {RULES, "location"}}
    try:
        with transaction.atomic():
            organiser, place = calendar.organiser_id, said["location"]
            activity = make_draft(calendar.house, usual | texts, organiser, place, by=by, now=now)
            set_schedules(activity=activity, wish=_wish(activity, said[RULES]), by=by, now=now)
            _move(moves_to_make(event, activity, now=now), by=by, now=now)
    except ValidationError as error:
        event.reason = " ".join(error.messages)[:200]
        return
    event.activity, event.made_at, event.taken = activity, now, dict(said)


def _follow(event: OutsideEvent, activity: Activity, by: User, now: datetime) -> None:
    """What follows by itself is taken over; the rest waits."""
    outside = Outside.of(event, activity)
    event.taken |= outside.same
    new, edited = outside.new, set(outside.edited)
    if event.is_gone:
        _follow_gone(event, activity, by, now, bool(edited))
        return
    alone = [name for name in new if name not in edited and _follows(event, activity, name, by, now)]
    _put(event, activity, alone, by=by, now=now)
    event.waits = len(alone) < len(new) or not _follow_moves(event, activity, by, now)


def _follows(event: OutsideEvent, activity: Activity, name: str, by: User, now: datetime) -> bool:
    """Whether this follows by itself: parents do not read it, or a proposal is made of it, or it does no harm."""
    if activity.status in UNREAD or needs_approval(by, activity):
        return True
    return name == RULES and all(
        step.fate in QUIET for plan in plans_of(event, activity, now) for step in plan.steps
    )


def _follow_moves(event: OutsideEvent, activity: Activity, by: User, now: datetime) -> bool:
    """Move what a calendar moved where no family counts on it; whether nothing is left for a person."""
    moves = moves_to_make(event, activity, now=now)
    if activity.status not in UNREAD and needs_approval(by, activity):
        return not moves
    left = [move for move in moves if not move.is_harmless]
    _move([move for move in moves if move.is_harmless], by=by, now=now)
    event.taken |= {MOVES: taken_moves(event, left)}
    return not left


def _move(moves: Iterable[Move], *, by: User, now: datetime) -> None:
    """Put these dates where the calendar has them: the same rows, so that sign-ups stay and families hear it."""
    for move in moves:
        starts_at, ends_at = move.to
        move_session(
            session_id=move.session.pk,
            starts_at=starts_at,
            ends_at=ends_at,
            location=move.session.location,
            by=by,
            now=now,
        )


def _follow_gone(event: OutsideEvent, activity: Activity, by: User, now: datetime, edited: bool) -> None:
    """It stands in the calendar no more: a draft that nobody touched goes away, anything else waits for a person."""
    event.waits = activity.status not in UNREAD or edited
    if not event.waits:
        archive_activity(activity=activity, by=by, now=now)


def plans_of(event: OutsideEvent, activity: Activity, now: datetime) -> list[RulePlan]:
    """What would become of each date if the activity followed its calendar."""
    return foresee(activity=activity, wish=_wish(activity, event.said[RULES]), now=now)


@transaction.atomic
def take_over(*, event: OutsideEvent, seen: str, choices: dict[int, str], by: User, now: datetime) -> bool:
    """Let the activity say what its calendar says, also where it was changed here; whether it is proposed instead.

    `seen`: the mark of what the person read (`mark_of`); `choices`: for each date that families count on. Raises
    OutsideError.
    """
    event, activity = _waiting(event)
    if seen != mark_of(event, activity, now):
        raise OutsideError("Er is net iets gewijzigd. Kijk eerst wat er nu staat.")
    outside = Outside.of(event, activity)
    names = [name for name in NAMES if name in outside.new or name in outside.edited]
    answers = Answers(seen=seen_mark(plans_of(event, activity, now)), choices=choices, reason=REASON)
    try:
        proposed = _put(event, activity, names, by=by, now=now, answers=answers)
        _move(moves_to_make(event, activity, now=now), by=by, now=now)
        event.taken |= {MOVES: event.said.get(MOVES, [])}
        if event.is_gone and not choices:
            archive_activity(activity=activity, by=by, now=now)
    except UnseenError as error:
        raise OutsideError(
            "Kies eerst wat er gebeurt met de dagen waarvoor gezinnen zijn ingeschreven."
        ) from error
    except (BusyError, OfferError, SessionChangeError, ValidationError) as error:
        raise OutsideError(" ".join(getattr(error, "messages", [str(error)]))) from error
    event.waits = False
    event.save()
    return proposed


@transaction.atomic
def leave(*, event: OutsideEvent) -> None:
    """Let the activity be as it is: what the calendar says now is no news any more. Raises OutsideError."""
    event, _ = _waiting(event)
    event.taken, event.waits = dict(event.said), False
    event.save()


def mark_of(event: OutsideEvent, activity: Activity, now: datetime) -> str:
    """A short mark of all that somebody who decides has before her."""
    moves = [f"{one.session.pk}.{one.sign_ups}" for one in moves_to_make(event, activity, now=now)]
    dates = seen_mark(plans_of(event, activity, now))
    return f"{activity.changed_at.isoformat()}:{event.seen_at.isoformat()}:{dates}:{','.join(moves)}"


def _waiting(event: OutsideEvent) -> tuple[OutsideEvent, Activity]:
    calendar = locked(event.calendar)
    waiting = OutsideEvent.objects.waiting().select_related("activity__house")
    row = waiting.filter(pk=event.pk).first()
    if row is None or row.activity is None:
        raise OutsideError("Hierover is al beslist.")
    row.calendar = calendar
    return row, locked_offer(row.activity)


def locked_offer(activity: Activity) -> Activity:
    """The activity as it is now: who edits it at this moment is waited for, and not overwritten."""
    return Activity.objects.select_for_update(of=("self",)).select_related("house").get(pk=activity.pk)


def _put(
    event: OutsideEvent,
    activity: Activity,
    names: list[str],
    *,
    by: User,
    now: datetime,
    answers: Answers | None = None,
) -> bool:
    """Put what the calendar says in the activity, as if this person typed it; whether it is proposed instead."""
    proposed = False
    if texts := {name: event.said[name] for name in names if name != RULES}:
        changed = put_facts(Activity.objects.select_related("house").get(pk=activity.pk), texts)
        changed.full_clean()
        proposed = change_activity(activity=changed, seen_at=None, by=by, now=now).proposal is not None
    if RULES in names:
        wish = _wish(activity, event.said[RULES])
        done = set_schedules(activity=activity, wish=wish, answers=answers, by=by, now=now)
        proposed = proposed or isinstance(done, Proposal)
    event.taken |= {name: event.said[name] for name in names}
    return proposed


def _wish(activity: Activity, said: list[Facts]) -> Wish:
    """That these are all its rules; each goes on in the row that is most like it, so that moments move along."""
    rules = rules_from([dict(rule, id=None) for rule in said], activity)
    present = list(activity.schedules.order_by("pk"))
    for likeness in (_same_hours, _same_days, _any):
        for rule in rules:
            row = next((each for each in present if rule.pk is None and likeness(rule, each)), None)
            if row:
                present.remove(row)
                rule.pk = row.pk
    return Wish.whole(activity, rules)


def _same_hours(one: Schedule, other: Schedule) -> bool:
    return (one.starts_at, one.ends_at) == (other.starts_at, other.ends_at)


def _same_days(one: Schedule, other: Schedule) -> bool:
    return (one.kind, one.weekdays, one.dates) == (other.kind, other.weekdays, other.dates)


def _any(one: Schedule, other: Schedule) -> bool:
    return True
