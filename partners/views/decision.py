"""The register of decisions: all that meetings decided, by year and group, to read, to print and to keep."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.house_choice import house_asked
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from huizen.words import wall
from partners.decisions import Decision, decisions, years
from partners.forms.decision import DecisionFilter

HEAD = ["Datum", "Overleg", "Groep", "Punt", "Beslissing", "Verslag"]


@require_safe
@allow(Permission.PLAN_MEETINGS)
def decision_list(request):
    """Of one House, or for the agency of the whole network; `?jaar=2026&groep=3&q=speelstraat`."""
    context = _asked(request)
    return render(request, "partners/decision_list.html", context)


@require_safe
@allow(Permission.PLAN_MEETINGS)
def decision_export(request, kind):
    """What the page shows, with the same filter."""
    asked = _asked(request)
    rows = (_line(one) for one in asked["decisions"])
    return table_response(kind, f"beslissingen-{asked['year']}", HEAD, rows)


def _asked(request) -> dict:
    """The filter, and the decisions that fit."""
    asked, houses = house_asked(request, Permission.PLAN_MEETINGS)
    house = asked or next(iter(houses), None)
    known = sorted({*years(house=house), timezone.localdate().year}, reverse=True)
    form = DecisionFilter(request.GET, house=house, years=known)
    wanted = form.wanted()
    found = decisions(house=house, **wanted)
    return {"form": form, "house": house, "houses": houses, "decisions": found, "year": wanted["year"]}


def _line(decision: Decision) -> list:
    meeting = decision.meeting
    group = str(meeting.group) if meeting.group else ""
    day = wall(meeting.starts_at).date()
    return [day, meeting.title, group, decision.point, decision.text, decision.state_label]
