"""The documents with a request for a change: kept with it when it is asked, and gone after years."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.core.files import File
from django.db import transaction

from huizen.actions.uploads import drop, fingerprint, keep
from projects.models import Amendment, AmendmentFile

#: So many with one request.
MOST_FILES = 5


class Document(NamedTuple):
    """A PDF with the name that people gave it."""

    title: str
    file: File


def keep_files(amendment: Amendment, documents: Iterable[Document]) -> None:
    """Keep them with a request that is being made, in its transaction."""
    rows = []
    for document in documents:
        row = AmendmentFile(amendment=amendment, title=document.title, sha256=fingerprint(document.file))
        keep(row.file, document.file)
        rows.append(row)
    AmendmentFile.objects.bulk_create(rows)


def forget_files(*, before: datetime, now: datetime) -> int:
    """Every night: files of requests of long ago. Their names and sums stay with what was decided."""
    with transaction.atomic():
        old = AmendmentFile.objects.filter(amendment__asked_at__lt=before, erased_at=None)
        drop(*(each.file for each in old))
        return old.update(file="", erased_at=now)
