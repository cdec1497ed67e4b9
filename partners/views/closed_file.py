"""A file that lies where no address leads, handed out as something to keep."""

from django.http import FileResponse, Http404

from partners.models import AgendaDocument


def closed_file(document: AgendaDocument) -> FileResponse:
    """The file of a document, never opened as a page of ours, whatever it holds; 404 where there is none."""
    if not document.file or not document.file.storage.exists(document.file.name):
        raise Http404
    return FileResponse(
        document.file.open(),
        as_attachment=True,
        filename=document.name,
        content_type="application/octet-stream",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
