"""What becomes of each date when the rule of a series changes (pure): a date moves along where it can."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from huizen.recurrence import BRUSSELS, Moment
from partners.models import Meeting

#: Why a date does not take place that the rule no longer has; the rule may have it again later.
CHANGED = "De reeks is gewijzigd."


class Fate(StrEnum):
    """What becomes of one date."""

    STAYS = "stays"
    NEW = "new"
    MOVES = "moves"
    #: The rule no longer has it: it does not take place.
    GOES = "goes"
    #: A person changed or cancelled this one date: the rule leaves it alone.
    APART = "apart"


@dataclass(frozen=True)
class Step:
    """One date: the meeting that exists (none for a new one), and where the rule puts it (none where it does not)."""

    fate: Fate
    meeting: Meeting | None = None
    moment: Moment | None = None

    @property
    def starts_at(self) -> datetime:
        """When it was, or will be."""
        return self.moment.starts_at if self.moment else self.meeting.starts_at  # type: ignore[union-attr]


def plan_dates(coming: Iterable[Meeting], wanted: Iterable[Moment]) -> list[Step]:
    """A step for each date, the soonest first.

    A date that a person set apart keeps its place, and takes the day of the rule in its week with it. Another one goes to
    the new hours of its own day; without one, to the nearest open day of its own week.
    """
    open_days = {moment.day: moment for moment in wanted}
    steps, loose = [], []
    for meeting in sorted(coming, key=lambda each: (not is_apart(each), each.original_start)):
        own = day_of(meeting)
        if is_apart(meeting):
            open_days.pop(_nearest(own, open_days), None)
            steps.append(Step(Fate.APART, meeting))
        elif own in open_days:
            steps.append(_on(meeting, open_days.pop(own)))
        else:
            loose.append(meeting)
    for meeting in loose:
        moment = open_days.pop(_nearest(day_of(meeting), open_days), None)
        steps.append(_on(meeting, moment) if moment else Step(Fate.GOES, meeting))
    steps += [Step(Fate.NEW, moment=moment) for moment in open_days.values()]
    return sorted(steps, key=lambda step: step.starts_at)


def is_apart(meeting: Meeting) -> bool:
    """Whether a person decided about this one date."""
    return meeting.set_apart or (meeting.is_cancelled and meeting.cancel_reason != CHANGED)


def day_of(meeting: Meeting) -> date:
    """The day on which the rule put it."""
    return meeting.original_start.astimezone(BRUSSELS).date()


def _on(meeting: Meeting, moment: Moment) -> Step:
    same = not meeting.is_cancelled and (meeting.starts_at, meeting.ends_at) == (
        moment.starts_at,
        moment.ends_at,
    )
    return Step(Fate.STAYS if same else Fate.MOVES, meeting, moment)


def _nearest(own: date, open_days: Iterable[date]) -> date | None:
    """The nearest open day of the same week."""
    near = [day for day in open_days if day.isocalendar()[:2] == own.isocalendar()[:2]]
    return min(near, key=lambda day: (abs((day - own).days), day), default=None)
