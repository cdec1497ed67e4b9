"""The budget of a project as it stands, with what each line was when it was first approved."""

from collections.abc import Iterable
from typing import NamedTuple

from projects.models import BudgetLine, BudgetShift, Project

Key = tuple[int, str, str]


class RevisedBudget(NamedTuple):
    """Lines with their first amount as `.approved` (0: it came later), and what took a line away."""

    lines: list[BudgetLine]
    gone: list[BudgetShift]

    @property
    def is_revised(self) -> bool:
        """Whether anything is otherwise than first approved."""
        return bool(self.gone) or any(line.approved != line.cents for line in self.lines)


def revised_budget(project: Project) -> RevisedBudget:
    """The lines by working year and who pays, each beside what was first approved (two queries)."""
    lines = list(project.budget_lines.order_by("number", "source", "what"))
    accepted = BudgetShift.objects.filter(amendment__in=project.amendments.accepted())
    first: dict[Key, BudgetShift] = {}
    for shift in accepted.order_by("amendment__decision__at", "pk"):
        first.setdefault(_key(shift), shift)
    for line in lines:
        shift = first.pop(_key(line), None)
        line.approved = shift.before if shift else line.cents
    return RevisedBudget(lines, _taken_away(first.values()))


def _taken_away(shifts: Iterable[BudgetShift]) -> list[BudgetShift]:
    """Of lines that are not there any more: those that were approved once."""
    return [shift for shift in shifts if shift.before]


def _key(row: BudgetLine | BudgetShift) -> Key:
    return row.number, row.what, row.source
