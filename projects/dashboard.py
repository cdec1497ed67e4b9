"""What a coordinator still has to fill in about her project."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from huizen.dashboard import Tally, Tile
from huizen.models import House, User
from huizen.roles import Permission
from projects.models import Objective, ProgressReport, Project
from projects.models.report import OPEN

#: From how long before its last day a report stands on the desk.
SOON = timedelta(days=30)


def _due(user: User, now: datetime):
    today = timezone.localdate(now)
    rows = ProgressReport.objects.writable_by(user).as_of(today)
    due = rows.filter(state__in=OPEN, period__due_on__lte=today + SOON)
    return due.order_by("period__due_on", "pk")


def _tile(number: int, first: int) -> Tile:
    return Tile(
        title="Verslag van een project",
        text="Een verslag moet binnenkort binnen zijn, of is al te laat.",
        url=reverse("report_write", args=[first]),
        button="Schrijf verder",
        count=number,
        order=25,
    )


#: The reports that a coordinator has to write soon.
reports_to_write = Tally(Permission.WRITE_REPORTS, _due, _tile)


def unfilled_projects(user: User, now: datetime) -> Iterator[Tile]:
    """One tile a project of the person's Houses that says too little (one query)."""
    if not user.may(Permission.EDIT_HOUSE):
        return
    houses = House.objects.where(user, Permission.EDIT_HOUSE)
    # What `Project.is_filled_in` asks of one, asked of all of them.
    lacks = Q(policy_goals=[]) | Q(summary="") | ~Exists(Objective.objects.filter(project=OuterRef("pk")))
    for project in Project.objects.public().filter(lacks, house__in=houses).order_by("pk"):
        yield Tile(
            title="Vul je project aan",
            text=f"Van het project {project} ontbreken nog gegevens.",
            url=reverse("project_edit", args=[project.slug]),
            button="Vul aan",
            order=80,
        )
