"""The indicators that a programme offers to its projects: added, changed, taken away while nobody uses them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.once import once
from projects.models import IndicatorTemplate, Programme

#: What projects are compared by: it stays, once a project took the indicator over.
MEASURED = ("unit", "direction", "source")
TWICE = "Deze indicator staat er al."


class TemplateError(Exception):
    """Why a template cannot be changed so, in words for who tried."""


@transaction.atomic
def add_template(
    *, programme: Programme, facts: dict[str, Any], by: User, now: datetime
) -> IndicatorTemplate:
    """One more indicator that every project of the programme can take over: `facts` are its own fields.

    Raises TemplateError where one of that name stands there already.
    """
    with once(TemplateError, TWICE):
        template = IndicatorTemplate.objects.create(programme=programme, **facts)
    record("created", template, by=by, now=now)
    return template


@transaction.atomic
def edit_template(
    *, template: IndicatorTemplate, facts: dict[str, Any], by: User, now: datetime
) -> IndicatorTemplate:
    """Say it otherwise; projects keep what they took over.

    Raises TemplateError when it is gone, or when it would measure something else than projects took over.
    """
    row = _lock(template)
    changes = {
        name: [getattr(row, name), value] for name, value in facts.items() if getattr(row, name) != value
    }
    if changes.keys() & set(MEASURED) and row.indicators.exists():
        raise TemplateError(
            "Projecten meten hier al mee. Eenheid, richting en telling blijven zo. Maak een nieuwe indicator."
        )
    if changes:
        for name, value in facts.items():
            setattr(row, name, value)
        with once(TemplateError, TWICE):
            row.save(update_fields=list(changes))
        record("changed", row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def remove_template(*, template: IndicatorTemplate, by: User, now: datetime) -> None:
    """Offer it no more. Raises TemplateError while a project uses it."""
    row = _lock(template)
    if row.indicators.exists():
        raise TemplateError("Een project meet hiermee. De indicator blijft staan.")
    record("removed", row, by=by, now=now)
    row.delete()


def _lock(template: IndicatorTemplate) -> IndicatorTemplate:
    try:
        return IndicatorTemplate.objects.select_for_update().get(pk=template.pk)
    except IndicatorTemplate.DoesNotExist as error:
        raise TemplateError("Iemand haalde deze indicator intussen weg.") from error
