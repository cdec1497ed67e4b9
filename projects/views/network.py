"""`/opgroeien/netwerk/`: all Houses and municipalities at once: who is covered, what each House has, and what nobody has."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from projects.network.facts import Network, network
from projects.network.form import NetworkForm
from projects.network.map import map_of
from projects.network.picture import (
    gaps_of_domains,
    gaps_of_houses,
    gaps_of_policies,
    gaps_of_towns,
    provinces,
)
from projects.network.tables import houses_table, towns_table

HOUSES, DOMAINS, POLICIES = "huizen", "domeinen", "beleid"
#: What is empty in each view that lists Houses; any other view is that of the municipalities.
GAPS = {HOUSES: gaps_of_houses, DOMAINS: gaps_of_domains, POLICIES: gaps_of_policies}
TABLES = {"huizen": houses_table, "gemeenten": towns_table}
#: On one sheet, for paper.
ALL = 1000


@require_safe
@allow(Permission.SEE_NETWORK)
def network_picture(request):
    """Four views of the same: the map with its municipalities, what Houses have, life and policy domains by House."""
    form, found = _asked(request)
    view = request.GET.get("beeld", "")
    view = view if view in GAPS else ""
    rows = [line for line in found.lines if form.shows(line)] if view else found.towns
    context = {
        "form": form,
        "view": view,
        "provinces": provinces(found.towns, found.lines),
        "page": page_of(request, rows, **({"size": ALL} if "alles" in request.GET else {})),
        "gaps": GAPS[view](found.lines) if view else gaps_of_towns(found.towns),
        "may_edit": request.user.may(Permission.EDIT_NETWORK),
        "query": request.GET.urlencode(),
    }
    if not view:
        context["map"] = map_of(found.towns)
    elif view != "huizen":
        by_policy = view == "beleid"
        context["levels"] = [
            (line, line.policy_cells if by_policy else line.domain_cells) for line in context["page"]
        ]
    return render(request, "projects/network.html", context, status=422 if form.errors else 200)


@require_safe
@allow(Permission.SEE_NETWORK)
def network_export(request, what: str, kind: str):
    """The Houses or the municipalities as a file, with the same filter."""
    if what not in TABLES:
        raise Http404
    form, found = _asked(request)
    if form.errors:
        return redirect("network_picture")
    head, rows = TABLES[what](form, found)
    return table_response(kind, f"{what} {form.province} {form.day:%Y-%m-%d}", head, rows)


def _asked(request) -> tuple[NetworkForm, Network]:
    now = timezone.now()
    form = NetworkForm(request.GET, today=timezone.localdate(now))
    found = network(on=form.day, year=form.year, now=now)
    return form, found.in_province(form.province) if form.province else found
