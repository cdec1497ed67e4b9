"""Answering a report without leaving the desk: it opens under its project, with and without a script."""

from typing import Any

from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.roles import Permission
from projects.forms.review import ReviewForm
from projects.models import ProgressReport
from projects.views.agency import desk_page
from projects.views.review import answered, report_of, review_facts


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_REPORTS)
def desk_answer(request, pk):
    """The desk with one report open on it; a script asks for that report alone. The answer leads back to the same desk."""
    report = report_of(request, pk)
    form = answered(request, report) if request.method == "POST" else None
    if request.method == "POST" and not (form and form.errors):
        query = request.GET.urlencode()
        return redirect(reverse("agency") + (f"?{query}" if query else ""))
    answer = _answer(request, form.report if form else report, form)
    if request.htmx:
        return render(request, "projects/desk_answer.html", {"answer": answer})
    return desk_page(request, answer)


def _answer(request, report: ProgressReport, form: ReviewForm | None) -> dict[str, Any]:
    """The report as it is read, with the form, for the row under its project."""
    facts = review_facts(request, report, report.versions_made, form) | {"action": request.get_full_path()}
    return {
        "project": report.project_id,
        "report": report,
        "html": render_to_string("projects/report_read.html", facts, request),
    }
