"""From where the desk is read: what stands now, or what stood at a moment.

What stood is derived from what is only added: versions and decisions of reports, points with their times, and the
logbook, whose later changes are taken back (docs/adr/0020-the-desk-as-it-stood.md).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from huizen.models import Event
from projects.desk.asked import Ask, asked_by
from projects.desk.frozen import names_in, spent_in
from projects.desk.line import Line
from projects.keys import among
from projects.models import (
    BudgetLine,
    ChangeRequest,
    Decision,
    ProgressReport,
    ReportKind,
    ReportState,
    ReportVersion,
)
from projects.models.period import in_year
from projects.numbers import cents_of

#: Of what the logbook tells, as it names them.
PROJECT, PERIOD = "projects.project", "projects.period"
#: What the logbook tells of a project and the desk shows, in the order of `Line`.
TOLD = ("title", "status", "policy_goals")


class Money(NamedTuple):
    """What may be spent and what was, in cents."""

    budget: int = 0
    spent: int = 0


class Now:
    """The desk as it stands: read from the rows themselves."""

    def __init__(self, today: date):
        self.today = today

    def take_back(self, lines: Mapping[int, Line]) -> list[int]:
        """Makes each line say what its project said; gives the keys of those that were not there yet."""
        return []

    def reports(self) -> QuerySet[ProgressReport]:
        """All reports with `stood` (their state) and `due_on`."""
        return ProgressReport.objects.annotate(stood=F("state"), due_on=F("period__due_on"))

    def versions(self) -> QuerySet[ReportVersion]:
        """All that was handed in."""
        return ReportVersion.objects.all()

    def points(self) -> QuerySet[ChangeRequest]:
        """What the agency asked and did not tick off."""
        return ChangeRequest.objects.filter(ticked_at=None)

    def asked(self, projects: Iterable[int]) -> dict[int, Counter[Ask]]:
        """What else waits for a decision of the agency, by the key of the project (one query)."""
        return asked_by(projects)

    def money(self, lines: Mapping[int, Line], year: int | None) -> dict[int, Money]:
        """Of each project what it may spend and spent, in the working years that begin in `year` (one query)."""
        rows = BudgetLine.objects.filter(in_year(year, "number", "project__call"), project__in=among(lines))
        sums = rows.values_list("project").annotate(budget=Sum("cents"), used=Coalesce(Sum("spent"), 0))
        return {key: Money(budget, used) for key, budget, used in sums}


class Then(Now):
    """The desk as it stood at a moment, that moment included."""

    def __init__(self, at: datetime):
        super().__init__(timezone.localdate(at))
        self.at = at

    def take_back(self, lines: Mapping[int, Line]) -> list[int]:
        """Takes back what the logbook says that changed since (one query). Who had left by then is not known."""
        for line in lines.values():
            line.left = False
        gone = []
        for subject, key, changes in self._later:
            line = lines.get(key) if subject == PROJECT else None
            if line:
                _take_back(line, changes)
                gone += [key] if changes.get("status", [True])[0] == "" else []
        return gone

    def reports(self) -> QuerySet[ProgressReport]:
        made = ProgressReport.objects.filter(Q(made_at=None) | Q(made_at__lte=self.at))
        former = {key: changes["due_on"][0] for subject, key, changes in self._later if subject == PERIOD}
        moved = [
            When(period=key, then=Value(date.fromisoformat(day), DateField())) for key, day in former.items()
        ]
        due_on = Case(*moved, default=F("period__due_on"))
        return made.annotate(stood=self._state(), due_on=due_on)

    def versions(self) -> QuerySet[ReportVersion]:
        return ReportVersion.objects.filter(submitted_at__lte=self.at)

    def points(self) -> QuerySet[ChangeRequest]:
        later = Q(ticked_at=None) | Q(ticked_at__gt=self.at)
        return ChangeRequest.objects.filter(later, decision__at__lte=self.at)

    def asked(self, projects: Iterable[int]) -> dict[int, Counter[Ask]]:
        """Nothing: since when a story waits is not kept."""
        return {}

    def money(self, lines: Mapping[int, Line], year: int | None) -> dict[int, Money]:
        """The budget of then, and what the reports that were accepted by then say was spent (two queries)."""
        rows = BudgetLine.objects.filter(in_year(year, "number", "project__call"), project__in=among(lines))
        budget = Counter(dict(rows.values_list("project").annotate(budget=Sum("cents"))))
        budget.subtract(self._added_since(lines, year))
        spent = self._spent(lines, year)
        return {key: Money(budget[key], spent.get(key, 0)) for key in budget.keys() | spent.keys()}

    def _state(self) -> Coalesce:
        """The state that the last version and its last decision left a report in."""
        decisions = Decision.objects.filter(version=OuterRef("pk"), at__lte=self.at).order_by("-pk")
        accepted = When(kind=Decision.Kind.ACCEPTED, then=Value(ReportState.ACCEPTED))
        decided = decisions.annotate(left=Case(accepted, default=Value(ReportState.RETURNED)))
        versions = ReportVersion.objects.filter(report=OuterRef("pk"), submitted_at__lte=self.at)
        stood = Coalesce(Subquery(decided.values("left")[:1]), Value(ReportState.SUBMITTED))
        last = versions.order_by("-number").annotate(stood=stood).values("stood")[:1]
        return Coalesce(Subquery(last), Value(ReportState.DRAFT))

    @cached_property
    def _later(self) -> list[tuple[str, int, dict[str, Any]]]:
        """What the logbook says of projects and periods after the moment, the last first: the first is taken back last.

        Of acts that changed the same of one row the first says all, but for those of the budget, which add up.
        """
        rows = Event.objects.filter(Q(subject_type=PROJECT) | Q(subject_type=PERIOD, verb="deadline_moved"))
        later = rows.filter(at__gt=self.at).exclude(changes={})
        row = ("subject_type", "subject_id", "changed", "adds_up")
        told = later.annotate(
            changed=names_in("changes"), adds_up=Case(When(changes__has_key="cents", then="pk"))
        )
        first = told.order_by(*row, "at", "pk").distinct(*row).values_list("at", "pk", "changes", *row)
        return [
            (subject, int(key), changes) for _, _, changes, subject, key, *_ in sorted(first, reverse=True)
        ]

    def _added_since(self, lines: Mapping[int, Line], year: int | None) -> Counter[int]:
        """By how much each budget grew since, in cents."""
        grown: Counter[int] = Counter()
        for subject, key, changes in self._later:
            if subject == PROJECT and key in lines and "cents" in changes:
                began = lines[key].call.starts_on
                number = next(filter(None, changes["number"]))
                if year is None or (began and began.year + number - 1 == year):
                    before, after = (cents_of(text) if text else 0 for text in changes["cents"])
                    grown[key] += after - before
        return grown

    def _spent(self, lines: Iterable[int], year: int | None) -> dict[int, int]:
        accepted = Decision.objects.filter(
            in_year(year, "version__report__period__number", "version__report__project__call"),
            kind=Decision.Kind.ACCEPTED,
            at__lte=self.at,
            version__report__period__kind=ReportKind.FINANCIAL,
            version__report__project__in=among(lines),
        )
        last = accepted.order_by("version__report", "-version__number").distinct("version__report")
        rows = ReportVersion.objects.filter(pk__in=last.values("version")).values_list("report__project")
        return dict(rows.annotate(spent=Sum(spent_in("content"))))


def _take_back(line: Line, changes: Mapping[str, Any]) -> None:
    for field in TOLD:
        if field in changes:
            setattr(line, field, changes[field][0])
    if "officer" in changes:
        line.officer = changes["officer"][0]
