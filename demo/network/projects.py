"""An invented programme, so that real projects get no invented figures: three projects, with a report in each state."""

from datetime import date, timedelta
from decimal import Decimal

from activities.models import Activity
from demo.network.drawing import add_shown
from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.people import COORDINATOR
from demo.network.world import World, mail
from huizen.models import User
from huizen.vocabulary import PolicyGoal
from projects.actions.budget import add_instalment, add_line
from projects.actions.indicator import add_indicator, set_yardstick
from projects.actions.period import set_term
from projects.actions.project import add_objective
from projects.actions.report import save_draft, submit
from projects.actions.result import add_result
from projects.actions.review import accept, request_changes
from projects.models import (
    Call,
    IndicatorTemplate,
    Programme,
    ProgressReport,
    Project,
    Question,
    ReportKind,
    Source,
)
from projects.report_parts import Kind, parts_of, values_of
from projects.typed import Typed, mark_of

#: The area of its House, its name and what it works on.
PROJECTS = (
    (
        BALDEMORE,
        "Voorbeeld: samen van start",
        [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.INTEGRATION],
    ),
    (ANTWERPEN, "Voorbeeld: spelen op het plein", [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.POVERTY]),
    (
        BALDEMORE,
        "Voorbeeld: taal aan tafel",
        [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.CHILDCARE_EDUCATION],
    ),
)
OBJECTIVES = ("Meer gezinnen vinden de weg (voorbeeld)", "Partners werken samen (voorbeeld)")
QUESTIONS = (
    (ReportKind.CONTENT, "Wat leerden jullie dit jaar?", "Denk ook aan wat niet lukte."),
    (ReportKind.CONTENT, "Hoe dachten gezinnen mee?", "Noem geen namen."),
    (ReportKind.FINANCIAL, "Wat verklaart grote verschillen?", "Eén zin per verschil is genoeg."),
    (ReportKind.SELF_EVALUATION, "Wat zouden jullie opnieuw doen?", ""),
    (ReportKind.SELF_EVALUATION, "Wat blijft er als de subsidie stopt?", "Wie neemt het over?"),
)
SUMMARY = "Dit is een verzonnen verslag.\nEr kwamen meer gezinnen dan vorig jaar."
#: The financial report is due in so many days; the content report was handed in so long ago.
SOON, AGO = timedelta(days=12), timedelta(days=12)
#: So long ago the agency said what the projects owe.
BEGAN = timedelta(days=60)


def make_projects(world: World, homes: list[Home], users: dict[str, User]) -> int:
    """The programme with its call, projects, figures and reports; gives how many projects."""
    writer, officer = users[COORDINATOR.email], users[mail("opgroeien")]
    call = _call(world)
    areas = {home.area.name: home for home in homes}
    made = [
        _project(world, call, areas[area], name, goals, writer, officer) for area, name, goals in PROJECTS
    ]
    due = world.today + SOON
    days = {ReportKind.CONTENT: (4, 1), ReportKind.FINANCIAL: (due.month, min(due.day, 28))}
    deadlines = days | {ReportKind.SELF_EVALUATION: (4, 1)}
    set_term(call=call, starts_on=_starts(world), deadlines=deadlines, by=officer, now=world.now - BEGAN)
    for project in made:
        add_instalment(report=_report(project), cents=2_000_000, by=officer, now=world.now - BEGAN)
    _reports(world, made, writer, officer)
    return len(made)


def _call(world: World) -> Call:
    programme = Programme.objects.create(
        slug="voorbeeld",
        name="Voorbeeldprogramma (verzonnen)",
        description="Dit programma en zijn projecten zijn verzonnen, om te tonen hoe het portaal werkt.",
    )
    IndicatorTemplate.objects.create(
        programme=programme,
        name="Gezinnen die we bereikten",
        definition="Elk gezin, elke keer dat het kwam.",
        unit="gezinnen",
        source=Source.FAMILIES,
    )
    call = Call.objects.create(
        programme=programme,
        year=world.today.year - 1,
        title="Voorbeeldoproep (verzonnen)",
        years=3,
        max_per_year=50_000,
        source_note="Verzonnen voor deze demo.",
    )
    for number, (kind, text, guide) in enumerate(QUESTIONS, start=1):
        Question.objects.create(call=call, kind=kind, number=number, text=text, guide=guide)
    return call


def _starts(world: World) -> date:
    return date(world.today.year - 1, 1, 1)


