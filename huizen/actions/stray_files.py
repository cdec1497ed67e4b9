"""Files that no row knows go away: left by a change that was rolled back, by a crash, by a row that went with another.

A database can take back a change; a disk cannot. So a file is written first, and swept up where its row never came.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import FileField

log = logging.getLogger(__name__)
#: Longer than any change takes between its file and its row.
AGE = timedelta(days=1)


def sweep_files(*, now: datetime) -> int:
    """Delete the uploaded files that are older than a day and that no row knows; how many. Safe to run twice."""
    fields: dict[tuple[Any, str], list[FileField]] = defaultdict(list)
    for field in file_fields():
        fields[field.storage, str(field.upload_to)].append(field)
    return sum(
        _sweep(storage, folder, known=_names(own), now=now) for (storage, folder), own in fields.items()
    )


def file_fields() -> list[FileField]:
    """Every field of ours that holds a file."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
    ]


def _names(fields: list[FileField]) -> set[str]:
    rows = (field.model._base_manager.values_list(field.attname, flat=True) for field in fields)
    return {name for names in rows for name in names}


def _sweep(storage: Storage, folder: str, *, known: set[str], now: datetime) -> int:
    strays = [
        name
        for name in _files(storage, folder)
        if name not in known and storage.get_modified_time(name) < now - AGE
    ]
    for name in strays:
        storage.delete(name)
        # Its name is a random one of ours; it tells nothing.
        log.info("No row knows %s: deleted", name)
    return len(strays)


def _files(storage: Storage, folder: str) -> Iterator[str]:
    if storage.exists(folder):
        for name in storage.listdir(folder)[1]:
            yield f"{folder}{name}"
