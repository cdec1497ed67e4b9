"""`/beheer/dekking/`: what the House offers to whom, where and by whom; and what nobody offers."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.coverage import Line, gaps, lines
from activities.coverage_facts import facts_of
from activities.forms.coverage import CoverageForm
from huizen.access import allow
from huizen.house_choice import house_asked
from huizen.roles import Permission
from huizen.spreadsheet import table_response


@require_safe
@allow(Permission.PUBLISH_OFFER)
def coverage(request):
    """The table of two axes, and its empty cells in words."""
    context = _counted(request)
    status = 422 if context["form"].errors else 200
    return render(request, "activities/coverage.html", context, status=status)


@require_safe
@allow(Permission.PUBLISH_OFFER)
def coverage_export(request, kind: str):
    """The same table as a file."""
    counted = _counted(request)
    if counted["form"].errors:
        return redirect("coverage")
    table: list[Line] = counted["table"]
    head = [counted["rows"].label, *(value.label for value in counted["columns"].values), "Samen", "Partners"]
    body = (
        [line.value.label, *(cell.number for cell in line.cells), line.total, line.partners] for line in table
    )
    return table_response(kind, f"dekking-{timezone.localdate():%Y-%m-%d}", head, body)


def _counted(request) -> dict:
    asked, houses = house_asked(request, Permission.PUBLISH_OFFER)
    house = asked or houses[0]
    facts = facts_of(house, now=timezone.now())
    form = CoverageForm(request.GET, facts)
    rows, columns = (facts.axes[code] for code in form.axes)
    where = next((v.phrase for v in facts.axes["plek"].values if form.place and v.key == form.place), "")
    offers = facts.of_place(form.place).offers if form.place else facts.offers
    table = lines(offers, rows, columns, facts.partners)
    return {
        "house": house,
        "houses": houses,
        "form": form,
        "rows": rows,
        "columns": columns,
        "table": table,
        "gaps": gaps(table, rows, columns, facts.partners, where=where),
        "number": len(offers),
        "query": request.GET.urlencode(),
        "may_see_partners": request.user.may_in(Permission.EDIT_PARTNERS, house),
    }
