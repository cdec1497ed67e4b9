"""The plan of a project as it stands today, and what of it asks for attention."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import F

from projects.models import Amendment, Milestone, Project, Risk, Yardstick


class Attention(NamedTuple):
    """What a project's plan asks: milestones that are late, open risks, heavy ones, and changes that wait."""

    late: int = 0
    risks: int = 0
    heavy: int = 0
    waiting: int = 0

    def __bool__(self):
        return any(self)


def attention_of(projects: Iterable[Project], *, today: date) -> dict[int, Attention]:
    """What the plan of each project asks, by the key of the project (four queries, however many projects)."""
    keys = [project.pk for project in projects]
    late = _count(Milestone.objects.late(today).filter(project__in=keys))
    risks = Risk.objects.open().filter(project__in=keys).annotate(weighs=F("likelihood") * F("impact"))
    heights = list(risks.values_list("project", "weighs"))
    opened = Counter(project for project, _ in heights)
    heavy = Counter(project for project, weighs in heights if weighs >= Risk.HEAVY)
    waiting = _count(Amendment.objects.waiting().filter(project__in=keys)) + _count(
        Yardstick.objects.filter(state="proposed", indicator__result__objective__project__in=keys),
        "indicator__result__objective__project",
    )
    return {key: Attention(late[key], opened[key], heavy[key], waiting[key]) for key in keys}


def _count(rows, project: str = "project") -> Counter:
    return Counter(rows.order_by().values_list(project, flat=True))
