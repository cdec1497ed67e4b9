"""What a coordinator still has to fill in about her project, or to hand in."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from huizen.dashboard import Tally, Tile
from huizen.models import House, User
from huizen.roles import Permission
from projects.actions.period import REPORTING
from projects.models import Application, ApplicationState, Milestone, Objective, ProgressReport, Project
from projects.models.project import OWING_STATUSES
from projects.models.report import OPEN

#: From how long before its last day a report stands on the desk.
SOON = timedelta(days=30)


def _due(user: User, now: datetime):
    today = timezone.localdate(now)
    rows = ProgressReport.objects.writable_by(user).as_of(today)
    due = rows.filter(state__in=OPEN, project__status__in=OWING_STATUSES, period__due_on__lte=today + SOON)
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


def _begun(user: User, now: datetime):
    rows = Application.objects.writable_by(user).filter(state=ApplicationState.DRAFT, call__closes_at__gt=now)
    return rows.filter(call__opens_at__lte=now).order_by("call__closes_at", "pk")


def _application_tile(number: int, first: int) -> Tile:
    return Tile(
        title="Aanvraag van een project",
        text="Je begon een aanvraag. Dien ze in voor de oproep sluit.",
        url=reverse("application", args=[first]),
        button="Schrijf verder",
        count=number,
        order=24,
    )


#: The applications that a coordinator began in an open call.
applications_to_finish = Tally(Permission.APPLY, _begun, _application_tile)


def _late(user: User, now: datetime):
    houses = House.objects.where(user, Permission.WRITE_REPORTS)
    rows = Milestone.objects.late(timezone.localdate(now)).filter(
        project__house__in=houses, project__status__in=REPORTING
    )
    return rows.order_by("planned_for", "pk")


def _late_tile(number: int, first: int) -> Tile:
    return Tile(
        title="Mijlpaal van een project",
        text="Een mijlpaal moest al bereikt zijn. Noteer de dag, of kies een andere.",
        url=reverse("milestone_reach", args=[first]),
        button="Kijk na",
        count=number,
        order=60,
    )


#: The milestones that a project should have reached by now.
late_milestones = Tally(Permission.WRITE_REPORTS, _late, _late_tile)


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
