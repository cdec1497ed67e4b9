"""Writing the reports of a project: the list, one report, and what was handed in."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from projects.actions.report import (
    MovedOnError,
    ReportError,
    UnfinishedError,
    answer_point,
    save_draft,
    submit,
)
from projects.forms.report import PointAnswerForm, ReportForm
from projects.forms.typed import typed_in
from projects.models import ChangeRequest, Evidence, ProgressReport, ReportVersion
from projects.report_content import content_of, differences, sections_of
from projects.report_parts import faults_in, parts_of, values_of
from projects.report_talk import about_report
from projects.views.autosave import autosave
from projects.views.desk import project_of

WRITE = Permission.WRITE_REPORTS


@require_safe
@allow(Permission.EDIT_PROJECTS)
def report_list(request, slug):
    """All reports that a project owes, the first due first."""
    project = project_of(request, slug)
    today = timezone.localdate()
    reports = project.reports.as_of(today).whole().order_by("period__due_on", "pk")
    writes = project.house in request.user.houses_where(WRITE)
    return render(
        request, "projects/report_list.html", {"project": project, "reports": reports, "writes": writes}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def report_write(request, pk):
    """The report as it is being written; kept field by field as it is typed, or with the button."""
    report = report_of(request, pk)
    if request.method == "POST":
        if request.htmx:
            return autosave(request, partial(save_draft, report=report), ReportError)
        return _post(request, report)
    if not report.is_open:
        return redirect("report_version", report.pk, report.versions_made)
    parts = parts_of(report)
    return _page(request, report, ReportForm(parts, values_of(report, parts)))


@require_safe
@allow(WRITE)
def report_version(request, pk, number):
    """A version as it was handed in, with what was decided about it and what it changed."""
    report = report_of(request, pk)
    facts = version_facts(report, number) | about_report(report, request.user, "report_comments")
    facts |= {"may_open": True}
    return render(request, "projects/report_version.html", facts)


@require_POST
@allow(WRITE)
def report_point(request, pk):
    """What was done with one point of the agency."""
    mine = ProgressReport.objects.writable_by(request.user)
    point = get_object_or_404(ChangeRequest.objects.select_related("report"), pk=pk, report__in=mine)
    form = PointAnswerForm(request.POST, instance=point)
    if form.is_valid():
        facts = {"point": point, "answer": form.cleaned_data["answer"]}
        carry_out(request, "Je antwoord is bewaard.", answer_point, ReportError, **facts)
    else:
        messages.warning(request, "Schrijf een korter antwoord. Er is niets bewaard.")
    return redirect("report_write", point.report_id)


def version_facts(report: ProgressReport, number: int) -> dict:
    """What every page about a version shows: the version, its neighbours, its decisions, what differs from the one before."""
    rows = report.versions.select_related("submitted_by").order_by("number")
    versions = list(rows.prefetch_related("decisions__by", "decisions__points"))
    by_number = {each.number: each for each in versions}
    if (version := by_number.get(number)) is None:
        raise Http404
    before = by_number.get(number - 1)
    decisions = [
        decision for each in versions for decision in sorted(each.decisions.all(), key=lambda one: one.at)
    ]
    return {
        "report": report,
        "project": report.project,
        "version": version,
        "versions": versions,
        "sections": sections_of(version.content),
        "evidence": _evidence(version),
        "decisions": decisions,
        "before": before,
        "differences": differences(before.content, version.content) if before else [],
    }


def report_of(request, pk) -> ProgressReport:
    """A report of a project of one of the person's Houses, or 404."""
    return get_object_or_404(ProgressReport.objects.writable_by(request.user).whole(), pk=pk)


def _evidence(version: ReportVersion) -> list[tuple[dict, Evidence | None]]:
    """What a version names, each with its file as long as that may be seen (one query)."""
    named = version.content.get("evidence", [])
    rows = Evidence.objects.select_related("consent").filter(pk__in=[each["id"] for each in named])
    seen = {row.pk: row for row in rows if row.may_be_seen(timezone.localdate())} if named else {}
    return [(each, seen.get(each["id"])) for each in named]


def _post(request, report: ProgressReport):
    """Kept first, whatever comes of handing it in."""
    typed, facts = typed_in(request.POST), {"report": report, "by": request.user, "now": timezone.now()}
    try:
        saved = save_draft(typed=typed, **facts)
    except MovedOnError as error:
        return _moved_on(request, report, typed, error)
    if saved.others:
        values = saved.values | {key: typed[key].text for key in saved.others}
        return _page(request, saved.report, ReportForm(saved.parts, values), others=saved.others)
    if "indienen" not in request.POST:
        messages.success(request, "Bewaard.")
        return redirect("report_write", report.pk)
    return _submit(request, saved, typed, facts)


def _submit(request, saved, typed, facts):
    seen = request.POST.get("versie", "")
    try:
        submit(typed=typed, version=int(seen) if seen.isdecimal() else -1, **facts)
    except UnfinishedError as error:
        return _page(request, saved.report, ReportForm(saved.parts, saved.values, error.faults))
    except MovedOnError as error:
        return _moved_on(request, saved.report, typed, error)
    messages.success(request, "Het verslag is ingediend.")
    return redirect("report_list", saved.report.project.slug)


def _moved_on(request, report: ProgressReport, typed, error: ReportError):
    """Somebody was first: what stands there now, beside what was typed here."""
    report = report_of(request, report.pk)
    parts = parts_of(report)
    mine = values_of(report, parts) | {key: one.text for key, one in typed.items()}
    version = report.versions.order_by("-number").first()
    unreadable = faults_in(parts, mine, percent=report.period.call.deviation_percent)
    numbers = {part.key for part in parts if part.measured and part.key in unreadable}
    readable = [part for part in parts if part.key not in numbers]
    shown = differences(version.content, content_of(readable, mine)) if version else []
    context = {"report": report, "project": report.project, "error": error}
    context["differences"] = [one for one in shown if one.key in mine and one.key not in numbers]
    return render(request, "projects/report_moved_on.html", context, status=409)


def _page(request, report: ProgressReport, form: ReportForm, others=None):
    context = {
        "report": report,
        "project": report.project,
        "form": form,
        "sections": form.sections(others or {}),
        "others": others,
        "points": [
            (point, PointAnswerForm(instance=point, prefix=None, auto_id=f"punt-{point.pk}-%s"))
            for point in report.points.filter(ticked_at=None).order_by("pk")
        ],
        "before": report.versions.order_by("-number").first(),
        "evidence_count": report.evidence.current().count(),
    }
    return render(request, "projects/report_write.html", context)
