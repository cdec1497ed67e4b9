"""Changes of what was agreed: asked with a reason, decided once with a reason, carried out at once, kept for good."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.models import Event, Message
from projects.actions.amendment import AmendmentError, Shift, withdraw_amendment
from projects.actions.budget import add_line
from projects.actions.period import make_reports, set_term
from projects.models import Amendment, AmendmentDecision, BudgetLine, BudgetShift, Period, Project
from projects.revised_budget import revised_budget
from tests.projects.plan_builders import LAST_DAY, YEAR_LATER, ask, decide
from tests.projects.report_builders import DEADLINES, NOW, STARTS, make_reporting_project

pytestmark = pytest.mark.django_db


def fresh(project) -> Project:
    return Project.objects.select_related("call").get(pk=project.pk)


def test_an_extension_moves_the_end_and_asks_the_reports_of_the_years_that_it_adds(project):
    other = make_reporting_project(call=project.call)
    assert (project.last_day, project.years, project.reports.count()) == (LAST_DAY, 3, 9)
    decide(ask(project))
    assert (fresh(project).last_day, fresh(project).years) == (YEAR_LATER, 4)
    added = project.reports.filter(period__number=4).order_by("period__due_on", "period__kind")
    assert [
        (str(report.period), report.period.due_on) for report in added.select_related("period__call")
    ] == [
        ("inhoudelijk verslag, werkingsjaar 4 (2028)", dt.date(2029, 3, 31)),
        ("zelfevaluatie, werkingsjaar 4 (2028)", dt.date(2029, 3, 31)),
        ("financieel verslag, werkingsjaar 4 (2028)", dt.date(2029, 7, 31)),
    ]
    # The others of the call owe no more than before, also when reports are made again.
    assert make_reports(call=project.call, now=NOW) == 0
    assert set_term(call=project.call, starts_on=STARTS, deadlines=DEADLINES, by=None, now=NOW) == 0
    assert other.reports.count() == 9
    assert fresh(other).last_day == LAST_DAY


def test_a_few_months_more_are_a_working_year_that_is_not_whole(project):
    decide(ask(project, until=dt.date(2028, 3, 31)))
    assert (fresh(project).last_day, fresh(project).years) == (dt.date(2028, 3, 31), 4)
    decide(ask(project, until=dt.date(2028, 6, 30)))
    assert (fresh(project).years, Period.objects.filter(number=4).count()) == (4, 3)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "Kies een dag na de laatste dag"),
        (LAST_DAY, "Kies een dag na de laatste dag"),
        (dt.date(2035, 1, 1), "hoogstens tien werkingsjaren"),
    ],
)
def test_an_extension_is_longer_and_not_endless(project, until, words):
    with pytest.raises(AmendmentError, match=words):
        ask(project, until=until)
    assert not Amendment.objects.exists()


def test_without_a_first_day_there_is_nothing_to_lengthen(project):
    project.call.starts_on = None
    project.call.save()
    with pytest.raises(AmendmentError, match="nog niet vast"):
        ask(project)


def test_one_of_a_kind_waits_at_a_time_and_can_be_taken_back(project):
    first = ask(project)
    with pytest.raises(AmendmentError, match="Er wacht al zo'n wijziging"):
        ask(project)
    ask(project, "partner")
    withdraw_amendment(amendment=first, by=project.coordinator, now=NOW)
    with pytest.raises(AmendmentError, match=r"^Hierover is al beslist"):
        decide(first)
    assert ask(project).pk != first.pk


def test_what_is_refused_changes_nothing_and_is_kept_with_its_reason(project):
    amendment = ask(project)
    with pytest.raises(AmendmentError, match=r"^Zeg waarom"):
        decide(amendment, accepted=False, text="")
    with pytest.raises(AmendmentError, match=r"^Alleen Opgroeien"):
        decide(amendment, by=project.coordinator)
    decide(amendment, accepted=False, text="Er is geen geld.")
    assert fresh(project).last_day == LAST_DAY
    decision = AmendmentDecision.objects.get()
    assert (decision.kind, decision.text, decision.by) == ("refused", "Er is geen geld.", project.officer)
    with pytest.raises(AmendmentError, match=r"^Hierover is al beslist"):
        decide(amendment)


def test_what_was_asked_and_decided_is_never_changed(project):
    add_line(project=project, number=1, what="Loon", source="own", cents=100, by=project.officer, now=NOW)
    amendment = ask(project, "budget", shifts=[Shift(1, "Loon", "own", 200)])
    decide(amendment)
    for rows in (Amendment.objects, AmendmentDecision.objects):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{"reason" if rows is Amendment.objects else "text": "Anders"})
    for rows in (AmendmentDecision.objects, BudgetShift.objects):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.all().delete()


def test_both_sides_hear_of_it(project):
    decide(ask(project))
    told = dict(
        Message.objects.filter(template__startswith="project_amendment").values_list("recipient", "template")
    )
    assert told == {
        project.officer.email: "project_amendment_asked",
        project.coordinator.email: "project_amendment_decided",
    }


def test_who_left_the_agency_hears_of_no_change_any_more(project):
    project.officer.memberships.update(ended_at=NOW)
    ask(project)
    assert not Message.objects.exists()


@pytest.fixture
def budget(project):
    """Forty thousand of subsidy for wages, of the fifty that the call gives, and five of its own."""
    for what, source, cents in (("Loon", "opgroeien", 4_000_000), ("Zaal", "own", 500_000)):
        add_line(
            project=project, number=1, what=what, source=source, cents=cents, by=project.officer, now=NOW
        )
    return project


def shift(project, *shifts, **facts) -> Amendment:
    return ask(project, "budget", shifts=[Shift(*each) for each in shifts], **facts)


def amounts(project) -> dict:
    return {line.what: (line.approved, line.cents) for line in revised_budget(project).lines}


def test_a_shift_gives_every_line_its_new_amount_beside_what_was_approved(budget):
    decide(shift(budget, (1, "Loon", "opgroeien", 3_000_000), (1, "Taal", "abb", 1_000_000)))
    assert amounts(budget) == {
        "Loon": (4_000_000, 3_000_000),
        "Taal": (0, 1_000_000),
        "Zaal": (500_000, 500_000),
    }
    decide(shift(budget, (1, "Loon", "opgroeien", 3_500_000), (1, "Taal", "abb", 500_000)))
    assert amounts(budget) == {
        "Loon": (4_000_000, 3_500_000),
        "Taal": (0, 500_000),
        "Zaal": (500_000, 500_000),
    }


def test_a_line_that_is_taken_away_is_still_told_of(budget):
    decide(shift(budget, (1, "Zaal", "own", 0)))
    event = Event.objects.get(verb="budget_shifted", subject_type="projects.project")
    assert event.changes == {"number": [1, ""], "cents": ["5.000", ""]}
    revised = revised_budget(budget)
    assert [line.what for line in revised.lines] == ["Loon"]
    assert [str(each) for each in revised.gone] == ["Zaal (eigen middelen)"]


@pytest.mark.parametrize(
    ("shifts", "words"),
    [
        ([], "Zeg welk bedrag verandert"),
        ([(1, "Loon", "opgroeien", 4_000_000)], "Zeg welk bedrag verandert"),
        ([(1, "Loon", "opgroeien", 4_000_001)], "meer subsidie dan nu"),
        ([(1, "Taal", "abb", 100)], "meer subsidie dan nu"),
    ],
)
def test_a_shift_gives_no_more_subsidy_than_now(budget, shifts, words):
    with pytest.raises(AmendmentError, match=words):
        shift(budget, *shifts)


def test_a_shift_to_another_year_gives_no_more_than_the_call(budget):
    line = {"number": 2, "what": "Loon", "source": "opgroeien", "cents": 4_500_000}
    add_line(project=budget, **line, by=budget.officer, now=NOW)
    with pytest.raises(AmendmentError, match=r"hoogstens 50\.000 euro"):
        shift(budget, (1, "Loon", "opgroeien", 3_000_000), (2, "Loon", "opgroeien", 5_500_000))


def test_a_shift_to_abb_asks_integration(budget):
    budget.policy_goals = []
    budget.save()
    with pytest.raises(AmendmentError, match=r"^ABB betaalt alleen mee"):
        shift(budget, (1, "Loon", "opgroeien", 3_000_000), (1, "Taal", "abb", 1_000_000))


def test_a_budget_that_changed_meanwhile_is_not_shifted(budget):
    amendment = shift(budget, (1, "Loon", "opgroeien", 3_000_000))
    BudgetLine.objects.filter(what="Loon").update(cents=2_000_000)
    with pytest.raises(AmendmentError, match=r"^De begroting is intussen anders"):
        decide(amendment)
    assert amendment.project.amendments.waiting().get() == amendment


def test_what_was_spent_from_is_not_taken_away(budget):
    amendment = shift(budget, (1, "Zaal", "own", 0))
    BudgetLine.objects.filter(what="Zaal").update(spent=100)
    with pytest.raises(AmendmentError, match="al iets uitgegeven"):
        decide(amendment)


def test_asked_on_a_page_and_decided_on_another(client, budget):
    pages = reverse("amendment_list", args=[budget.slug])
    words = ("verlenging", "begroting", "partner", "x")
    create = {word: reverse("amendment_create", args=[budget.slug, word]) for word in words}
    client.force_login(budget.coordinator)
    assert client.get(create["x"]).status_code == 404
    assert "Nog geen wijzigingen" in client.get(pages).content.decode()
    answer = client.post(create["verlenging"], {"until": "2026-01-01", "reason": "Het duurt langer."})
    assert "Kies een dag na de laatste dag" in answer.content.decode()
    assert client.post(create["verlenging"], {"until": "2028-12-31", "reason": ""}).status_code == 422
    assert (
        client.post(create["verlenging"], {"until": "2028-12-31", "reason": "Het duurt langer."}).url == pages
    )
    assert "wacht op een beslissing" in client.get(pages).content.decode()
    amendment = Amendment.objects.get()
    page = reverse("amendment_decide", args=[amendment.pk])
    assert client.get(page).status_code == 403
    client.force_login(budget.officer)
    assert client.post(page, {"antwoord": "ja", "text": ""}).status_code == 422
    assert client.post(create["partner"], {}).status_code == 403
    assert client.post(page, {"antwoord": "ja", "text": "Akkoord."}).url == pages
    assert (
        "Hierover is al beslist"
        in client.post(page, {"antwoord": "nee", "text": "Toch niet."}).content.decode()
    )
    text = client.get(pages).content.decode()
    assert "goedgekeurd" in text
    assert "Akkoord." in text
    assert "zondag 31 december 2028 (verlengd)" in text


def test_a_shift_is_typed_line_by_line(client, budget):
    client.force_login(budget.coordinator)
    wages, room = budget.budget_lines.order_by("pk")
    page = reverse("amendment_create", args=[budget.slug, "begroting"])
    assert "Nu 40.000 euro" in client.get(page).content.decode()
    typed = {f"line_{wages.pk}": "30.000", f"line_{room.pk}": "5.000", "reason": "Andere noden."}
    for wrong in ({"what": "Taal"}, {f"line_{wages.pk}": "x"}, {f"line_{wages.pk}": "9" * 16}):
        assert client.post(page, typed | wrong).status_code == 422
    double = {"number": "1", "what": "Loon", "source": "opgroeien", "cents": "10"}
    assert "Deze lijn staat er al" in client.post(page, typed | double).content.decode()
    client.post(page, typed | {"number": "1", "what": "Taal", "source": "abb", "cents": "10.000"})
    decide(Amendment.objects.get())
    text = client.get(reverse("budget", args=[budget.slug])).content.decode()
    assert "Eerst goedgekeurd" in text
    assert text.count("gewijzigd") >= 2


def test_taken_back_on_the_page_once(client, project):
    client.force_login(project.coordinator)
    amendment = ask(project, "partner")
    page = reverse("amendment_withdraw", args=[amendment.pk])
    for _ in range(2):
        assert client.post(page).url == reverse("amendment_list", args=[project.slug])
    assert AmendmentDecision.objects.get().kind == "withdrawn"


def test_more_changes_cost_no_more_queries(client, project):
    client.force_login(project.coordinator)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("amendment_list", args=[project.slug]))
        return len(queries)

    decide(ask(project, "partner"))
    few = cost()
    for _ in range(2):
        decide(ask(project, "partner"))
    assert cost() == few
