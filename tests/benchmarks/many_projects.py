"""A programme of any size, written in bulk: projects with their indicators, reports, figures and money of every year.

Nothing in it is real. Most years are over and accepted; of the last one some reports wait, some are late, some went back.
"""

import datetime as dt
import itertools
from decimal import Decimal

from django.utils import timezone

from huizen.models import Event, House
from huizen.vocabulary import PolicyGoal
from projects.models import (
    BudgetLine,
    Call,
    ChangeRequest,
    Decision,
    Figure,
    Indicator,
    IndicatorTemplate,
    Instalment,
    Objective,
    Period,
    Programme,
    ProgressReport,
    Project,
    ReportKind,
    ReportState,
    ReportVersion,
    ResultStatement,
    Yardstick,
)
from tests.factories import MunicipalityFactory
from tests.projects.builders import make_officer

GOALS = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.INTEGRATION, PolicyGoal.POVERTY]
OBJECTIVES, PER_OBJECTIVE = 3, 9
SIGNALS = ("on_track", "attention", "off_track", "done")
#: Of the last year but one.
STATES = (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED, ReportState.DRAFT)
#: A text as a coordinator writes it, some three hundred letters.
TEXT = "We zagen dit jaar meer gezinnen terugkomen, ook als het regende. " * 5
_numbers = itertools.count(1)


def make_programme(years: int) -> Call:
    """A call whose last working year but one is over, with its periods and the indicators that projects share."""
    number = next(_numbers)
    programme = Programme.objects.create(slug=f"groot-{number}", name=f"Groot programma {number}")
    starts_on = dt.date(timezone.localdate().year - years + 1, 1, 1)
    facts = {"programme": programme, "years": years, "starts_on": starts_on, "title": "Grote oproep"}
    call = Call.objects.create(year=starts_on.year, max_per_year=50_000, **facts)
    IndicatorTemplate.objects.bulk_create(
        IndicatorTemplate(programme=programme, name=f"Indicator {each}", unit="gezinnen")
        for each in range(1, OBJECTIVES * PER_OBJECTIVE + 1)
    )
    Period.objects.bulk_create(
        Period(call=call, number=year.number, kind=kind, due_on=year.end + dt.timedelta(days=90))
        for year in call.working_years
        for kind in ReportKind.values
    )
    return call


def add_projects(call: Call, number: int, *, all_wait: bool = False) -> list[Project]:
    """So many projects with all that they ever told. `all_wait`: the agency has a report of each of them to read."""
    first = next(_numbers)
    houses = House.objects.bulk_create(
        House(slug=f"groot-{first}-{each}", name=f"Huis {first}-{each}") for each in range(number)
    )
    officer = make_officer()
    projects = Project.objects.bulk_create(
        Project(
            call=call,
            slug=house.slug,
            name=f"Project {place:03} van {house.name}",
            house=house,
            officer=officer,
            policy_goals=GOALS,
            summary=TEXT,
            status="running",
        )
        for place, house in enumerate(houses)
    )
    _places(projects)
    indicators = _indicators(call, projects)
    _reports(call, projects, indicators, step=len(STATES) if all_wait else 1)
    _logbook(projects)
    return projects


def _places(projects: list[Project]) -> None:
    towns = [MunicipalityFactory() for _ in range(4)]
    through = Project.municipalities.through
    through.objects.bulk_create(
        through(project=project, municipality=towns[(place + each) % 4])
        for place, project in enumerate(projects)
        for each in range(2)
    )


def _indicators(call: Call, projects: list[Project]) -> dict[int, list[Indicator]]:
    """By project; every tenth project has changed its yardsticks once."""
    templates = list(call.programme.indicator_templates.order_by("pk"))
    objectives = Objective.objects.bulk_create(
        Objective(project=project, number=number, title=f"Doel {number}")
        for project in projects
        for number in range(1, OBJECTIVES + 1)
    )
    results = ResultStatement.objects.bulk_create(
        ResultStatement(objective=objective, level="output", text="We doen iets") for objective in objectives
    )
    made = Indicator.objects.bulk_create(
        Indicator(result=result, template=template, name=template.name, unit=template.unit)
        for result in results
        for template in templates[(result.objective.number - 1) * PER_OBJECTIVE :][:PER_OBJECTIVE]
    )
    found: dict[int, list[Indicator]] = {project.pk: [] for project in projects}
    for indicator in made:
        found[indicator.result.objective.project_id].append(indicator)
    Yardstick.objects.bulk_create(
        Yardstick(
            indicator=indicator,
            edition=2 if place % 10 == 0 else 1,
            state="standing",
            baseline=10,
            baseline_on=call.starts_on,
            targets=[Decimal(50 + 10 * year) for year in range(call.years)],
            reason="Er kwam een gemeente bij." if place % 10 == 0 else "",
            set_at=timezone.now(),
        )
        for place, project in enumerate(projects)
        for indicator in found[project.pk]
    )
    return found


