"""QR codes for paper: a page on a leaflet opens on a phone."""

import io
from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=2000)
def qr_svg(url: str, *, error: str = "m") -> SafeString:
    """A code for an address, as a drawing in the colour of the text, without inline style.

    `error`: how much of it may be damaged. A small one on paper reads better with larger dots, so with "l".
    """
    drawing = io.BytesIO()
    segno.make(url, error=error, micro=False).save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        border=2,
    )
    return mark_safe(drawing.getvalue().decode())  # noqa: S308 segno draws only lines
