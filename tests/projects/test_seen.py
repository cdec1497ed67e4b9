"""Two people in one form of a project or a call: what the first kept is not lost without a word."""

import pytest
from django.urls import reverse

from huizen.roles import Role
from projects.models import Milestone, Objective, ResultStatement, Risk, Target
from tests.factories import HouseFactory, MembershipFactory
from tests.projects.builders import make_coordinator, make_objective, make_officer, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project(name="Ons project", house=HouseFactory(), title="Eerst", summary="Kort")


@pytest.fixture
def alice(client, project):
    client.force_login(make_coordinator(project.house))
    return client


def shown(client, address) -> dict:
    """What a page sends back as it stands, with everything that is hidden in its form."""
    form = client.get(address).context["form"]
    return {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}


def test_what_a_colleague_changed_meanwhile_stays_where_she_changed_nothing(alice, project):
    address = reverse("project_edit", args=[project.slug])
    first, second = shown(alice, address), shown(alice, address)
    alice.post(address, first | {"title": "Van de eerste"})
    assert alice.post(address, second | {"summary": "Van de tweede"}).status_code == 302
    project.refresh_from_db()
    assert (project.title, project.summary) == ("Van de eerste", "Van de tweede")


def test_where_both_wrote_the_second_is_told_and_chooses(alice, project):
    address = reverse("project_edit", args=[project.slug])
    first, second = shown(alice, address), shown(alice, address)
    alice.post(address, first | {"title": "Van de eerste"})
    answer = alice.post(address, second | {"title": "Van de tweede"})
    page = answer.content.decode()
    assert "Iemand anders schreef hier intussen: “Van de eerste”" in page
    assert 'value="Van de tweede"' in page
    project.refresh_from_db()
    assert project.title == "Van de eerste"
    again = answer.context["form"]["gezien"].value()
    alice.post(address, second | {"title": "Van de tweede", "gezien": again})
    project.refresh_from_db()
    assert project.title == "Van de tweede"


def test_a_policy_goal_that_is_refused_keeps_what_was_typed_and_says_why_at_its_field(alice, project):
    project.policy_goals = ["preventive_family_support", "integration"]
    project.save()
    make_objective(project, policy_goals=["integration"])
    address = reverse("project_edit", args=[project.slug])
    goals = ["preventive_family_support", "poverty"]
    answer = alice.post(address, shown(alice, address) | {"summary": "Lang getypt", "policy_goals": goals})
    assert "werkt aan een doelstelling die je weghaalt" in str(answer.context["form"].errors["policy_goals"])
    assert "Lang getypt" in answer.content.decode()


def counts(objective, *lines, mark=None) -> dict:
    sent = {"telbaar-TOTAL_FORMS": str(len(lines)), "telbaar-INITIAL_FORMS": "1"}
    for place, (amount, what) in enumerate(lines):
        sent |= {f"telbaar-{place}-amount": amount, f"telbaar-{place}-what": what}
    return sent | ({"telbaar-gezien": mark} if mark else {})


def test_an_objective_that_was_kept_meanwhile_can_still_be_kept(alice, project):
    objective = make_objective(project, title="Eerst")
    Target.objects.create(objective=objective, amount=4, what="punten")
    address = reverse("objective_edit", args=[project.slug, objective.pk])
    page = shown(alice, address)
    mark = alice.get(address).context["targets"].mark
    same = page | counts(objective, (4, "punten"), mark=mark)
    alice.post(address, same | {"telbaar-0-amount": 5, "title": "Van de eerste"})
    assert alice.post(address, same | {"description": "Van de tweede"}).status_code == 302
    objective.refresh_from_db()
    assert (objective.title, objective.description) == ("Van de eerste", "Van de tweede")
    assert str(objective.targets.get()) == "5 punten"
    answer = alice.post(address, same | {"telbaar-0-amount": 6})
    assert "Iemand anders wijzigde de tellingen intussen: 5 punten" in answer.content.decode()
    alice.post(address, same | {"telbaar-0-amount": 6, "telbaar-gezien": answer.context["targets"].mark})
    assert str(objective.targets.get()) == "6 punten"


def test_a_milestone_a_risk_and_a_result_say_so_too(alice, project):
    objective = make_objective(project)
    milestone = Milestone.objects.create(project=project, title="Open", planned_for="2027-01-01")
    risk = Risk.objects.create(project=project, description="Geen volk", likelihood=1, impact=1)
    result = ResultStatement.objects.create(objective=objective, level="outcome", text="Eerst")
    cases = [
        ("milestone_edit", milestone, "planned_for", ("2027-02-02", "2027-03-03"), "2 februari 2027"),
        ("risk_edit", risk, "likelihood", ("2", "3"), "middelmatig"),
        ("result_edit", result, "text", ("Een", "Ander"), "Een"),
    ]
    for name, row, field, (one, other), said in cases:
        address = reverse(name, args=[project.slug, row.pk])
        first = shown(alice, address)
        assert alice.post(address, first | {field: one}).status_code == 302
        assert f"intussen: “{said}”" in alice.post(address, first | {field: other}).content.decode()


def test_two_officers_one_who_follows_and_one_the_state(client, project):
    officer = make_officer()
    other = MembershipFactory(house=None, role=Role.OFFICER).user
    client.force_login(officer)
    address = reverse("project_follow", args=[project.slug])
    first, second = shown(client, address), shown(client, address)
    client.post(address, first | {"status": "running"})
    assert client.post(address, second | {"officer": other.pk}).status_code == 302
    project.refresh_from_db()
    assert (project.status, project.officer) == ("running", other)


def test_a_mark_that_nobody_gave_breaks_nothing(alice, project):
    address = reverse("project_edit", args=[project.slug])
    for mark in ("[]", "{", '{"title": 3}', '{"title": null, "nergens": {}}', "\x00", "9" * 400):
        assert alice.post(address, {"title": "Toch", "gezien": mark}).status_code in (200, 302)
    assert Objective.objects.count() == 0