def _project(world: World, call: Call, home: Home, name: str, goals, writer: User, officer: User) -> Project:
    project = Project.objects.create(
        call=call,
        slug=world.slug(name, longest=80),
        name=name,
        house=home.house,
        policy_goals=goals,
        summary="Een verzonnen project van de demo.",
        source_note="Verzonnen voor deze demo.",
        status=Project.Status.RUNNING,
        officer=officer,
    )
    project.municipalities.set(home.house.working_areas.values_list("municipality", flat=True))
    counted = Activity.objects.filter(house=home.house, sessions__headcount__isnull=False)
    project.activities.set(counted.distinct())
    facts = {"by": writer, "now": world.now - BEGAN}
    first, second = (
        add_objective(project=project, title=title, description="", targets=[], **facts)
        for title in OBJECTIVES
    )
    families, waiting, partners = _indicators(call)
    _measured(world, first, "We bereiken gezinnen (voorbeeld)", [families, waiting], **facts)
    _measured(world, second, "Partners doen mee (voorbeeld)", [partners], **facts)
    for source, cents in (("opgroeien", 4_000_000), ("own", 500_000)):
        add_line(
            project=project,
            number=1,
            what="Loon (voorbeeld)",
            source=source,
            cents=cents,
            by=officer,
            now=world.now - BEGAN,
        )
    if PolicyGoal.INTEGRATION in goals:
        add_line(
            project=project,
            number=1,
            what="Taal (voorbeeld)",
            source="abb",
            cents=800_000,
            by=officer,
            now=world.now - BEGAN,
        )
    return project


def _indicators(call: Call) -> list[tuple]:
    """One of the programme that the portal counts, one that people count and that should fall, and one of partners;
    each with its baseline and its targets."""
    template = IndicatorTemplate.objects.get(programme=call.programme)
    same = {name: getattr(template, name) for name in ("name", "definition", "unit", "direction", "source")}
    waiting = {"name": "Gezinnen die lang wachten", "unit": "gezinnen", "direction": "fall"}
    partners = {"name": "Partners die meewerken", "unit": "partners", "source": Source.PARTNERS}
    return [
        ({"template": template} | same, 100, (1400, 1500, 1600)),
        (waiting, 40, (30, 20, 10)),
        (partners, 1, (4, 5, 6)),
    ]


def _measured(world: World, objective, text: str, wanted: list[tuple], **facts) -> None:
    result = add_result(objective=objective, level="output", text=text, **facts)
    for its, baseline, targets in wanted:
        set_yardstick(
            indicator=add_indicator(result=result, facts=its, **facts),
            baseline=Decimal(baseline),
            baseline_on=_starts(world) - timedelta(days=1),
            targets=[Decimal(target) for target in targets],
            reason="",
            **facts,
        )


def _reports(world: World, projects: list[Project], writer: User, officer: User) -> None:
    """Accepted, handed in, given back, given back and handed in again; the others are still to be written."""
    done, _, again = projects
    before = world.now - AGO
    for project in projects:
        add_shown(_report(project), by=writer, now=world.now)
        _hand_in(_report(project), writer, before - timedelta(days=20))
    accept(report=_report(done), version=1, text="Dank je wel.", by=officer, now=before)
    points = [("summary", "Zeg ook waarom er meer gezinnen kwamen.")]
    ask = {"text": "Nog één vraag.", "points": points, "by": officer, "now": before}
    request_changes(report=_report(again), version=1, **ask)
    _hand_in(_report(again), writer, before, summary=f"{SUMMARY}\nDe buren vertelden het voort.")
    looking_back = _report(done, ReportKind.SELF_EVALUATION)
    _hand_in(looking_back, writer, before)
    request_changes(report=looking_back, version=1, **ask)
    begun = {"question-3": Typed("Het loon was lager dan begroot (voorbeeld).", mark_of(""))}
    save_draft(report=_report(done, ReportKind.FINANCIAL), typed=begun, by=writer, now=world.now)


def _report(project: Project, kind=ReportKind.CONTENT) -> ProgressReport:
    return project.reports.whole().get(period__kind=kind, period__number=1)


def _hand_in(report: ProgressReport, by: User, now, summary: str = SUMMARY) -> None:
    """Every part filled in with what the portal counted, or with words that say that they are invented."""
    parts = parts_of(report)
    values = values_of(report, parts)
    usual = {Kind.SIGNAL: "on_track", Kind.NUMBER: "28", Kind.EURO: "100"}
    typed = {
        part.key: Typed(
            summary
            if part.key == "summary"
            else values[part.key] or usual.get(part.kind, "Verzonnen tekst."),
            mark_of(values[part.key]),
        )
        for part in parts
    }
    submit(report=report, version=report.versions_made, typed=typed, by=by, now=now)
