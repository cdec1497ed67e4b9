"""What a coordinator still has to fill in about her project."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from huizen.dashboard import Tile
from huizen.models import House, User
from huizen.roles import Permission
from projects.models import Objective, Project


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
