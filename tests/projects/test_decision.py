"""What the agency decides about an application: each decision is kept with its reason and letter; a selected one is a project."""

import pytest
from django.db import IntegrityError, transaction

from huizen.models import Message
from projects.actions.application import ApplicationError, MovedOnError
from projects.actions.decision import check_admissibility, decide
from projects.application.checks import Checked, checklist, facts_of
from projects.application.flow import STEPS, Act
from projects.application.rules import area_of
from projects.models import Application, ApplicationDecision, ApplicationState, Call, Period, Project
from tests.projects.application_builders import (
    AFTER,
    NOW,
    begin,
    coordinator_of,
    fill,
    judge,
    make_admitted,
    make_handed_in,
    make_house,
    make_juror,
    make_open_call,
)
from tests.projects.builders import make_officer

pytestmark = pytest.mark.django_db
FINE, WRONG = Checked("Op tijd", True), Checked("Een Huis met partners", False, "Geen partner.")


@pytest.fixture
def call():
    return make_open_call(released_by="content", released_percent=25)


@pytest.fixture
def application(call):
    row = make_admitted(call, make_house("Mol"))
    judge(row, make_juror(call), 8, 8)
    return row


def admit(application, *checks, reason="", now=AFTER, version=1):
    facts = {"version": version, "checks": list(checks), "reason": reason}
    return check_admissibility(application=application, **facts, by=make_officer(), now=now)


def choose(application, act=Act.SELECT, reason="Sterk.", version=1, by=None, now=AFTER):
    facts = {"act": act, "version": version, "reason": reason, "by": by or make_officer()}
    return decide(application=application, **facts, now=now)


def state_of(application) -> str:
    return Application.objects.get(pk=application.pk).state


def letters():
    return Message.objects.filter(template="application_decided")


def test_where_every_rule_is_kept_it_goes_to_the_jury(call):
    row = make_handed_in(call)
    decision = admit(row, FINE)
    assert (state_of(row), decision.kind) == ("in_jury", "admissible")
    assert decision.checks == [{"rule": "Op tijd", "is_kept": True, "remark": ""}]


def test_one_rule_that_is_not_kept_is_enough_and_asks_a_reason(call):
    row = make_handed_in(call)
    with pytest.raises(ApplicationError, match="Zeg waarom"):
        admit(row, FINE, WRONG)
    admit(row, FINE, WRONG, reason="Er is geen partner.")
    assert state_of(row) == "inadmissible"
    assert letters().first().context["reason"] == "Er is geen partner."


def test_a_mistake_about_admissibility_is_put_right_with_a_reason_and_both_are_kept(call):
    row = make_handed_in(call)
    admit(row, WRONG, reason="Geen partner.")
    with pytest.raises(ApplicationError, match="herzien"):
        admit(row, FINE)
    admit(row, FINE, reason="De partner stond in de bijlage.")
    assert list(ApplicationDecision.objects.order_by("pk").values_list("kind", flat=True)) == [
        "inadmissible",
        "admissible",
    ]


def test_the_checklist_comes_of_the_rules_of_the_call(call):
    row = make_handed_in(call, make_house("Mol"))
    version = row.versions.get()

    def faults():
        stored = Call.objects.get(pk=call.pk)
        places = [row.house.working_areas.get().municipality]
        checks = checklist(stored, facts_of(version, places), version, area_of(stored))
        return {check.key: check.fault for check in checks if check.fault}

    assert faults() == {}
    Call.objects.filter(pk=call.pk).update(max_per_year=30_000, fewest_goals=3, provinces=["Limburg"])
    assert set(faults()) == {"area", "goals", "amount"}


def test_nothing_is_decided_while_the_call_is_open(call):
    row = make_handed_in(call)
    with pytest.raises(ApplicationError, match="nog open"):
        admit(row, FINE, now=NOW)
    with pytest.raises(ApplicationError, match="nog open"):
        choose(row, now=NOW)


def test_a_draft_is_not_decided_about(call):
    row = fill(begin(call))
    with pytest.raises(MovedOnError):
        admit(row, FINE)


