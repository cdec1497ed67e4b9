"""Documents with a point of the agenda: a file or an address comes, and goes."""

from datetime import datetime

from django.core.files import File
from django.db import transaction

from huizen.actions.logbook import record
from huizen.actions.uploads import drop, keep
from huizen.models import User
from partners.actions.meeting_lock import MeetingError, lock_meeting
from partners.models import AgendaDocument, AgendaItem

#: As many as one point can have.
MOST = 10


@transaction.atomic
def add_document(
    *, item: AgendaItem, title: str, url: str, file: File | None, by: User, now: datetime
) -> AgendaDocument:
    """Keep a file or an address with a point. Raises MeetingError when the point has too many."""
    meeting = lock_meeting(item.meeting)
    if item.documents.count() >= MOST:
        raise MeetingError(f"Een punt heeft hoogstens {MOST} documenten.")
    document = AgendaDocument(item=item, title=title, url=url, added_by=by, added_at=now)
    if file:
        document.name, document.size = keep(document.file, file)[-120:], file.size
    document.save()
    record("agenda_changed", meeting, by=by, now=now, house=meeting.house, changes={"agenda": ["", title]})
    return document


@transaction.atomic
def remove_document(*, document: AgendaDocument, by: User, now: datetime) -> None:
    """Take a document away; its file goes once that is in. Twice is once."""
    meeting = lock_meeting(document.item.meeting)
    row = AgendaDocument.objects.filter(pk=document.pk).first()
    if row:
        drop(row.file)
        row.delete()
        changes = {"agenda": [document.title, ""]}
        record("agenda_changed", meeting, by=by, now=now, house=meeting.house, changes=changes)
