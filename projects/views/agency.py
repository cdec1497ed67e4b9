"""All projects at a glance, for Opgroeien and ABB, as they stand or as they stood on a day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.pdf import pdf_response
from huizen.roles import Permission
from huizen.spreadsheet import csv_response, xlsx_response
from projects.actions.people import officers
from projects.desk import Line, Now, View, lines_of, with_reports
from projects.forms.desk import MomentFilter
from projects.models import Call, Objective, Project
from projects.models.project import may_see

#: Projects on one page: all of a usual programme.
PER_PAGE = 25
#: On one sheet, for paper.
ALL = 1000
HEADER = [
    "Project",
    "Eigen titel",
    "Oproep",
    "Toestand",
    "Gemeenten",
    "Huis",
    "Doelstellingen",
    "Aantal doelen",
    "Ingevuld",
    "Signalen",
    "Verslagen",
    "Te laat",
    "Dagen bij ons",
    "Te beslissen",
    "Open punten",
    "Begroot (euro)",
    "Uitgegeven (euro)",
    "Volgende termijn",
    "Opgevolgd door",
]


@dataclass
class Desk:
    """What was asked, from where it was read, and what there is: `lines` are those of the view that was asked for."""

    form: MomentFilter
    moment: Now
    everything: list[Line]
    calls: list[Call]

    @property
    def lines(self) -> list[Line]:
        view = self.form.view
        return [line for line in self.everything if view in line.views]

    @property
    def views(self) -> list[tuple[str, str, int]]:
        """The views that hold something: name, label, how many lines."""
        numbers = Counter(view for line in self.everything for view in line.views)
        return [(view.value, view.label, numbers[view]) for view in View if numbers[view] or not view]

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return f"projecten-{self.moment.today:%Y-%m-%d}"

    def shown(self, lines: Iterable[Line]) -> list[Line]:
        """The lines with all that is shown of them."""
        return with_reports(lines, moment=self.moment, year=self.form.year)


def followed_by(user) -> QuerySet[Project]:
    """The projects that somebody of the agency follows, with what every line of the desk says of them."""
    objectives = Objective.objects.filter(project=OuterRef("pk")).order_by().values("project")
    return Project.objects.visible_to(user).annotate(
        has_summary=~Q(summary=""),
        objectives_made=Coalesce(Subquery(objectives.annotate(number=Count("pk")).values("number")), 0),
        officer_name=Coalesce(
            NullIf("officer__name", Value("")), "officer__email", Value(""), output_field=CharField()
        ),
        left=~Exists(officers().filter(pk=OuterRef("officer"))),
    )


def desk_of(request, today: date) -> Desk:
    """The desk as it was asked for."""
    form = MomentFilter(request.GET, today=today)
    moment = form.moment()
    calls = Call.objects.order_by("-year", "title").in_bulk()
    projects = form.narrow(followed_by(request.user)).order_by("-call__year", "name", "pk")
    lines = lines_of(projects, calls, moment=moment, year=form.year)
    if form.is_past:
        lines = [line for line in lines if form.fits(line) and may_see(request.user, line.policy_goals)]
    return Desk(form, moment, lines, list(calls.values()))


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency(request):
    """The desk: every project on one line, what needs attention first."""
    return desk_page(request)


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency_paper(request):
    """The same table, with the same filter, as PDF."""
    desk = desk_of(request, timezone.localdate())
    lines = desk.shown(desk.lines)
    context = {
        "lines": lines,
        "asked": desk.form.in_words,
        "view": View(desk.form.view).label if desk.form.view else "",
        "day": desk.moment.today,
        "filled_in": sum(line.is_filled_in for line in lines),
        "to_read": sum(len(line.waited) for line in lines),
        "late": sum(line.overdue for line in lines),
    }
    return pdf_response("projects/desk_paper.html", context, name=desk.name)


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency_csv(request):
    """The same table, with the same filter, as CSV."""
    return _file(request, csv_response)


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency_xlsx(request):
    """The same for a spreadsheet, with amounts that can be counted with."""
    return _file(request, xlsx_response)


def desk_page(request, answer: dict[str, Any] | None = None) -> HttpResponse:
    """The page of the desk. `answer`: the report that is read there, of which project, as HTML."""
    desk = desk_of(request, timezone.localdate())
    page: Page = page_of(request, desk.lines, size=ALL if "alles" in request.GET else PER_PAGE)
    page.object_list = desk.shown(page.object_list)
    context = {
        "form": desk.form,
        "page": page,
        "views": desk.views,
        "number": len(desk.everything),
        "filled_in": sum(line.is_filled_in for line in desk.everything),
        "answer": answer,
        "answer_above": answer and answer["project"] not in [line.key for line in page],
        "query": request.GET.urlencode(),
        "may_edit": request.user.may(Permission.EDIT_PROJECTS),
        "reviews": request.user.may(Permission.REVIEW_REPORTS),
        "calls": desk.calls,
    }
    return render(request, "projects/agency_table.html", context)


def _file(request, response) -> HttpResponse:
    desk = desk_of(request, timezone.localdate())
    return response(desk.name, HEADER, _rows(desk.shown(desk.lines), is_past=desk.form.is_past))


def _rows(lines: Iterable[Line], *, is_past: bool) -> Iterator[list[Any]]:
    """One project a line; what is not published stays empty, and so does what is not known of a day in the past."""
    for line in lines:
        project = line.project
        yield [
            project.name,
            project.title,
            project.call.title,
            project.get_status_display(),
            ", ".join(project.places),
            project.house.name if project.house else "",
            ", ".join(project.goal_labels),
            "" if is_past else line.objectives,
            "" if is_past else line.is_filled_in,
            ", ".join(label for label, _ in line.badges),
            ", ".join(f"{number} {label}" for label, number in line.states),
            line.overdue,
            line.waits,
            sum(line.asked.values()),
            line.points,
            line.budget / 100,
            line.spent / 100,
            line.next_due or "",
            line.officer,
        ]
