"""The programme, the calls and their projects as they were published, from projects/reference/."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from huizen.models import Municipality
from projects.models import Call, Objective, Programme, Project, Target

FOLDER = Path(__file__).resolve().parent.parent / "reference"


class PlacesMissingError(Exception):
    """The municipalities are not there yet."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of one reference file, by column name."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@transaction.atomic
def load_projects() -> int:
    """Add what is missing and answer how many projects came in; what is there stays as people edited it.

    Raises PlacesMissingError when a municipality of a project is unknown.
    """
    for row in rows("calls"):
        load_call(row)
    return sum(load_project(row) for row in rows("projects"))


def load_call(row: dict[str, str]) -> None:
    programme, _ = Programme.objects.get_or_create(
        slug=row["programme_slug"],
        defaults={"name": row["programme_name"], "description": row["description"]},
    )
    Call.objects.get_or_create(
        programme=programme,
        year=int(row["year"]),
        defaults={
            "title": row["title"],
            "years": int(row["years"]),
            "max_per_year": int(row["max_per_year"]),
            "source_note": row["source_note"],
        },
    )


def load_project(row: dict[str, str]) -> bool:
    """Add one project with its municipalities and objectives; False when it was there."""
    project, is_new = Project.objects.get_or_create(
        slug=row["slug"],
        defaults={
            "call": Call.objects.get(year=int(row["call_year"])),
            "status": Project.Status.SELECTED,
            **{
                field: row[field] for field in ("name", "official_variant", "title", "summary", "source_note")
            },
        },
    )
    if is_new:
        project.municipalities.set(municipalities(row["nis_codes"].split("|")))
        load_objectives(project)
    return is_new


def municipalities(nis_codes: list[str]) -> list[Municipality]:
    found = list(Municipality.objects.filter(nis_code__in=nis_codes))
    if len(found) != len(nis_codes):
        raise PlacesMissingError(
            "De gemeenten ontbreken nog. Laad eerst de plaatsen: manage.py load_reference."
        )
    return found


def load_objectives(project: Project) -> None:
    for row in rows("objectives"):
        if row["project_slug"] == project.slug:
            objective = Objective.objects.create(
                project=project,
                number=int(row["number"]),
                title=row["title"],
                description=row["description"],
            )
            Target.objects.bulk_create(
                Target(objective=objective, amount=int(target["amount"]), what=target["what"])
                for target in rows("targets")
                if (target["project_slug"], target["objective_number"]) == (project.slug, row["number"])
            )
