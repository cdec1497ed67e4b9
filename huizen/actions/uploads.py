"""What people upload: written under names of our own, and gone once the change that takes it away is in."""

import hashlib
import uuid
from functools import partial
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile


def keep(field: FieldFile, file: File) -> str:
    """Write an upload into the field of a row that is saved after this. Gives what people called it.

    What people call their files is never a path of ours.
    """
    called = PurePath(str(file.name))
    field.save(f"{uuid.uuid4().hex}{called.suffix.lower()}", file, save=False)
    return called.name


def fingerprint(file: File) -> str:
    """The SHA-256 of what stands in an upload, in hexadecimal; it can be read again after this."""
    content = file.read()
    file.seek(0)
    return hashlib.sha256(content).hexdigest()


def drop(*files: FieldFile) -> None:
    """Delete files once this transaction is in; where it is rolled back, they stay."""
    for file in files:
        if file:
            transaction.on_commit(partial(file.storage.delete, str(file.name)), robust=True)
