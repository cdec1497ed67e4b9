"""A story, a consent, a part that stays, and a picture, each as small as it can be."""

import datetime as dt
import itertools
import uuid
import zipfile
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from projects.actions.evidence import add_evidence
from projects.models import Consent, Evidence, Mainstreaming, Story
from tests.projects.report_builders import NOW

TODAY = NOW.date()
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF"
_numbers = itertools.count(1)


def make_consent(project, **facts) -> Consent:
    usual = {
        "reference": f"map 3, blad {next(_numbers)}",
        "given_by": "Een Ouder",
        "purpose": "public",
        "given_on": TODAY - dt.timedelta(days=10),
        "until": TODAY + dt.timedelta(days=365),
    }
    return Consent.objects.create(project=project, **usual | facts)


def make_story(project, **facts) -> Story:
    """A published story, unless it is said otherwise."""
    usual = {
        "title": f"Verhaal {next(_numbers)}",
        "body": "Samen aan tafel.",
        "state": Story.State.PUBLISHED,
        "changed_at": NOW,
        "published_on": TODAY,
    }
    return Story.objects.create(project=project, **usual | facts)


def make_pictured_story(project, **facts) -> Story:
    """A story with an image and a consent for everybody."""
    facts = {"consent": make_consent(project), "alt_text": "Een toren van blokken."} | facts
    story = make_story(project, **facts)
    story.image.save(f"{uuid.uuid4().hex}.webp", ContentFile(picture("WEBP")))
    return story


def make_stays(project, **facts) -> Mainstreaming:
    """A part that stays and was confirmed, unless it is said otherwise."""
    usual = {
        "part": f"Deel {next(_numbers)}",
        "state": "stays",
        "since": TODAY,
        "sentence": "Het OCMW betaalt verder.",
        "told_at": NOW,
        "confirmed_at": NOW,
    }
    return Mainstreaming.objects.create(project=project, **usual | facts)


def make_evidence(report, *, by, consent=None, **facts) -> Evidence:
    """A document; with a consent a photo."""
    kind = {"kind": "photo", "alt_text": "Een toren van blokken."} if consent else {"kind": "file"}
    file = ContentFile(picture("WEBP"), "a.webp") if consent else ContentFile(PDF, "a.pdf")
    usual = {"title": f"Stuk {next(_numbers)}", "file": file, "consent": consent, "by": by, "now": NOW} | kind
    return add_evidence(report=report, **usual | facts)


def picture(kind="JPEG", size=(64, 48), **saved) -> bytes:
    """A drawing, as a file."""
    drawing, written = Image.new("RGB", size, "khaki"), BytesIO()
    ImageDraw.Draw(drawing).rectangle((8, 8, size[0] - 8, size[1] // 2), fill="seagreen")
    drawing.save(written, kind, **saved)
    return written.getvalue()


def sent(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def office(*names: str) -> bytes:
    """A file like those of an office program, that holds these."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name in ("[Content_Types].xml", *names):
            packed.writestr(name, "<x/>")
    return written.getvalue()
