"""A call with periods, a project that reports, and a report that is ready to be handed in."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from huizen.vocabulary import PolicyGoal
from projects.actions.indicator import set_yardstick
from projects.actions.period import set_term
from projects.actions.report import submit
from projects.models import Call, Indicator, ProgressReport, Question, ReportKind
from projects.report_parts import Kind, parts_of, values_of
from projects.typed import Typed, mark_of
from tests.factories import HouseFactory
from tests.projects.builders import make_call, make_coordinator, make_objective, make_officer, make_project

#: The working year is over, and the report is due in nineteen days.
NOW = timezone.make_aware(dt.datetime(2026, 3, 12, 10, 0))
STARTS = dt.date(2025, 1, 1)
DEADLINES = {
    ReportKind.CONTENT: (3, 31),
    ReportKind.FINANCIAL: (7, 31),
    ReportKind.SELF_EVALUATION: (3, 31),
}
INTEGRATION = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.INTEGRATION]


def make_reporting_project(*, call: Call | None = None, **facts):
    """A running project of a House, with the reports that it owes and one objective."""
    call = call or make_call(year=2025, max_per_year=50_000)
    house = facts.pop("house", None) or HouseFactory()
    facts = {"policy_goals": INTEGRATION, "status": "running", "officer": make_officer()} | facts
    project = make_project(call=call, house=house, **facts)
    project.coordinator = make_coordinator(house)
    make_objective(project, title="Meer gezinnen")
    set_term(call=call, starts_on=STARTS, deadlines=DEADLINES, by=None, now=NOW)
    call.refresh_from_db()
    return project


def report_of(project, kind=ReportKind.CONTENT, number=1) -> ProgressReport:
    return project.reports.whole().get(period__kind=kind, period__number=number)


def make_indicator(project, *, baseline="10", target="100", **facts) -> Indicator:
    """An indicator with a yardstick that stands, under the first objective."""
    objective = project.objectives.get(number=1)
    result, _ = objective.results.get_or_create(level="output", text="We bereiken gezinnen")
    number = Indicator.objects.count() + 1
    indicator = Indicator.objects.create(
        **{"result": result, "name": f"Indicator {number}", "unit": "gezinnen", **facts}
    )
    set_yardstick(
        indicator=indicator,
        baseline=Decimal(baseline),
        baseline_on=dt.date(2024, 12, 31),
        targets=[Decimal(target)] * 3,
        reason="",
        by=None,
        now=NOW,
    )
    return indicator


def make_question(call, text="Wat leerde je?", kind=ReportKind.CONTENT, number=1) -> Question:
    return Question.objects.create(call=call, kind=kind, number=number, text=text, guide="Denk aan gezinnen.")


def filled_in(report, **texts) -> dict[str, Typed]:
    """What a page sends that shows the report as it is, with every empty part filled in."""
    parts = parts_of(report)
    values = values_of(report, parts)
    typed = {}
    for part in parts:
        usual = {Kind.SIGNAL: "on_track", Kind.NUMBER: "100", Kind.EURO: "100", Kind.NOTE: ""}
        name = part.key.replace("-", "_")
        text = texts.get(name, values[part.key] or usual.get(part.kind, "Tekst."))
        typed[part.key] = Typed(text, mark_of(values[part.key]))
    return typed


def hand_in(report, *, by=None, now=NOW, **texts):
    """The next version of a report."""
    report = ProgressReport.objects.whole().get(pk=report.pk)
    return submit(
        report=report,
        version=report.versions_made,
        typed=filled_in(report, **texts),
        by=by or make_coordinator(report.project.house),
        now=now,
    )


def as_post(typed: dict[str, Typed], **more) -> dict[str, str]:
    """The same as a browser sends it."""
    fields = {key: one.text for key, one in typed.items()}
    return fields | {f"was-{key}": one.seen for key, one in typed.items()} | more
