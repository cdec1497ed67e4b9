"""One indicator of a programme over all its projects, on a page and as a file."""

from collections.abc import Iterator
from typing import Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from projects.comparison import Comparison, compare
from projects.forms.desk import CompareFilter
from projects.models import IndicatorTemplate, Project
from projects.progress import in_percent
from projects.views.agency import ALL, PER_PAGE

HEADER = [
    "Indicator",
    "Project",
    "Oproep",
    "Werkingsjaar dat begint in",
    "Waarde",
    "Eenheid",
    "Beginwaarde",
    "Streefcijfer",
    "Voortgang",
    "Meetlat",
    "Waarom een andere meetlat",
]


@require_safe
@allow(Permission.SEE_PROJECTS)
def comparison(request):
    """The middle of all projects by year, and each project beside them: who is least far first."""
    form, found = _asked(request)
    year = found.of(form.year)
    columns = [each.year for each in found.years]
    page = page_of(request, found.ordered(year), size=ALL if "alles" in request.GET else PER_PAGE)
    page.object_list = [
        (row.project, row.values.get(year.year) if year else None, row.cells(columns)) for row in page
    ]
    context = {
        "form": form,
        "template": form.template,
        "years": found.years,
        "year": year,
        "page": page,
        "query": request.GET.urlencode(),
    }
    return render(request, "projects/comparison.html", context)


@require_safe
@allow(Permission.SEE_PROJECTS)
def comparison_file(request, kind: str):
    """All figures of the indicator, with the same filter, as a file."""
    form, found = _asked(request)
    if form.template is None:
        return redirect("comparison")
    return table_response(kind, f"vergelijking {form.template.name}", HEADER, _rows(form, found))


def _asked(request) -> tuple[CompareFilter, Comparison]:
    visible = Project.objects.visible_to(request.user)
    templates = IndicatorTemplate.objects.filter(indicators__result__objective__project__in=visible)
    form = CompareFilter(
        request.GET,
        templates=templates.select_related("programme").distinct().order_by("programme__name", "name", "pk"),
    )
    if form.template is None:
        return form, Comparison([], [])
    projects = form.narrow(visible.filter(call__programme=form.template.programme_id))
    return form, compare(form.template, projects)


def _rows(form: CompareFilter, found: Comparison) -> Iterator[list[Any]]:
    """A line for each project and working year."""
    template = form.template
    for row in sorted(found.rows, key=lambda each: (each.project.name, each.project.pk)):
        for year, value in sorted(row.values.items()):
            if form.year in (None, year):
                yield [
                    template.name,
                    str(row.project),
                    row.project.call,
                    year,
                    float(value.value),
                    template.unit,
                    "" if value.baseline is None else float(value.baseline),
                    "" if value.target is None else float(value.target),
                    in_percent(value.share),
                    value.edition or "",
                    value.reason,
                ]
