"""What a coordinator still has to fill in about her project."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from huizen.dashboard import Tile
from huizen.models import House, User
from huizen.roles import Permission
from projects.models import Project


def unfilled_projects(user: User, now: datetime) -> Iterator[Tile]:
    """One tile a project of the person's Houses that says too little."""
    houses = House.objects.where(user, Permission.EDIT_HOUSE)
    for project in Project.objects.public().filter(house__in=houses).prefetch_related("objectives"):
        if not project.is_filled_in:
            yield Tile(
                title="Vul je project aan",
                text=f"Van het project {project} ontbreken nog gegevens.",
                url=reverse("project_edit", args=[project.slug]),
                button="Vul aan",
                order=80,
            )
