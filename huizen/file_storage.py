"""Files on a disk that can be full: nothing half-written stays, and the person reads why it did not work."""

import errno
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from huizen.views.errors import disk_full

#: The disk is full, the share of this user is, or the file is larger than may be.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class WholeFiles(FileSystemStorage):
    """As Django's own, without the beginning of a file that did not fit."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            with suppress(OSError):
                Path(self.path(name)).unlink(missing_ok=True)
            raise


class SayWhenFull:
    """Answers with a clear page when a file could not be kept; what the action had written is undone by then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """The page for a full disk; anything else is for Django."""
        is_full = isinstance(exception, OSError) and exception.errno in FULL
        return disk_full(request) if is_full else None
