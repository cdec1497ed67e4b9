"""Papers: a template as a tagged PDF (PDF/UA-1) that opens by itself, reads aloud in order, and asks nothing of the network."""

import logging
import mimetypes
import re
import threading
import unicodedata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from PIL import ImageFile

from huizen import palette
from huizen.download import download

logger = logging.getLogger(__name__)

#: Where the files of a paper seem to come from; `.invalid` exists nowhere (RFC 2606).
BASE = "https://paper.invalid/static/"
MISSING = "paper_missing.html"
RETRY_AFTER = 3600
#: Longer than any word or address; Pango needs minutes to break one of ten thousand letters by itself.
LONGEST_WORD = 200
_STEP = 8
_TAG_OR_LONG_WORD = re.compile(rf"<[^>]*>|(?:&#?\w+;|[^\s<>&\u200b]){{{LONGEST_WORD + 1},}}")
_SIGN = re.compile(r"&#?\w+;|.", re.S)
_BREAK = "\u200b"
#: One paper at a time in a process: what it needs of memory and of the libraries that draw letters is used by one.
_ONE = threading.Lock()


class NoPapersError(Exception):
    """This machine cannot draw letters: Pango is not installed (docs/deployment.md)."""


def pdf_response(template: str, context: dict[str, Any], *, name: str) -> HttpResponse:
    """A download `<name>.pdf` of a template that extends `paper.html`.

    Where this machine cannot make one: a page that says so and how to print from the browser (503).
    """
    try:
        content = pdf_file(template, context)
    except NoPapersError:
        page = render_to_string(MISSING, {"portal_name": settings.PORTAL_NAME})
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
    return download(content, f"{slugify(name) or 'blad'}.pdf", "application/pdf")


def pdf_file(template: str, context: dict[str, Any]) -> bytes:
    """The bytes of that PDF. Raises NoPapersError."""
    weasyprint = _weasyprint()
    facts = {"portal_name": settings.PORTAL_NAME, "embedded": settings.EMBEDDED}
    page = breakable(render_to_string(template, facts | context))
    document = weasyprint.HTML(string=page, base_url=BASE, url_fetcher=_own_files(weasyprint))
    with _ONE:
        return document.write_pdf(stylesheets=[_colours(weasyprint)], pdf_variant="pdf/ua-1")


def breakable(page: str) -> str:
    """The same page, in which words without end may go on on the next line, and a letter with its accent is one."""
    return _TAG_OR_LONG_WORD.sub(_broken, unicodedata.normalize("NFC", page))


def _broken(found: re.Match) -> str:
    if found[0].startswith("<"):
        return found[0]
    signs = _SIGN.findall(found[0])
    return _BREAK.join("".join(signs[at : at + _STEP]) for at in range(0, len(signs), _STEP))


def _weasyprint():
    """Loaded when a paper is asked for: it takes half a second, and most processes never make one."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        logger.error("No papers: %s", error)
        raise NoPapersError from error
    # It lets Pillow take half a picture, in the whole process: an upload that was cut off would pass as a picture.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def _colours(weasyprint):
    """The colours of the portal as they are by day: paper knows no evening."""
    roles = " ".join(f"--{name}: {colour.light};" for name, colour in palette.colours().items())
    return weasyprint.CSS(string=f":root {{ {roles} }}")


def _own_files(weasyprint):
    """What gives a paper its files: those of static/ alone, never another file or address."""

    class OwnFiles(weasyprint.urls.URLFetcher):
        def fetch(self, url, headers=None):
            path = finders.find(url.removeprefix(BASE)) if url.startswith(BASE) else None
            if path is None:
                raise ValueError("no file of static/")
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return weasyprint.urls.URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})

    return OwnFiles(allowed_protocols=())
