"""What becomes of each coming date when a rule changes (pure): nobody's date is made anew where it can move along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from activities.models import Session
from huizen.recurrence import BRUSSELS, Moment


class Fate(StrEnum):
    """What becomes of one date."""

    STAYS = "stays"
    NEW = "new"
    MOVES = "moves"
    #: The rule no longer has it and nobody counts on it.
    GOES = "goes"
    #: The rule no longer has it and families count on it: a person decides.
    LEFT = "left"
    #: A person decided about this one date before; the rule leaves it alone.
    APART = "apart"


@dataclass(frozen=True)
class Step:
    """One date: the moment that exists (none for a new one), where the rule puts it (none where it does not), and
    how many sign-ups hear of it."""

    fate: Fate
    session: Session | None = None
    moment: Moment | None = None
    sign_ups: int = 0

    @property
    def existing(self) -> Session:
        """The moment of a date that is there already; a new one has none."""
        if self.session is None:
            raise ValueError("a new date has no moment yet")
        return self.session

    @property
    def target(self) -> Moment:
        """Where the rule puts it; a date that the rule does not have has none."""
        if self.moment is None:
            raise ValueError("the rule does not have this date")
        return self.moment

    @property
    def is_told(self) -> bool:
        """Whether families hear of it, or a person must decide for them."""
        return self.sign_ups > 0 and self.fate in {Fate.MOVES, Fate.LEFT}


def plan_dates(
    coming: Iterable[Session],
    wanted: Iterable[Moment],
    *,
    sign_ups: dict[int, int],
    taken: Iterable[date] = (),
    follows: bool = False,
) -> list[Step]:
    """A step for each date, the soonest first.

    A moment goes to the new hours of its own day; without one, to a new day in its own week, those with sign-ups
    first. `taken`: days that the rule has used already. `follows`: the rule has one date, and its moment goes along.
    """
    used = set(taken)
    open_days = {moment.day: moment for moment in wanted if moment.day not in used}
    steps, loose = [], []
    for session in sorted(coming, key=lambda each: (each.original_start, each.pk)):
        moment = open_days.pop(day_of(session), None)
        if moment is None and not is_apart(session):
            loose.append(session)
        else:
            steps.append(_on_its_day(session, moment, sign_ups.get(session.pk, 0)))
    for session in sorted(loose, key=lambda each: (not sign_ups.get(each.pk), each.original_start)):
        target = _target(session, open_days, follows)
        moment = open_days.pop(target) if target else None
        steps.append(_elsewhere(session, moment, sign_ups.get(session.pk, 0)))
    steps += [Step(Fate.NEW, moment=moment) for moment in open_days.values()]
    return sorted(steps, key=_when)


def day_of(session: Session) -> date:
    """The day on which the rule put a moment."""
    return session.original_start.astimezone(BRUSSELS).date()


def is_apart(session: Session) -> bool:
    """Whether a person decided about this one moment: its hours, its place, or whether it takes place."""
    return (
        session.set_apart
        or session.status != Session.Status.SCHEDULED
        or session.starts_at != session.original_start
        or session.location_id is not None
    )


def _on_its_day(session: Session, moment: Moment | None, sign_ups: int) -> Step:
    if moment is None or is_apart(session):
        return Step(Fate.APART, session, None, sign_ups)
    same = (session.original_start, session.ends_at) == (moment.starts_at, moment.ends_at)
    return Step(Fate.STAYS if same else Fate.MOVES, session, moment, sign_ups)


def _elsewhere(session: Session, moment: Moment | None, sign_ups: int) -> Step:
    if moment:
        return Step(Fate.MOVES, session, moment, sign_ups)
    return Step(Fate.LEFT if sign_ups else Fate.GOES, session, None, sign_ups)


def _target(session: Session, open_days: dict[date, Moment], follows: bool) -> date | None:
    """The nearest open day of the same week; any day for a rule with one date."""
    own = day_of(session)
    near = [day for day in open_days if follows or day.isocalendar()[:2] == own.isocalendar()[:2]]
    return min(near, key=lambda day: (abs((day - own).days), day), default=None)


def _when(step: Step) -> tuple:
    start = step.session.original_start if step.session else step.target.starts_at
    return start, step.session.pk if step.session else 0


def told(steps: Sequence[Step]) -> list[Step]:
    """Those of which families hear, or for which a person must decide."""
    return [step for step in steps if step.is_told]
