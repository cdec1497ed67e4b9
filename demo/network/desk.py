"""An invented call of some years ago, all its reports accepted: something to compare on the desk of the agency."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from demo.network.houses import Home
from demo.network.people import COORDINATOR
from demo.network.world import World, mail
from huizen.models import User
from huizen.vocabulary import PolicyGoal
from projects.actions.budget import add_instalment, add_line
from projects.actions.follow import follow_project
from projects.actions.indicator import add_indicator, decide_yardstick, set_yardstick
from projects.actions.period import set_term
from projects.actions.project import add_objective
from projects.actions.report import submit
from projects.actions.result import add_result
from projects.actions.review import accept
from projects.models import Call, Indicator, IndicatorTemplate, Programme, ProgressReport, Project, ReportKind
from projects.report_parts import Kind, parts_of, values_of
from projects.typed import Typed, mark_of

YEARS, BEGAN = 3, 4
#: The name of each project, what it works on beside family support, and how many families it reached year by year.
PROJECTS = (
    ("Voorbeeld: koffie aan de schoolpoort", PolicyGoal.CHILDCARE_EDUCATION, (140, 170, 230)),
    ("Voorbeeld: samen eten", PolicyGoal.POVERTY, (90, 120, 150)),
    ("Voorbeeld: welkom in de buurt", PolicyGoal.INTEGRATION, (150, 260, 310)),
    ("Voorbeeld: lezen op schoot", PolicyGoal.CHILDCARE_EDUCATION, (60, 70, 75)),
    ("Voorbeeld: vaders en peuters", PolicyGoal.INTEGRATION, (110, 190, 200)),
)
BASELINE, TARGETS = 50, (150, 200, 250)
#: The project whose yardstick changed after its first year, and what it aims at since.
REBASED, NEW_TARGETS = "Voorbeeld: lezen op schoot", (150, 90, 100)


def make_desk(world: World, homes: list[Home], users: dict[str, User]) -> int:
    """The call with its projects, of which every report was accepted; gives how many projects."""
    writer, officer = users[COORDINATOR.email], users[mail("opgroeien")]
    programme = Programme.objects.get(slug="voorbeeld")
    first = world.today.year - BEGAN
    call = Call.objects.create(
        programme=programme,
        year=first,
        title="Voorbeeldoproep van vroeger (verzonnen)",
        years=YEARS,
        max_per_year=50_000,
        source_note="Verzonnen voor deze demo.",
    )
    began = _morning(date(first, 1, 5))
    made = [
        _project(world, call, home, name, goal, writer, officer, began)
        for home, (name, goal, _) in zip(homes, PROJECTS, strict=False)
    ]
    facts = {"deadlines": {ReportKind.CONTENT: (4, 1)}, "by": officer, "now": began}
    set_term(call=call, starts_on=date(first, 1, 1), **facts)
    for project, (_, _, reached) in zip(made, PROJECTS, strict=True):
        for number, value in enumerate(reached, start=1):
            _tell(project, number, value, writer, officer)
    for project in made:
        done = {"status": Project.Status.COMPLETED, "by": officer, "now": world.now - timedelta(days=90)}
        follow_project(project=project, officer=officer, **done)
    return len(made)


def _project(world, call, home, name, goal, writer, officer, began) -> Project:
    project = Project.objects.create(
        call=call,
        slug=world.slug(name, longest=80),
        name=name,
        house=home.house,
        policy_goals=[PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, goal],
        summary="Een verzonnen project van de demo.",
        source_note="Verzonnen voor deze demo.",
        status=Project.Status.RUNNING,
        officer=officer,
    )
    project.municipalities.set(home.house.working_areas.values_list("municipality", flat=True))
    facts = {"by": writer, "now": began}
    objective = add_objective(
        project=project, title="Meer gezinnen (voorbeeld)", description="", targets=[], **facts
    )
    result = add_result(objective=objective, level="output", text="We bereiken gezinnen (voorbeeld)", **facts)
    template = IndicatorTemplate.objects.get(programme=call.programme)
    same = {name: getattr(template, name) for name in ("name", "definition", "unit", "direction", "source")}
    indicator = add_indicator(result=result, facts={"template": template} | same, **facts)
    _set(indicator, TARGETS, "", **facts)
    for number in range(1, YEARS + 1):
        money = {"number": number, "what": "Loon (voorbeeld)", "source": "opgroeien", "cents": 3_000_000}
        add_line(project=project, **money, by=officer, now=began)
    return project


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _set(indicator: Indicator, targets, reason: str, **facts):
    aims = [Decimal(target) for target in targets]
    same = {"baseline": Decimal(BASELINE), "baseline_on": facts["now"].date(), "targets": aims}
    return set_yardstick(indicator=indicator, reason=reason, **same, **facts)


def _tell(project: Project, number: int, value: int, writer: User, officer: User) -> None:
    """A working year: handed in, accepted, its part of the money released; then one project changes its yardstick."""
    report = ProgressReport.objects.whole().get(project=project, period__number=number)
    at = _morning(report.period.due_on) - timedelta(days=9)
    add_instalment(report=report, cents=2_000_000, by=officer, now=at)
    parts = parts_of(report)
    values = values_of(report, parts)
    told = {Kind.SIGNAL: "on_track", Kind.NUMBER: str(value), Kind.NOTE: "Met de hand geteld (verzonnen)."}
    typed = {
        part.key: Typed(told.get(part.kind, "Verzonnen tekst."), mark_of(values[part.key])) for part in parts
    }
    submit(report=report, version=0, typed=typed, by=writer, now=at)
    accept(report=report, version=1, text="Dank je wel.", by=officer, now=at + timedelta(days=15))
    if project.name == REBASED and number == 1:
        indicator = Indicator.objects.get(result__objective__project=project)
        why = "De speelotheek die meewerkte, sloot (verzonnen)."
        changed = _set(indicator, NEW_TARGETS, why, by=writer, now=at + timedelta(days=30))
        decide_yardstick(yardstick=changed, approved=True, by=officer, now=at + timedelta(days=40))
