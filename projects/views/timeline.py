"""What is due when over all projects, on a page and as a file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from projects.forms.desk import TimelineFilter
from projects.models import Project
from projects.timeline import MONTHS, Asked, Thing, by_month, months_after, timeline
from projects.timeline_drawing import drawing_of

HEADER = ["Wanneer", "Soort", "Wat", "Project", "Toestand", "Bedrag (euro)"]


@require_safe
@allow(Permission.SEE_PROJECTS)
def project_timeline(request):
    """A year of what is due, as a drawing and month by month; what is late from before stands first."""
    form, asked, projects, things = _asked(request)
    context = {
        "form": form,
        "months": by_month(things, asked.first),
        "drawing": drawing_of(things, first=asked.first, today=asked.today),
        "projects": projects,
        "first": asked.first,
        "last": months_after(asked.end, -1),
        "before": _from(request, months_after(asked.first, -MONTHS)),
        "after": _from(request, asked.end),
        "query": request.GET.urlencode(),
        "may_edit": request.user.may(Permission.EDIT_PROJECTS),
    }
    return render(request, "projects/timeline.html", context)


@require_safe
@allow(Permission.SEE_PROJECTS)
def timeline_file(request, kind: str):
    """The same, every project named, as a file."""
    _, asked, names, things = _asked(request)
    return table_response(kind, f"tijdlijn-{asked.first:%Y-%m}", HEADER, _rows(things, names))


def _from(request, day: date) -> str:
    """The same question from another month on."""
    query = request.GET.copy()
    query["vanaf"] = day.isoformat()
    return query.urlencode()


def _asked(request) -> tuple[TimelineFilter, Asked, dict[int, str], list[Thing]]:
    form, today = TimelineFilter(request.GET), timezone.localdate()
    first = form.first(today)
    rows = form.narrow(Project.objects.visible_to(request.user)).values_list("pk", "title", "name")
    # As a project is called everywhere.
    names = {key: title or name for key, title, name in rows}
    asked = Asked(list(names), first, months_after(first, MONTHS), today, form.year)
    return form, asked, names, timeline(asked)


def _rows(things: list[Thing], names: dict[int, str]) -> Iterator[list[Any]]:
    for thing in things:
        for due in thing.dues:
            yield [
                due.on,
                due.lane,
                due.what,
                names[due.project],
                due.state,
                due.cents / 100 if due.cents else "",
            ]
