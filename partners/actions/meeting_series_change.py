"""Changing a series from one of its dates on, and stopping it. What is past and what a person set apart stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from huizen.words import day_in_full, wall
from partners.actions.meeting import new_uid, set_moment_anew
from partners.actions.meeting_letter import Word
from partners.actions.meeting_lock import MeetingError, lock_series, next_of_series
from partners.actions.meeting_series import (
    add_dates,
    asked_for,
    coming_moments,
    horizon,
    refuse_odd_number,
    replan_dates,
)
from partners.actions.meeting_series_letter import asked_for_dates, send_series_word
from partners.models import Meeting, MeetingSeries
from partners.series_calendar import Asked
from partners.series_plan import CHANGED, Fate, Step, is_apart, plan_dates

#: What a rule is made of; of a change in anything else no date moves.
RULE = (
    "kind",
    "weekdays",
    "every_weeks",
    "nths",
    "ends_on",
    "starts_at",
    "ends_at",
    "skip_school_holidays",
    "skip_summer",
    "skip_public_holidays",
    "skip_dates",
)
TEXTS = ("title", "place", "online_url", "note", "shows_who_comes")


@dataclass(frozen=True)
class From:
    """From which date on a change counts, and the `changed_at` of the series that the editor had in front of her."""

    meeting: Meeting
    seen: datetime


def foresee_change(*, start: From, rule: MeetingSeries, now: datetime) -> list[Step]:
    """What would become of each date from this one on; nothing is written."""
    rows = Meeting.objects.filter(series=start.meeting.series_id)
    return _steps(_from(rows, start.meeting, now), rule, start.meeting, now)


@transaction.atomic
def change_series(*, start: From, rule: MeetingSeries, by: User, now: datetime) -> MeetingSeries:
    """Change a series from one date on; gives the series that this date belongs to then.

    Other words for all that is to come keep the series. Otherwise the series ends before this date (UNTIL) and another
    one goes on; if it has no earlier date, it is changed itself. Raises MeetingError when somebody else changed it since,
    or when the rule has no dates.
    """
    series, dates = _locked(start, now)
    steps = _steps(dates, rule, start.meeting, now)
    refuse_odd_number([step.moment for step in steps if step.moment])
    if _same_rule(series, rule) and not _earlier(series, start.meeting).filter(ends_at__gt=now).exists():
        return _reword(series, rule, dates, by=by, now=now)
    target = (
        _succeed(series, rule, start.meeting, by, now) if _earlier(series, start.meeting).exists() else series
    )
    if target is series:
        _take_over(series, rule, now)
    invitees, people = asked_for(dates[0]) if dates else [], asked_for_dates(dates)
    _carry_out(target, steps, now)
    add_dates(target, [s.moment for s in steps if s.fate == Fate.NEW and s.moment], invitees, now=now)
    replan_dates(dates)
    record("changed", target, by=by, now=now, house=target.house, changes=_counted(steps))
    if target is not series:
        _tell_of_end(series, "meeting_series_closed", people, now=now)
    next_of_series(target)
    to = people if target is series else None
    send_series_word(Word("meeting_series_changed"), target, now=now, to=to)
    return target


@transaction.atomic
def stop_series(*, start: From, reason: str, by: User, now: datetime) -> MeetingSeries:
    """End a series before one of its dates: that one and all later ones do not take place; everybody hears it once.

    Raises MeetingError when somebody else changed it since.
    """
    series, dates = _locked(start, now)
    for meeting in dates:
        _cancel(meeting, reason, now)
    _close(series, start.meeting, now)
    replan_dates(dates)
    record("ended", series, by=by, now=now, house=series.house, reason=reason)
    _tell_of_end(series, "meeting_series_stopped", asked_for_dates(dates), now=now, reason=reason)
    return series


def _locked(start: From, now: datetime) -> tuple[MeetingSeries, list[Meeting]]:
    """The series and its dates from this one on that are not over, held until the transaction ends."""
    if start.meeting.series_id is None:
        raise MeetingError("Dit overleg hoort niet bij een reeks.")
    series = lock_series(start.meeting.series_id)
    if start.seen != series.changed_at:
        raise MeetingError("Iemand anders wijzigde deze reeks intussen. Kijk na wat er nu staat.")
    rows = Meeting.objects.filter(series=series).select_for_update(no_key=True, of=("self",))
    return series, _from(rows, start.meeting, now)


def _from(rows, meeting: Meeting, now: datetime) -> list[Meeting]:
    coming = rows.filter(original_start__gte=meeting.original_start, starts_at__gt=now)
    return list(coming.order_by("original_start"))


def _earlier(series: MeetingSeries, meeting: Meeting):
    return Meeting.objects.filter(series=series, original_start__lt=meeting.original_start)


def _steps(dates: Sequence[Meeting], rule: MeetingSeries, first: Meeting, now: datetime) -> list[Step]:
    """From the week of the first date on, after the date before it: within its week a date may move to an earlier day."""
    before = _earlier_start(first)
    monday = monday_of(first)
    moments = [each for each in coming_moments(rule, after=now) if each.day >= monday]
    return plan_dates(dates, [each for each in moments if before is None or each.day > wall(before).date()])


def monday_of(meeting: Meeting) -> date:
    """The first day of the week in which the rule put a date."""
    day = _day_of(meeting)
    return day - timedelta(days=day.weekday())


def _day_of(meeting: Meeting) -> date:
    """The day on which the rule put a date."""
    return wall(meeting.original_start or meeting.starts_at).date()


def _earlier_start(first: Meeting) -> datetime | None:
    rows = Meeting.objects.filter(series=first.series_id, original_start__lt=first.original_start)
    return rows.order_by("-original_start").values_list("original_start", flat=True).first()


def _same_rule(series: MeetingSeries, rule: MeetingSeries) -> bool:
    return all(getattr(series, name) == getattr(rule, name) for name in RULE)


def _reword(
    series: MeetingSeries, rule: MeetingSeries, dates: Sequence[Meeting], *, by: User, now: datetime
) -> MeetingSeries:
    """Another title, place or message for all that is to come; answers stay."""
    changes = {
        name: [getattr(series, name), getattr(rule, name)]
        for name in TEXTS
        if getattr(series, name) != getattr(rule, name)
    }
    if not changes:
        return series
    for name in TEXTS:
        setattr(series, name, getattr(rule, name))
    series.changed_at = now
    series.save(update_fields=[*TEXTS, "changed_at"])
    plain = [meeting.pk for meeting in dates if not is_apart(meeting)]
    words = {name: getattr(rule, name) for name in TEXTS}
    Meeting.objects.filter(pk__in=plain).update(**words, changed_at=now)
    record("changed", series, by=by, now=now, house=series.house, changes=changes)
    next_of_series(series)
    send_series_word(Word("meeting_series_changed"), series, now=now)
    return series


def _succeed(
    series: MeetingSeries, rule: MeetingSeries, first: Meeting, by: User, now: datetime
) -> MeetingSeries:
    """End the series before this date, and begin the one that goes on."""
    rule.pk, rule.follows = None, series
    rule.house, rule.group, rule.organiser = series.house, series.group, series.organiser or by
    rule.ical_uid, rule.changed_at = new_uid(), now
    # On with the count, not anew: a letter is known by the number of its date and this one.
    rule.ical_sequence = series.ical_sequence
    rule.planned_until = horizon(rule, now)
    rule.save(force_insert=True)
    _close(series, first, now)
    return rule


def _take_over(series: MeetingSeries, rule: MeetingSeries, now: datetime) -> None:
    """The rule and the words of a series that has no date before the change."""
    for name in (*RULE, *TEXTS, "starts_on"):
        setattr(series, name, getattr(rule, name))
    series.planned_until, series.changed_at = horizon(series, now), now
    series.save()


def _close(series: MeetingSeries, first: Meeting, now: datetime) -> None:
    last = _day_of(first) - timedelta(days=1)
    series.ends_on = series.planned_until = last
    series.changed_at = now
    series.save(update_fields=["ends_on", "planned_until", "changed_at"])


def _carry_out(target: MeetingSeries, steps: Sequence[Step], now: datetime) -> None:
    for step in steps:
        if step.meeting and step.fate == Fate.GOES:
            _cancel(step.meeting, CHANGED, now)
        elif step.meeting and step.moment:
            _put(step.meeting, target, step, now)


def _put(meeting: Meeting, target: MeetingSeries, step: Step, now: datetime) -> None:
    """A date goes along with the rule; the answers are kept where its moment stays."""
    if step.fate == Fate.MOVES:
        set_moment_anew(meeting, now)
    assert step.moment is not None  # noqa: S101 a step with a meeting that is put has one
    meeting.series, meeting.ical_uid, meeting.ical_sequence = target, target.ical_uid, target.ical_sequence
    meeting.original_start = meeting.starts_at = step.moment.starts_at
    meeting.ends_at, meeting.changed_at = step.moment.ends_at, now
    meeting.status, meeting.cancel_reason = Meeting.Status.SCHEDULED, ""
    for name in TEXTS:
        setattr(meeting, name, getattr(target, name))
    meeting.save()


def _cancel(meeting: Meeting, reason: str, now: datetime) -> None:
    if not meeting.is_cancelled:
        meeting.status, meeting.cancel_reason, meeting.changed_at = Meeting.Status.CANCELLED, reason, now
        meeting.save(update_fields=["status", "cancel_reason", "changed_at"])


def _tell_of_end(
    series: MeetingSeries, template: str, people: dict[str, list[Asked]], *, now: datetime, reason: str = ""
) -> None:
    next_of_series(series)
    context = {"last": day_in_full(series.ends_on) if series.ends_on else "", "reason": reason}
    send_series_word(Word(template, context=context), series, now=now, to=people)


def _counted(steps: Sequence[Step]) -> dict[str, list[int]]:
    names = {Fate.NEW: "added", Fate.MOVES: "moved", Fate.GOES: "removed", Fate.STAYS: "kept"}
    counts = {name: sum(step.fate == fate for step in steps) for fate, name in names.items()}
    return {name: [0, number] for name, number in counts.items() if number}
