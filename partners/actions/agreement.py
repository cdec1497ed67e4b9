"""What a House keeps of a partner for itself: agreements come and go, notes are written, changed and wiped."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from huizen.actions.logbook import record
from huizen.actions.uploads import drop, keep
from huizen.models import House, User
from partners.models import Agreement, Organisation, PartnerNote, Partnership


@transaction.atomic
def add_agreement(
    *, partnership: Partnership, title: str, document: ContentFile, by: User, now: datetime
) -> Agreement:
    """Keep a signed document with a partnership."""
    agreement = Agreement(partnership=partnership, title=title, added_by=by, added_at=now)
    keep(agreement.file, document)
    agreement.save()
    record("added", partnership, by=by, now=now, house=partnership.house, reason="een overeenkomst")
    return agreement


@transaction.atomic
def remove_agreement(*, agreement: Agreement, by: User, now: datetime) -> None:
    """Take a document away; its file goes once that is in."""
    partnership = agreement.partnership
    drop(agreement.file)
    agreement.delete()
    record("removed", partnership, by=by, now=now, house=partnership.house, reason="een overeenkomst")


@transaction.atomic
def write_note(
    *, house: House, organisation: Organisation, text: str, by: User, now: datetime
) -> PartnerNote:
    """Write something down about a partner, for the people of one House. The logbook tells no text."""
    note = PartnerNote.objects.create(
        house=house, organisation=organisation, text=text, author=by, written_at=now
    )
    record("noted", note, by=by, now=now, house=house)
    return note


@transaction.atomic
def change_note(*, note: PartnerNote, text: str, by: User, now: datetime) -> PartnerNote:
    """Write it otherwise."""
    row = PartnerNote.objects.select_for_update(no_key=True).get(pk=note.pk)
    if row.text != text:
        row.text, row.changed_at = text, now
        row.save(update_fields=["text", "changed_at"])
        record("note_changed", row, by=by, now=now, house=row.house)
    return row


@transaction.atomic
def remove_note(*, note: PartnerNote, by: User, now: datetime) -> None:
    """Wipe it."""
    record("note_removed", note, by=by, now=now, house=note.house)
    note.delete()
