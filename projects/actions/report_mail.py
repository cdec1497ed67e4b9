"""What people hear about a report: that it is due, came in, should change, or is accepted."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from huizen.links import absolute
from huizen.models import User
from huizen.outbox.kinds import Kind, Letter, Row
from huizen.words import day_in_full
from projects.actions.mail import mail_to
from projects.actions.people import followers_of, leaders_of
from projects.actions.report_reminder import KIND, ReportKey
from projects.models import ProgressReport, ReportVersion


def why_not(row: Row, now: datetime) -> str:
    """Why a reminder is no longer wanted; empty when it is."""
    report = _report(row)
    if report is None:
        return "dit verslag bestaat niet meer"
    key = ReportKey.read(row.key)
    if report.period.due_on != key.due_on:
        return "de termijn is verplaatst"
    if not report.is_open:
        return "het verslag is ingediend"
    project = report.project
    people = [*leaders_of(project.house_id), *followers_of(project)]
    return "" if key.user in {user.pk for user in people} else "volgt dit project niet meer"


def compose(row: Row, now: datetime) -> Letter:
    """Which report, by when, and where to write it."""
    report, key = ProgressReport.objects.whole().get(pk=row.subject_id), ReportKey.read(row.key)
    is_officer = key.user == report.project.officer_id
    return Letter("project_report_due", facts_of(report, to_officer=is_officer) | {"is_late": key.days > 0})


DUE = Kind(name=KIND, why_not=why_not, compose=compose)


def tell_officer(version: ReportVersion, *, now: datetime) -> None:
    """A version came in: tell who follows the project."""
    report = version.report
    context = facts_of(report, to_officer=True) | {"number": version.number}
    people = followers_of(report.project)
    _mail(people, "project_report_submitted", f"submitted:{version.pk}", report, context, now)


def tell_project(
    version: ReportVersion, template: str, *, text: str, points: list[str], now: datetime
) -> None:
    """The agency decided: tell the coordinators."""
    report = version.report
    leaders = leaders_of(report.project.house_id)
    context = facts_of(report, to_officer=False) | {"text": text, "points": points}
    _mail(leaders, template, f"{template}:{version.pk}", report, context, now)


def facts_of(report: ProgressReport, *, to_officer: bool) -> dict[str, Any]:
    """What every mail about a report says."""
    page = "report_review" if to_officer else "report_write"
    return {
        "report": str(report.period),
        "project": str(report.project),
        "due": day_in_full(report.period.due_on),
        "url": absolute(reverse(page, args=[report.pk])),
        "to_officer": to_officer,
    }


def _mail(
    people: list[User], template: str, key: str, report: ProgressReport, context: dict, now: datetime
) -> None:
    facts = {"subject": report, "house": report.project.house, "now": now}
    mail_to(people, template, context, key=f"project_report:{key}", **facts)


def _report(row: Row) -> ProgressReport | None:
    return ProgressReport.objects.whole().filter(pk=row.subject_id).first()