def _reports(
    call: Call, projects: list[Project], indicators: dict[int, list[Indicator]], *, step: int
) -> None:
    made_at = timezone.now() - dt.timedelta(days=365 * call.years)
    rows = [
        ProgressReport(project=project, period=period, made_at=made_at, **_state(call, period, turn))
        for turn, project in zip(itertools.count(step=step), projects, strict=False)
        for period in call.periods.order_by("number", "kind")
    ]
    reports = ProgressReport.objects.bulk_create(rows)
    lines = _budget(call, projects)
    versions = ReportVersion.objects.bulk_create(
        ReportVersion(
            report=report,
            number=1,
            content=_content(report, indicators[report.project_id], lines),
            sha256="0" * 64,
            submitted_at=_moment(report),
        )
        for report in reports
        if report.versions_made
    )
    _decide([version for version in versions if version.report.state != ReportState.SUBMITTED])
    accepted = {
        (version.report.project_id, version.report.period.number): version
        for version in versions
        if version.report.period.kind == ReportKind.CONTENT and version.report.state == ReportState.ACCEPTED
    }
    _figures(accepted, indicators)
    Instalment.objects.bulk_create(
        Instalment(
            project_id=report.project_id,
            report=report,
            cents=2_000_000,
            # As the action does that accepts a report.
            released_at=_moment(report) if report.state == ReportState.ACCEPTED else None,
        )
        for report in reports
        if report.period.kind == ReportKind.CONTENT
    )


def _state(call: Call, period: Period, turn: int) -> dict:
    """Accepted until two years ago; then each project in its turn."""
    if period.number < call.years - 1:
        return {"state": ReportState.ACCEPTED, "versions_made": 1}
    state = ReportState.DRAFT if period.number == call.years else STATES[turn % len(STATES)]
    return {"state": state, "versions_made": int(state != ReportState.DRAFT)}


def _moment(report: ProgressReport) -> dt.datetime:
    """Ten days before it is due."""
    day = report.period.due_on - dt.timedelta(days=10)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))


def _content(report: ProgressReport, indicators: list[Indicator], lines: dict) -> dict:
    """As long as what a project really hands in."""
    if report.period.kind == ReportKind.FINANCIAL:
        own = lines[report.project_id, report.period.number]
        spent = [
            {"key": f"spent-{line.pk}", "section": "Uitgaven", "label": line.what, "words": "90 euro", "guide": "",
             "spent": {"line": line.pk, "cents": 900_000, "budget": line.cents}}
            for line in own
        ]  # fmt: skip
        return {"parts": spent, "by_objective": {}}
    parts, codes = [], {}
    for place, indicator in enumerate(indicators):
        objective = indicator.result.objective
        same = {"section": str(objective), "guide": ""}
        if place % PER_OBJECTIVE == 0:
            code = SIGNALS[(report.project_id + place) % 4]
            codes[str(objective.pk)] = code
            parts.append(same | {"key": f"signal-{objective.pk}", "label": "Hoe staat het?", "words": code})
            parts.append(same | {"key": f"story-{objective.pk}", "label": "Nog iets?", "words": TEXT})
        figure = {"indicator": indicator.pk, "value": "40", "target": "60", "baseline": "10", "rows": []}
        value = {"key": f"value-{indicator.pk}", "label": indicator.name, "words": "40 gezinnen"}
        parts.append(same | value | {"figure": figure})
    return {"parts": parts, "by_objective": codes}


def _decide(versions: list[ReportVersion]) -> None:
    kinds = {ReportState.ACCEPTED: "accepted", ReportState.RETURNED: "returned"}
    decisions = Decision.objects.bulk_create(
        Decision(
            version=version,
            kind=kinds[version.report.state],
            text="Dank je wel.",
            at=version.submitted_at + dt.timedelta(days=20),
        )
        for version in versions
    )
    ChangeRequest.objects.bulk_create(
        ChangeRequest(report=decision.version.report, decision=decision, text="Zeg meer.")
        for decision in decisions
        if decision.kind == "returned"
    )


def _figures(accepted: dict, indicators: dict[int, list[Indicator]]) -> None:
    """A figure a working year of each indicator, held against its yardstick."""
    standing = dict(Yardstick.objects.values_list("indicator", "pk"))
    Figure.objects.bulk_create(
        (
            Figure(
                indicator=indicator,
                number=number,
                value=Decimal(20 + (project * 7 + place * 3 + number * 5) % 90),
                yardstick_id=standing[indicator.pk],
                version=version,
            )
            for (project, number), version in accepted.items()
            for place, indicator in enumerate(indicators[project])
        ),
        batch_size=5000,
    )


def _budget(call: Call, projects: list[Project]) -> dict[tuple[int, int], list[BudgetLine]]:
    made = BudgetLine.objects.bulk_create(
        BudgetLine(
            project=project,
            number=year.number,
            what=what,
            source=source,
            cents=1_000_000,
            spent=900_000 if year.number < call.years - 1 else None,
        )
        for project in projects
        for year in call.working_years
        for what, source in (("Loon", "opgroeien"), ("Lokaal", "own"), ("Taal", "abb"))
    )
    found: dict[tuple[int, int], list[BudgetLine]] = {}
    for line in made:
        found.setdefault((line.project_id, line.number), []).append(line)
    return found


def _logbook(projects: list[Project]) -> None:
    """What somebody did with each project in the last months: its title changed a few times."""
    now = timezone.now()
    Event.objects.bulk_create(
        Event(
            at=now - dt.timedelta(days=7 * week),
            verb="project_edited",
            subject_type="projects.project",
            subject_id=str(project.pk),
            subject_label=str(project),
            house=project.house,
            changes={"title": [f"Titel {week}", f"Titel {week - 1}"]},
        )
        for project in projects
        for week in range(1, 11)
    )
