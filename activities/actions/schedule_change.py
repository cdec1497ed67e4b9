"""Changing when an activity is, for all that comes or from a day on: what is past stays, who signed up moves along."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from activities.actions.offer_save import keep_version
from activities.actions.schedule_news import News, tell_news
from activities.actions.schedule_plan import RulePlan, Wish, coming, parts, planned, seen_mark
from activities.actions.session_lock import locked_sessions
from activities.actions.sessions import extend_sessions
from activities.actions.waiting_list import withdraw_offers
from activities.date_plan import Fate, Step
from activities.models import Activity, Registration, Schedule, Session
from huizen.actions.logbook import record
from huizen.models import User
from huizen.recurrence import schedule_in_words

KEEP, CANCEL = "keep", "cancel"
#: What families read where the coordinator gave no other reason.
REASON = "De dagen van deze activiteit veranderen."
MOVED_FIELDS = ["original_start", "starts_at", "ends_at", "time_version", "ical_sequence", "changed_at"]


class UnseenError(Exception):
    """Families are touched by the change and nobody looked at it yet, or it became another since."""


@dataclass(frozen=True)
class Answers:
    """What the coordinator saw (`seen`, a mark; None where nobody is asked) and chose for each date that is left."""

    seen: str | None = None
    choices: Mapping[int, str] = field(default_factory=dict)
    reason: str = REASON


@dataclass
class Changed:
    """What became of the coming moments."""

    added: int = 0
    moved: int = 0
    removed: int = 0
    cancelled: int = 0
    kept: list[Session] = field(default_factory=list)
    mails: int = 0


def change_schedules(
    *, activity: Activity, wish: Wish, answers: Answers | None = None, by: User | None, now: datetime
) -> Changed:
    """Keep the rules and bring the coming moments in line; who signed up hears of it in one mail a family.

    A date with sign-ups that the rule no longer has is kept or cancelled as the answers say, kept without an
    answer. Raises UnseenError, BusyError; nothing is changed then.
    """
    answers = answers or Answers()
    with transaction.atomic():
        Activity.objects.select_for_update(no_key=True).only("pk").get(pk=activity.pk)
        changing = parts(activity, wish)
        before = _in_words(activity)
        with locked_sessions(coming(changing, now).values_list("pk", flat=True), now=now) as sessions:
            plans = planned(changing, sessions, wish, now)
            _refuse_unseen(plans, answers)
            changed = Changed()
            news = [one for plan in plans for one in _carry_out(plan, answers, changed, by=by, now=now)]
            changed.mails = tell_news(news, reason=answers.reason, now=now)
        _log(activity, before, changed, by=by, now=now)
    return changed


def _refuse_unseen(plans: list[RulePlan], answers: Answers) -> None:
    if answers.seen is None:
        return
    left = [step.existing.pk for plan in plans for step in plan.steps if step.fate == Fate.LEFT]
    if answers.seen != seen_mark(plans) or any(
        answers.choices.get(key) not in (KEEP, CANCEL) for key in left
    ):
        raise UnseenError


def _carry_out(plan: RulePlan, answers: Answers, changed: Changed, *, by, now: datetime) -> list[News]:
    """One rule with its dates, in the database; what families must hear."""
    if plan.cut:
        plan.cut.save()
    if plan.rule:
        plan.rule.save()
        keys = [step.session.pk for step in plan.steps if step.session]
        Session.objects.filter(pk__in=keys).exclude(schedule=plan.rule).update(schedule=plan.rule)
    news = _move([step for step in plan.steps if step.fate == Fate.MOVES], changed, by=by, now=now)
    _take_away([step.existing for step in plan.steps if step.fate == Fate.GOES], changed, now=now)
    for step in plan.steps:
        if step.fate == Fate.LEFT:
            news += _decide(step.existing, answers, changed, by=by, now=now)
        elif step.fate == Fate.APART and step.moment is None and step.existing.status == "scheduled":
            changed.kept.append(step.existing)
    if plan.gone:
        plan.gone.delete()
    if plan.rule:
        changed.added += extend_sessions(schedule=plan.rule, now=now)
    return news


def _move(steps: list[Step], changed: Changed, *, by, now: datetime) -> list[News]:
    """The same rows at their new time: links, calendars and sign-ups stay with them."""
    news = []
    for step in steps:
        session, moment = step.existing, step.target
        old = News(session, copy(session))
        times = [session.starts_at.isoformat(), moment.starts_at.isoformat()]
        session.original_start = session.starts_at = moment.starts_at
        session.ends_at, session.changed_at = moment.ends_at, now
        session.time_version += 1
        session.ical_sequence += 1
        if step.sign_ups:
            # Who was asked before has another time to think about; the clock asks anew.
            withdraw_offers(session, now=now)
            news.append(old)
            house = session.activity.house
            record("moved", session, by=by, now=now, house=house, changes={"starts_at": times})
    Session.objects.bulk_update([step.existing for step in steps], MOVED_FIELDS, batch_size=500)
    changed.moved += len(steps)
    return news


def _take_away(sessions: list[Session], changed: Changed, *, now: datetime) -> None:
    """Where somebody once signed up the row stays, and says that it does not take place."""
    keys = [session.pk for session in sessions]
    known = set(Registration.objects.filter(session__in=keys).values_list("session", flat=True))
    Session.objects.filter(pk__in=known).update(
        status=Session.Status.CANCELLED, cancel_reason=REASON, changed_at=now
    )
    Session.objects.filter(pk__in=set(keys) - known).delete()
    changed.removed += len(keys)


def _decide(session: Session, answers: Answers, changed: Changed, *, by, now: datetime) -> list[News]:
    """A date that the rule no longer has and families count on."""
    session.changed_at = now
    if answers.choices.get(session.pk) != CANCEL:
        session.set_apart = True
        session.save(update_fields=["set_apart", "changed_at"])
        changed.kept.append(session)
        return []
    withdraw_offers(session, now=now)
    session.status, session.cancel_reason = Session.Status.CANCELLED, answers.reason
    session.ical_sequence += 1
    session.save(update_fields=["status", "cancel_reason", "ical_sequence", "changed_at"])
    changed.cancelled += 1
    record(
        "cancelled",
        session,
        by=by,
        now=now,
        house=session.activity.house,
        changes={"status": ["scheduled", "cancelled"]},
        reason=answers.reason,
    )
    return [News(session, session)]


def _in_words(activity: Activity) -> list[str]:
    return [schedule_in_words(rule) for rule in Schedule.objects.filter(activity=activity).order_by("pk")]


def _log(activity: Activity, before: list[str], changed: Changed, *, by, now: datetime) -> None:
    row = Activity.objects.select_related("house").get(pk=activity.pk)
    counts = {
        "added": changed.added,
        "moved": changed.moved,
        "removed": changed.removed + changed.cancelled,
        "kept": len(changed.kept),
    }
    facts = {name: [0, many] for name, many in counts.items() if many}
    record("rebuilt", row, by=by, now=now, house=row.house, changes=facts)
    if before != (after := _in_words(row)):
        row.changed_at = now
        row.save(update_fields=["changed_at"])
        record("changed", row, by=by, now=now, house=row.house, changes={"wanneer": [before, after]})
        keep_version(activity=row, by=by, now=now)
