"""What a plan is made of: results that lead to one another, milestones, risks, and changes that are asked."""

import datetime as dt

from hypothesis import HealthCheck, settings

from projects.actions.amendment import ask_amendment, decide_amendment
from projects.models import Amendment, Milestone, ResultStatement, Risk
from tests.projects.report_builders import NOW

#: A machine that is busy elsewhere is no fault of a property.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TODAY = dt.date(2026, 3, 12)
#: The last day of the term of the call that `make_reporting_project` makes, and one a year later.
LAST_DAY, YEAR_LATER = dt.date(2027, 12, 31), dt.date(2028, 12, 31)


def make_result(objective, text="Een resultaat", level="output", **facts) -> ResultStatement:
    return ResultStatement.objects.create(objective=objective, text=text, level=level, **facts)


def make_milestone(project, title="De deur gaat open", planned_for=TODAY, **facts) -> Milestone:
    return Milestone.objects.create(project=project, title=title, planned_for=planned_for, **facts)


def make_risk(project, description="Niemand komt", likelihood=2, impact=3, **facts) -> Risk:
    return Risk.objects.create(
        project=project, description=description, likelihood=likelihood, impact=impact, **facts
    )


def ask(project, kind="extension", **facts) -> Amendment:
    """A change that the coordinator asks; an extension of a year where nothing else is said."""
    usual = {"until": YEAR_LATER} if kind == "extension" else {}
    if kind == "partner":
        usual = {"what": "De school komt erbij."}
    facts = {"reason": "Het duurt langer.", **usual, **facts}
    return ask_amendment(project=project, kind=kind, by=project.coordinator, now=NOW, **facts)


def decide(amendment, *, accepted=True, text="Goed gemotiveerd.", by=None):
    by = by or amendment.project.officer
    return decide_amendment(amendment=amendment, accepted=accepted, text=text, by=by, now=NOW)
