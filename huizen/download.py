"""Files to take along: offered to keep, never opened as a page of ours, and kept by nobody on the way."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
#: No browser opens this by itself, whatever the file holds.
BYTES = "application/octet-stream"
CALENDAR = "text/calendar; charset=utf-8"


def download(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """Something that we wrote, as a file with this name."""
    headers = HEADERS | {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(content, content_type=content_type, headers=headers)


def followed_calendar(text: str, name: str) -> HttpResponse:
    """A calendar at a secret address, which a phone asks for again and again."""
    return HttpResponse(
        text,
        content_type=CALENDAR,
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            # The address is a secret: nobody on the way keeps the answer, and no searching machine shows it.
            "Cache-Control": "private, max-age=900",
            "X-Robots-Tag": "noindex, nofollow",
            "Referrer-Policy": "no-referrer",
        },
    )


def stored_file(file: FieldFile, name: str, content_type: str = BYTES) -> FileResponse:
    """Something that was uploaded, as a file with this name. Raises Http404 where there is none (any more)."""
    if not file or not file.storage.exists(file.name):
        raise Http404
    return FileResponse(
        file.open(), as_attachment=True, filename=name, content_type=content_type, headers=HEADERS
    )
