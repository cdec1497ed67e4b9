"""Saying how a project shows what it reaches: results, indicators, and the yardstick they are held against."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from activities.models import Activity
from huizen.actions.logbook import record
from huizen.models import User
from huizen.roles import Permission
from projects.actions.once import once, still_there
from projects.actions.project import lock
from projects.models import Indicator, IndicatorTemplate, Project, ResultStatement, Yardstick

State = Yardstick.State
#: What an indicator takes over from its template.
TAKEN_OVER = ("name", "definition", "unit", "direction", "source")
GONE = "Iemand haalde deze indicator intussen weg."


class IndicatorError(Exception):
    """Why this cannot be done, in words for who tried."""


@transaction.atomic
def add_indicator(*, result: ResultStatement, facts: dict[str, Any], by: User, now: datetime) -> Indicator:
    """A new indicator under a result: `facts` are its own fields, with its `template` where it came of one.

    What the template says now counts, not what it said when the page was made. Raises IndicatorError when it is gone, when the result
    is, or where this indicator stands there already.
    """
    project = lock(result.objective.project)
    still_there(result, IndicatorError, "Iemand haalde dit resultaat intussen weg.")
    if facts.get("template"):
        facts = facts | _taken_over(facts["template"])
    with once(IndicatorError, "Deze indicator staat er al."):
        indicator = Indicator.objects.create(result=result, **facts)
    record("indicator_added", project, by=by, now=now, house=project.house, reason=indicator.name)
    return indicator


@transaction.atomic
def remove_indicator(*, indicator: Indicator, by: User, now: datetime) -> None:
    """Take an indicator away with its yardsticks. Raises IndicatorError when it is gone, or once figures of it were accepted."""
    project = lock(indicator.result.objective.project)
    row = still_there(indicator, IndicatorError, GONE)
    if row.figures.exists():
        raise IndicatorError("Bij deze indicator horen aanvaarde cijfers. Hij blijft staan.")
    row.delete()
    record("indicator_removed", project, by=by, now=now, house=project.house, reason=indicator.name)


@transaction.atomic
def link_activities(*, project: Project, activities: Sequence[Activity], by: User, now: datetime) -> None:
    """Say which activities of the House belong to the project: of these the portal counts."""
    row = lock(project)
    before = list(row.activities.order_by("title").values_list("title", flat=True))
    row.activities.set(activities)
    after = sorted(activity.title for activity in activities)
    if before != after:
        changes = {"activities": [before, after]}
        record("activities_linked", row, by=by, now=now, house=row.house, changes=changes)


@transaction.atomic
def set_yardstick(
    *,
    indicator: Indicator,
    baseline: Decimal,
    baseline_on: date,
    targets: list[Decimal | None],
    reason: str,
    by: User,
    now: datetime,
) -> Yardstick:
    """The first yardstick stands at once; another one waits for the agency, with its reason. What stood stays until then.

    Raises IndicatorError without a reason, while another one waits, or when the indicator is gone.
    """
    project = lock(indicator.result.objective.project)
    still_there(indicator, IndicatorError, GONE)
    editions = Yardstick.objects.filter(indicator=indicator)
    last = editions.aggregate(last=Max("edition"))["last"] or 0
    if last and not reason:
        raise IndicatorError("Zeg waarom de meetlat verandert.")
    if editions.filter(state=State.PROPOSED).exists():
        raise IndicatorError("Er wacht al een andere meetlat op goedkeuring.")
    yardstick = Yardstick.objects.create(
        indicator=indicator,
        edition=last + 1,
        state=State.PROPOSED if last else State.STANDING,
        baseline=baseline,
        baseline_on=baseline_on,
        targets=targets,
        reason=reason,
        set_at=now,
        set_by=by,
    )
    record(
        "yardstick_set", project, by=by, now=now, house=project.house, reason=(reason or str(yardstick))[:300]
    )
    return yardstick


@transaction.atomic
def decide_yardstick(*, yardstick: Yardstick, approved: bool, by: User, now: datetime) -> Yardstick:
    """The agency lets a new yardstick stand, or not. Figures that were accepted keep the one they were held against."""
    project = lock(yardstick.indicator.result.objective.project)
    row = Yardstick.objects.select_for_update(of=("self",)).get(pk=yardstick.pk)
    if row.state != State.PROPOSED or not by.may(Permission.REVIEW_REPORTS):
        raise IndicatorError("Over deze meetlat is al beslist.")
    if approved:
        Yardstick.objects.filter(indicator=row.indicator_id, state=State.STANDING).update(state=State.FORMER)
    row.state = State.STANDING if approved else State.REFUSED
    row.decided_at, row.decided_by = now, by
    row.save(update_fields=["state", "decided_at", "decided_by"])
    verb = "yardstick_approved" if approved else "yardstick_refused"
    record(verb, project, by=by, now=now, house=project.house, reason=row.reason)
    return row


def _taken_over(template: IndicatorTemplate) -> dict[str, Any]:
    """What a template says, as long as nobody may change it or take it away."""
    row = IndicatorTemplate.objects.select_for_update(no_key=True).filter(pk=template.pk).first()
    if row is None:
        raise IndicatorError("Iemand haalde deze indicator intussen weg. Kies een andere.")
    return {"template": row} | {name: getattr(row, name) for name in TAKEN_OVER}
