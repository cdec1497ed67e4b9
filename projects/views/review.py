"""The agency reads a report: what changed since the last version, point by point, and its answer."""

from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from projects.actions.report import ReportError
from projects.actions.review import accept, reopen, request_changes
from projects.desk import days_waited
from projects.flow import acts_of
from projects.forms.review import ACCEPT, REOPEN, RETURN, ReviewForm
from projects.models import ProgressReport
from projects.report_flow import STEPS, Act
from projects.report_talk import about_report
from projects.views.reports import version_facts


@require_safe
@allow(Permission.SEE_PROJECTS)
def report_review(request, pk):
    """The last version with what changed, what is still open, and the answer of who may give one."""
    report = report_of(request, pk)
    return _page(request, report, report.versions_made)


@require_safe
@allow(Permission.SEE_PROJECTS)
def report_review_version(request, pk, number):
    """An earlier version, as it was handed in."""
    return _page(request, report_of(request, pk), number)


@require_POST
@allow(Permission.REVIEW_REPORTS)
def report_decide(request, pk):
    """Accept, ask for something else, or open again: about the version that was looked at."""
    report = report_of(request, pk)
    form = answered(request, report)
    if form and form.errors:
        return _page(request, form.report, form.report.versions_made, form)
    return redirect("agency") if form else redirect("report_review", report.pk)


def answered(request, report: ProgressReport) -> ReviewForm | None:
    """Sends the answer that was posted, and says so. Its form, with errors where something is wrong; None if it cannot be.

    Where a colleague or the project was first, the form is about the report as it is now, with what was typed.
    """
    act = request.POST.get("besluit", "")
    if act not in (ACCEPT, RETURN, REOPEN) or not report.versions_made:
        messages.warning(request, "Kies eerst wat je antwoordt op een verslag dat ingediend is.")
        return None
    form = _form(request.POST, report, act)
    if not form.is_valid():
        return form
    try:
        _decide(request, report, act, form)
    except ReportError as error:
        now = report_of(request, report.pk)
        sent = request.POST.copy()
        sent["antwoord-version"] = str(now.versions_made)
        form = _form(sent, now, act)
        form.add_error(None, str(error))
        return form
    messages.success(request, f"Je antwoord op het {report} is verstuurd.")
    return form


def report_of(request, pk) -> ProgressReport:
    """A report of a project that the person follows, or 404."""
    return get_object_or_404(ProgressReport.objects.visible_to(request.user).whole(), pk=pk)


def _form(sent: QueryDict, report: ProgressReport, act: str) -> ReviewForm:
    seen = report.versions.get(number=report.versions_made)
    return ReviewForm(sent, report=report, seen=seen, act=act)


def _decide(request, report: ProgressReport, act: str, form: ReviewForm) -> None:
    told = form.cleaned_data
    facts = {"report": report, "version": told["version"], "by": request.user, "now": timezone.now()}
    ticked = [point.pk for point in told["ticked"]]
    if act == ACCEPT:
        accept(text=told["text"], ticked=ticked, **facts)
    elif act == RETURN:
        request_changes(text=told["text"], points=form.points, ticked=ticked, **facts)
    else:
        reopen(reason=told["text"], **facts)


def _page(request, report: ProgressReport, number: int, form: ReviewForm | None = None):
    return render(request, "projects/report_review.html", review_facts(request, report, number, form))


def review_facts(
    request, report: ProgressReport, number: int, form: ReviewForm | None = None
) -> dict[str, Any]:
    """What somebody reads of a version, and the form in which she answers, where she may."""
    acts = acts_of(STEPS, report.state, request.user.may) if number == report.versions_made else set()
    context = version_facts(report, number) if number else {"report": report, "project": report.project}
    if number and form is None:
        form = ReviewForm(report=report, seen=context["version"])
    waited = days_waited([report], today=timezone.localdate())
    if number:
        context |= about_report(report, request.user, "review_comments")
    return context | {
        "form": form,
        "decides": bool(acts & {Act.ACCEPT, Act.RETURN}),
        "reopens": Act.REOPEN in acts,
        "reminds": report.is_open and request.user.may(Permission.REVIEW_REPORTS),
        "may_open": request.user.may(Permission.EDIT_PROJECTS),
        "waits": waited.get(report.pk),
        "open_points": report.points.filter(ticked_at=None).order_by("pk"),
        "action": reverse("report_decide", args=[report.pk]),
    }
