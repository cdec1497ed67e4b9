"""What happens to a report of a visitor: made, solved, refused, taken up again."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from activities.models import Activity, Report
from huizen.actions.logbook import record
from huizen.links import absolute
from huizen.models import Category, House, Membership, User
from huizen.outbox.kinds import Kind, Row
from huizen.outbox.queue import queue_message
from huizen.roles import Role

State = Report.State
THANKS = "report_thanks"
#: So long a thank-you waits: who pressed the wrong button takes it back, and no mail leaves.
SECOND_THOUGHT = timedelta(minutes=5)


class ReportError(Exception):
    """This cannot be done with the report now; the text is a sentence for who tried."""


@transaction.atomic
def make_report(
    *,
    kind: str,
    text: str,
    email: str,
    activity: Activity | None,
    house: House | None,
    by: User | None = None,
    now: datetime,
) -> Report:
    """Keep what a visitor tells and mail the coordinators of the House; the agency, where it is about no House.

    Who reports is not written down, also not for who is signed in.
    """
    house = activity.house if activity else house
    report = Report.objects.create(
        kind=kind, text=text, email=email, activity=activity, house=house, created_at=now
    )
    record("reported", report, by=None, now=now, house=house)
    for reader in _readers(house):
        queue_message(
            key=f"report:{report.pk}:{reader.pk}",
            category=Category.REPORT,
            recipient=reader.email,
            template="report",
            context={**_facts(report), "url": absolute(reverse("report_list"))},
            now=now,
            subject=report,
            house=house,
        )
    return report


@transaction.atomic
def solve_report(*, report: Report, thank: bool, by: User, now: datetime) -> Report:
    """It was right and is mended; a thank-you goes to who left an address. Raises ReportError."""
    report = _handled(report, State.SOLVED, "solved", by=by, now=now)
    if thank and report.email:
        queue_message(
            key=f"report:{report.pk}:thanks:{now.isoformat()}",
            kind=THANKS,
            category=Category.REPORT,
            recipient=report.email,
            template=THANKS,
            context=_facts(report),
            now=now,
            not_before=now + SECOND_THOUGHT,
            subject=report,
            house=report.house,
        )
    return report


@transaction.atomic
def refuse_report(*, report: Report, by: User, now: datetime) -> Report:
    """The page was right after all. Raises ReportError where somebody handled it already."""
    return _handled(report, State.REFUSED, "refused", by=by, now=now)


@transaction.atomic
def reopen_report(*, report: Report, by: User, now: datetime) -> Report:
    """Take a handled report up again; a thank-you that did not leave yet stays."""
    report = _locked(report)
    if report.state == State.NEW:
        return report
    before, report.state, report.handled_at, report.handled_by = report.state, State.NEW, None, None
    report.save(update_fields=["state", "handled_at", "handled_by"])
    changes = {"state": [before, State.NEW]}
    record("took_back", report, by=by, now=now, house=report.house, changes=changes)
    return report


def why_not_thank(row: Row, now: datetime) -> str:
    """Why the thank-you is no longer wanted; empty when it is."""
    solved = Report.objects.filter(pk=row.subject_id, state=State.SOLVED).exists()
    return "" if solved else "de melding is weer open"


KIND = Kind(name=THANKS, why_not=why_not_thank)


def _handled(report: Report, state: str, verb: str, *, by: User, now: datetime) -> Report:
    report = _locked(report)
    if report.state == state:
        return report
    if report.state != State.NEW:
        raise ReportError("Een collega behandelde deze melding al. Kijk wat er staat.")
    report.state, report.handled_at, report.handled_by = state, now, by
    report.save(update_fields=["state", "handled_at", "handled_by"])
    record(verb, report, by=by, now=now, house=report.house, changes={"state": [State.NEW, state]})
    return report


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("house", "activity")
    return rows.get(pk=report.pk)


def _readers(house: House | None) -> list[User]:
    role = Role.COORDINATOR if house else Role.OFFICER
    current = Membership.objects.current().filter(house=house, role=role, user__is_active=True)
    return [membership.user for membership in current.select_related("user").order_by("pk")]


def _facts(report: Report) -> dict[str, Any]:
    about = report.activity or report.house
    name = "house_detail" if about == report.house else "activity_detail"
    return {
        "about": str(report),
        "kind": report.get_kind_display(),
        "text": report.text,
        "house": report.house.name if report.house else "",
        "page": absolute(reverse(name, args=[about.slug])) if about else "",
    }
