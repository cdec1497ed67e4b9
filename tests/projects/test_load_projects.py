"""The published projects: what comes in, and that nothing that people wrote is lost."""

import pytest
from django.core.management import CommandError, call_command

from huizen.models import Municipality
from projects.actions.reference import load_projects, rows
from projects.models import Call, Objective, Project, Target
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    codes = {code for row in rows("projects") for code in row["nis_codes"].split("|")}
    return [MunicipalityFactory(nis_code=code) for code in sorted(codes)]


def test_twenty_four_projects_come_in(places):
    assert load_projects() == 24
    call = Call.objects.get()
    assert (call.year, call.years, call.max_per_year, call.projects.count()) == (2021, 3, 50_000, 24)


def test_every_project_has_its_municipalities(places):
    load_projects()
    assert Project.objects.filter(municipalities=None).count() == 0
    baldemore = Project.objects.get(slug="baldemore")
    assert {m.nis_code for m in baldemore.municipalities.all()} == {"13003", "13006", "13025", "13036"}


def test_no_goals_are_guessed(places):
    load_projects()
    assert Project.objects.exclude(policy_goals=[]).count() == 0
    assert set(Objective.objects.values_list("project__slug", flat=True)) == {"baldemore"}
    assert [str(target) for target in Target.objects.order_by("pk")] == [
        "4 gemeenten met een antennepunt",
        "2 fysieke Huizen met een consultatiebureau, binnen drie jaar",
    ]


def test_loading_again_keeps_what_people_wrote(places, capsys):
    load_projects()
    Project.objects.filter(slug="baldemore").update(summary="Van ons.")
    Objective.objects.filter(number=3).delete()
    call_command("load_projects")
    assert capsys.readouterr().out == "0 projecten toegevoegd.\n"
    assert Project.objects.get(slug="baldemore").summary == "Van ons."
    assert (Project.objects.count(), Objective.objects.count()) == (24, 2)


def test_without_places_it_says_what_to_do_first():
    Municipality.objects.all().delete()
    with pytest.raises(CommandError, match="Laad eerst de plaatsen"):
        call_command("load_projects")
    assert Project.objects.count() == 0
