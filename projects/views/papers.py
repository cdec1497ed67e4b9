"""What leaves the portal about a project as PDF: a report as it was handed in, the sheet of a project, and letters."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.links import absolute
from huizen.pdf import pdf_response
from huizen.roles import Permission
from projects.letters import Letter, decision_letter, reminder_letter
from projects.models import Decision, ProgressReport
from projects.views import reports, review
from projects.views.desk import project_of
from projects.views.indicators import measured_objectives


@require_safe
@allow(Permission.SEE_PROJECTS)
def review_paper(request, pk, number):
    """A version as the agency reads it."""
    return _report(review.report_of(request, pk), number)


@require_safe
@allow(Permission.WRITE_REPORTS)
def report_paper(request, pk, number):
    """A version as its project reads it."""
    return _report(reports.report_of(request, pk), number)


@require_safe
@allow(Permission.EDIT_PROJECTS)
def project_paper(request, slug):
    """The sheet of a project: what it wants, what it reached, its money and its reports."""
    project, today = project_of(request, slug), timezone.localdate()
    context = {
        "project": project,
        "objectives": measured_objectives(project),
        "lines": project.budget_lines.order_by("number", "source", "what"),
        "reports": project.reports.as_of(today).whole().order_by("period__due_on", "pk"),
    }
    return pdf_response("projects/project_paper.html", context, name=f"project {project}")


@require_safe
@allow(Permission.SEE_PROJECTS)
def review_letter(request, pk):
    """The letter about a decision, for who sends it."""
    return _letter(_decision(ProgressReport.objects.visible_to(request.user), pk))


@require_safe
@allow(Permission.WRITE_REPORTS)
def report_letter(request, pk):
    """The same letter, for who receives it."""
    return _letter(_decision(ProgressReport.objects.writable_by(request.user), pk))


@require_safe
@allow(Permission.REVIEW_REPORTS)
def reminder(request, pk):
    """A letter that asks for a report that is still being written."""
    report = review.report_of(request, pk)
    if not report.is_open:
        raise Http404
    return _letter(reminder_letter(report, by=request.user, today=timezone.localdate()))


def _report(report: ProgressReport, number: int):
    facts = reports.version_facts(report, number)
    name = f"{report.period} {report.project} versie {number}"
    return pdf_response("projects/report_paper.html", facts, name=name)


def _letter(letter: Letter):
    context = {"letter": letter, "address": absolute(letter.path)}
    return pdf_response("projects/report_letter.html", context, name=f"brief {letter.reference}")


def _decision(mine, pk) -> Letter:
    """The letter about a decision on one of these reports, or 404."""
    rows = Decision.objects.filter(version__report__in=mine).prefetch_related("points")
    whole = rows.select_related(
        "by",
        "version__report__project__house",
        "version__report__project__call",
        "version__report__period__call",
    )
    return decision_letter(get_object_or_404(whole, pk=pk))