def test_a_selected_application_is_a_project_with_all_that_follows(application, call):
    choose(application)
    project = Project.objects.get()
    assert Application.objects.get(pk=application.pk).project == project
    assert (project.slug, project.name, project.status) == ("samen-lezen", "Samen lezen", "selected")
    assert (project.house, project.policy_goals) == (
        application.house,
        ["preventive_family_support", "integration"],
    )
    assert [place.name for place in project.municipalities.all()] == ["Mol"]
    assert [str(each) for each in project.objectives.all()] == ["1. Meer gezinnen lezen"]
    lines = project.budget_lines.order_by("number").values_list("number", "what", "source", "cents")
    assert list(lines) == [(1, "Loon", "opgroeien", 4_000_000), (2, "Loon", "opgroeien", 4_000_000)]
    assert project.reports.count() == call.periods.count() == 2
    parts = project.instalments.order_by("report__period__number")
    assert list(parts.values_list("report__period__number", "cents")) == [(1, 1_000_000), (2, 1_000_000)]


def test_without_a_rule_no_instalment_is_made():
    call = make_open_call()
    row = make_admitted(call)
    judge(row, make_juror(call), 5, 5)
    choose(row)
    assert not Project.objects.get().instalments.exists()


def test_two_projects_with_one_title_have_two_addresses(application, call):
    second = make_admitted(call)
    judge(second, call.seats.get().user, 7, 7)
    choose(application)
    choose(second)
    assert sorted(Project.objects.values_list("slug", flat=True)) == ["samen-lezen", "samen-lezen-2"]


def test_without_periods_nothing_is_selected_and_all_stays_as_it_was(application):
    Period.objects.all().delete()
    with pytest.raises(ApplicationError, match="Leg eerst de termijnen"):
        choose(application)
    assert (
        state_of(application),
        Project.objects.exists(),
        letters().filter(context__kind="selected").exists(),
    ) == (
        "in_jury",
        False,
        False,
    )


def test_a_budget_that_the_call_no_longer_allows_makes_no_project(application, call):
    Call.objects.filter(pk=call.pk).update(max_per_year=10_000)
    with pytest.raises(ApplicationError, match="Loon, werkingsjaar 1: De oproep geeft hoogstens"):
        choose(application)
    assert not Project.objects.exists()


def test_the_letter_goes_to_the_coordinators_and_the_contact_person(application):
    letters().delete()
    choose(application, reason="Omdat het sterk is.")
    assert sorted(letters().values_list("recipient", flat=True)) == sorted(
        ["an@voorbeeld.example", coordinator_of(application).email]
    )
    assert letters().first().context["reason"] == "Omdat het sterk is."


def test_a_reserve_can_move_up_or_not_and_each_decision_is_kept(application):
    choose(application, Act.RESERVE)
    choose(application, Act.SELECT)
    kinds = ApplicationDecision.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["admissible", "reserve", "selected"]


def test_a_decision_asks_a_reason(application):
    with pytest.raises(ApplicationError, match="Zeg waarom"):
        choose(application, reason="")


def test_nothing_is_decided_while_a_member_still_judges(application, call):
    late = make_juror(call)
    late.name = "Lies"
    late.save()
    with pytest.raises(ApplicationError, match="De jury is nog niet klaar: we wachten op Lies"):
        choose(application)


def test_nothing_is_decided_before_anybody_judged(call):
    row = make_admitted(call)
    with pytest.raises(ApplicationError, match="niemand gaf punten"):
        choose(row)


def test_who_read_another_version_decides_nothing(application):
    with pytest.raises(MovedOnError, match="andere versie"):
        choose(application, version=2)


def test_a_second_decision_is_refused(application):
    choose(application)
    with pytest.raises(MovedOnError):
        choose(application, Act.REJECT)


def test_a_coordinator_decides_nothing(application):
    with pytest.raises(MovedOnError):
        choose(application, by=coordinator_of(application))


def test_decisions_cannot_be_changed_or_taken_away(application):
    for change in (lambda rows: rows.update(reason="Anders."), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(ApplicationDecision.objects.all())


def test_only_a_selected_application_has_a_project(application):
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state="selected")


def test_every_act_leads_somewhere_and_nothing_leaves_the_end():
    ends = {ApplicationState.SELECTED, ApplicationState.NOT_SELECTED}
    assert {step.act for step in STEPS} == set(Act)
    assert not {step.start for step in STEPS} & ends
