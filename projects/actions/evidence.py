"""Files and photos of a report: added while it is being written, and taken away again."""

from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from huizen.actions.logbook import record
from huizen.actions.uploads import drop, fingerprint, keep
from huizen.models import User
from huizen.words import wall
from projects.actions.report import MovedOnError, ReportError, lock
from projects.models import Consent, Evidence, ProgressReport, ReportVersion

#: So many of one report.
MOST = 40


@transaction.atomic
def add_evidence(
    *,
    report: ProgressReport,
    kind: str,
    title: str,
    file: File,
    by: User,
    now: datetime,
    alt_text: str = "",
    consent: Consent | None = None,
) -> Evidence:
    """Add a file or a photo to what is being written.

    Raises MovedOnError when the report is with the agency, ReportError without a consent that holds, or with too many.
    """
    row = lock(report)
    if not row.is_open:
        raise MovedOnError("Dit verslag is al ingediend. Er is niets toegevoegd.")
    if row.evidence.current().count() >= MOST:
        raise ReportError(f"Een verslag heeft hoogstens {MOST} bewijsstukken.")
    _check(row, consent, now)
    evidence = Evidence(
        report=row,
        kind=kind,
        title=title,
        alt_text=alt_text,
        consent=consent,
        size=file.size,
        sha256=fingerprint(file),
        added_at=now,
        added_by=by,
    )
    keep(evidence.file, file)
    evidence.save()
    record("evidence_added", row, by=by, now=now, house=row.project.house, reason=title)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, now: datetime) -> None:
    """Take it out of what is being written. A version that was handed in keeps what it names.

    Raises MovedOnError when the report is with the agency.
    """
    row = lock(evidence.report)
    if not row.is_open:
        raise MovedOnError("Dit verslag is al ingediend. Wat erbij hoort, blijft staan.")
    kept = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if versions_with(kept).exists():
        kept.removed_at = kept.removed_at or now
        kept.save(update_fields=["removed_at"])
    else:
        drop(kept.file)
        kept.delete()
    record("evidence_removed", row, by=by, now=now, house=row.project.house, reason=evidence.title)


def versions_with(evidence: Evidence) -> QuerySet[ReportVersion]:
    """The versions that were handed in and name it: what they name stays."""
    versions = ReportVersion.objects.filter(report=evidence.report_id)
    return versions.filter(content__evidence__contains=[{"id": evidence.pk}])


def _check(report: ProgressReport, consent: Consent | None, now: datetime) -> None:
    if consent is None:
        return
    # Locked: a consent that is being withdrawn takes its photos along, this one too.
    held = Consent.objects.select_for_update().get(pk=consent.pk)
    if held.project_id != report.project_id or not held.stands(wall(now).date()):
        raise ReportError("Deze toestemming geldt niet meer. Kies een andere.")
