"""The documents of an application: added and taken away while it is being written."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from huizen.actions.logbook import record
from huizen.actions.uploads import drop, fingerprint, keep
from huizen.models import User
from projects.actions.application import ApplicationError, MovedOnError, check_open, lock
from projects.models import Application, ApplicationFile

#: More documents than a jury reads.
MOST_FILES = 10


@transaction.atomic
def add_file(
    *, application: Application, title: str, document: ContentFile, by: User, now: datetime
) -> ApplicationFile:
    """Keep a PDF with an application, in the closed store."""
    row = _writable(application, now)
    if row.files.filter(removed_at=None).count() >= MOST_FILES:
        raise ApplicationError(f"Er zijn al {MOST_FILES} bijlagen. Haal er eerst een weg.")
    added = ApplicationFile(
        application=row, title=title, sha256=fingerprint(document), added_by=by, added_at=now
    )
    keep(added.file, document)
    added.save()
    record("added", row, by=by, now=now, house=row.house, reason="een bijlage")
    return added


@transaction.atomic
def remove_file(*, document: ApplicationFile, by: User, now: datetime) -> None:
    """Take a document away. One that was handed in stays with the version that names it."""
    row = _writable(document.application, now)
    kept = ApplicationFile.objects.filter(pk=document.pk, removed_at=None).first()
    if kept is None:
        return
    if row.versions.filter(content__files__contains=[{"id": kept.pk}]).exists():
        kept.removed_at = now
        kept.save(update_fields=["removed_at"])
    else:
        drop(kept.file)
        kept.delete()
    record("removed", row, by=by, now=now, house=row.house, reason="een bijlage")


def _writable(application: Application, now: datetime) -> Application:
    row = lock(application)
    if not row.is_draft:
        raise MovedOnError("Deze aanvraag is al ingediend. De bijlagen blijven zoals ze zijn.")
    check_open(row.call, now)
    return row
