"""What one project says on the desk of the agency, and what of it needs attention (pure)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import TextChoices

from projects.desk.asked import Ask
from projects.models import Call, ProgressReport, Project, ReportState
from projects.models.project import OWING_STATUSES
from projects.models.report import OPEN
from projects.report_parts import Signal

#: By its code: what a report says may be none of these.
SIGNALS = {signal.value: signal for signal in Signal}
#: With these a project says itself that an objective is not on its way.
STUCK = (Signal.OFF_TRACK, Signal.ATTENTION)
BADGES = {Signal.OFF_TRACK: "bad", Signal.ATTENTION: "warning", Signal.ON_TRACK: "good", Signal.DONE: "info"}


class View(TextChoices):
    """Which lines somebody looks at."""

    ALL = "", "Alle"
    TO_READ = "lezen", "Te lezen"
    TO_DECIDE = "beslis", "Te beslissen"
    LATE = "laat", "Te laat"
    STUCK = "vast", "Vraagt aandacht"
    POINTS = "punten", "Open punten"
    ALONE = "niemand", "Door niemand opgevolgd"


@dataclass
class Line:
    """One project. Money in cents; `waited`: for how many days each report waits for the agency.

    `asked`: what else waits for the agency; nothing is told of it for a day in the past.
    `officer`: who follows it; `left`: whether she works at the agency no more. `project`, `to_read` and `late` are there
    for the lines that are shown (`with_reports`); how many there are is known of every line.
    """

    key: int
    call: Call
    title: str
    status: str
    policy_goals: list[str]
    has_summary: bool
    objectives: int
    officer: str
    left: bool
    said: list[Signal | None] = field(default_factory=list)
    by_state: Counter = field(default_factory=Counter)
    overdue: int = 0
    next_due: date | None = None
    budget: int = 0
    spent: int = 0
    points: int = 0
    waited: dict[int, int] = field(default_factory=dict)
    asked: dict[Ask, int] = field(default_factory=dict)
    project: Project = field(init=False)
    to_read: list[tuple[ProgressReport, int]] = field(default_factory=list)
    late: list[ProgressReport] = field(default_factory=list)

    @property
    def owes_reports(self) -> bool:
        """What `Project.owes_reports` says."""
        return self.status in OWING_STATUSES

    @property
    def is_filled_in(self) -> bool:
        """What `Project.is_filled_in` says."""
        return bool(self.policy_goals and self.has_summary and self.objectives)

    @property
    def waits(self) -> int | None:
        """For how many days the agency has let this project wait."""
        return max(self.waited.values(), default=None)

    @property
    def states(self) -> list[tuple[str, int]]:
        """How many reports are in which state, in words."""
        return [(state.label, self.by_state[state]) for state in ReportState if self.by_state[state]]

    @property
    def share(self) -> int | None:
        """The part of the budget that accepted reports say was spent, in percent."""
        return round(self.spent / self.budget * 100) if self.budget else None

    @property
    def to_decide(self) -> list[tuple[str, int, str]]:
        """What else waits for the agency: in words, how many, and the name of the page where it is decided."""
        return [(ask.label, self.asked[ask], ask.page) for ask in Ask if ask in self.asked]

    @property
    def is_alone(self) -> bool:
        """Whether nobody of the agency follows a project that still owes something."""
        return self.owes_reports and (not self.officer or self.left)

    @cached_property
    def is_stuck(self) -> bool:
        """Whether the project itself says that an objective is not on its way."""
        return any(signal in STUCK for signal in self.said)

    @property
    def urgency(self) -> tuple:
        """What needs attention comes first: waiting for us, late, stuck, open points."""
        return (not self.waited, not self.asked, not self.overdue, not self.is_stuck, not self.points)

    @cached_property
    def views(self) -> list[View]:
        """The views in which it stands."""
        asked = {
            View.ALL: True,
            View.TO_READ: self.waited,
            View.TO_DECIDE: self.asked,
            View.LATE: self.overdue,
            View.STUCK: self.is_stuck,
            View.POINTS: self.points,
            View.ALONE: self.is_alone,
        }
        return [view for view, stands in asked.items() if stands]

    def count(self, state: str, number: int, *, first: date, is_past: bool) -> None:
        """Add so many reports in one state, of which the first is due on `first`."""
        self.by_state[state] += number
        if state in OPEN and self.owes_reports:
            self.overdue += number * is_past
            self.next_due = min(filter(None, (self.next_due, first)))

    @property
    def badges(self) -> list[tuple[str, str]]:
        """The signal of each objective of the last report in words, with its colour."""
        return [
            (signal.label, BADGES[signal]) if signal else ("nog niet gezegd", "quiet") for signal in self.said
        ]
