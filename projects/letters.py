"""Letters of the agency about a report: whom they are for, their reference, and what they say."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from huizen.models import User
from huizen.words import day_in_full, wall
from projects.models import ApplicationDecision, Decision, ProgressReport, Project

Kind = Decision.Kind

HEADINGS = {
    Kind.ACCEPTED: "We aanvaarden jullie verslag",
    Kind.RETURNED: "We vragen een aanpassing van jullie verslag",
    Kind.REOPENED: "We vragen een nieuwe versie van jullie verslag",
}


@dataclass(frozen=True)
class Letter:
    """One letter. `points`: what is asked, one by one; `path`: where the same stands in the portal."""

    reference: str
    day: date
    heading: str
    project: Project
    says: list[str]
    points: list[str] = field(default_factory=list)
    sender: str = ""
    path: str = ""


def reference_of(project: Project, *parts: object) -> str:
    """By which a letter is found again: the year of the call, the project, and what it is about (2025/12/3/1)."""
    return "/".join(str(part) for part in (project.call.year, project.pk, *parts))


def application_reference(decision: ApplicationDecision) -> str:
    """The same for a letter about an application: its year, the application, the version and the decision (2027/A12/1/3)."""
    version = decision.version
    application = version.application
    return f"{application.call.year}/A{application.pk}/{version.number}/{decision.pk}"


def decision_letter(decision: Decision) -> Letter:
    """What was decided about a version, with the points that were asked."""
    version = decision.version
    report, project = version.report, version.report.project
    return Letter(
        reference=reference_of(project, report.period_id, version.number, decision.pk),
        day=wall(decision.at).date(),
        heading=HEADINGS[Kind(decision.kind)],
        project=project,
        says=[
            f"Op {day_in_full(version.submitted_at)} dienden jullie versie {version.number} in van het {report.period}.",
            _decided(decision),
            *_paragraphs(decision.text),
        ],
        points=[point.text for point in sorted(decision.points.all(), key=lambda each: each.pk)],
        sender=str(decision.by or ""),
        path=reverse("report_version", args=[report.pk, version.number]),
    )


def reminder_letter(report: ProgressReport, *, by: User, today: date) -> Letter:
    """Asks for a report that is due, or that is late."""
    due = report.period.due_on
    by_when = day_in_full(due)
    is_late = due < today
    return Letter(
        reference=reference_of(report.project, report.period_id),
        day=today,
        heading=f"{'Jullie verslag is te laat' if is_late else 'Denken jullie aan het verslag?'}",
        project=report.project,
        says=[
            f"We kregen het {report.period} van jullie project nog niet.",
            f"Het moest er zijn op {by_when}. Dien het zo snel mogelijk in."
            if is_late
            else f"We verwachten het ten laatste op {by_when}.",
            "Lukt dat niet? Laat het ons weten, dan zoeken we samen een oplossing.",
        ],
        sender=str(by),
        path=reverse("report_write", args=[report.pk]),
    )


def _decided(decision: Decision) -> str:
    if decision.kind == Kind.ACCEPTED:
        return "We aanvaarden dit verslag. De cijfers en uitgaven die erin staan, gelden vanaf nu."
    if decision.kind == Kind.REOPENED:
        return "We hadden dit verslag aanvaard. We vragen nu toch een nieuwe versie, om deze reden."
    return "We lazen het en vragen een aanpassing. Pas het verslag aan in het portaal en dien het opnieuw in."


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
