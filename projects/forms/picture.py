"""Photos as we keep them: written anew, without the place and the hour that a telephone puts in, and light enough."""

import uuid
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from partners.forms.organisation import LogoField

MOST_BYTES = 10 * 1024 * 1024
#: The longest side of a photo in a report, in pixels.
IN_A_REPORT = 1600
#: What a picture on a public page may weigh (bytes), and how we get there: longest side and quality, the best first.
ON_A_PAGE = 28 * 1024
TRIES = ((960, 75), (960, 60), (960, 45), (720, 50), (720, 35), (480, 40), (480, 20), (320, 20))


class PhotoField(LogoField):
    """A photo for a report."""

    most_bytes = MOST_BYTES
    default_error_messages = {
        "required": "Kies een foto.",
        "invalid_image": "Dit is geen foto. Kies een JPG, PNG, WebP of GIF.",
        "too_heavy": "Deze foto is te groot. Kies er een van hoogstens 10 MB.",
    }

    def clean(self, data, initial=None) -> ContentFile | None:
        # What is kept already is not written anew: then it would lose a little each time.
        return super().clean(data)

    def written_anew(self, picture: Image.Image) -> ContentFile:
        return _named(_written(upright(picture), IN_A_REPORT, 80))


class PageImageField(PhotoField):
    """A picture for a public page: it never weighs more than a page can carry."""

    def written_anew(self, picture: Image.Image) -> ContentFile:
        return _named(light(upright(picture)))


def upright(picture: Image.Image) -> Image.Image:
    """The picture as it was meant to be seen, on white, without anything that was written beside it."""
    turned = ImageOps.exif_transpose(picture).convert("RGBA")
    sheet = Image.new("RGB", turned.size, "white")
    sheet.paste(turned, mask=turned)
    return sheet


def light(picture: Image.Image) -> bytes:
    """The best of our tries that is light enough, or else the lightest."""
    for side, quality in TRIES:
        written = _written(picture, side, quality)
        if len(written) <= ON_A_PAGE:
            break
    return written


def _written(picture: Image.Image, side: int, quality: int) -> bytes:
    small, written = picture.copy(), BytesIO()
    small.thumbnail((side, side))
    small.save(written, "WEBP", quality=quality, method=6)
    return written.getvalue()


def _named(content: bytes) -> ContentFile:
    return ContentFile(content, name=f"{uuid.uuid4().hex}.webp")
