"""A drawn image for the demo: a table in a garden, and nobody at it. No photo, so nobody has to agree."""

from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from huizen.models import User
from huizen.words import wall
from projects.actions.consent import give_consent
from projects.actions.evidence import add_evidence
from projects.forms.picture import light
from projects.models import Consent, Evidence, ProgressReport, Project

WIDTH, HEIGHT = 960, 600
ALT = "Een tekening: een gedekte tafel met vier stoelen in een tuin, onder een slinger met vlaggetjes."
SKY, GRASS, WOOD, CLOTH, SUN = "#cfe8f2", "#8fbf7f", "#a9744a", "#fff6e0", "#f6c453"
FLAGS = ("#d9623f", "#2f8f6b", "#f6c453", "#4a7fb5")


def drawn() -> Image.Image:
    """The table, on a sunny day."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((770, 50, 880, 160), fill=SUN)
    pen.ellipse((-250, 330, 620, 900), fill=GRASS)
    pen.ellipse((380, 350, 1300, 950), fill="#7fb270")
    for place in range(12):
        left, top = 60 + place * 72, 110 + (place - 6) ** 2
        pen.polygon((left, top, left + 40, top, left + 20, top + 46), fill=FLAGS[place % 4])
    for left in (210, 360, 530, 680):
        pen.rounded_rectangle((left, 300, left + 80, 430), 16, fill=WOOD)
    for left in (240, 700):
        pen.rectangle((left, 420, left + 24, 560), fill=WOOD)
    pen.rounded_rectangle((180, 390, 790, 450), 14, fill=CLOTH)
    for place, left in enumerate(range(250, 760, 130)):
        pen.ellipse((left, 372, left + 56, 402), fill=FLAGS[place % 4])
    return sheet


def image_file() -> ContentFile:
    """The drawing as a page can carry it."""
    return ContentFile(light(drawn()), "tekening.webp")


def paper_file() -> ContentFile:
    """The drawing as a PDF, for what a report is proved with."""
    written = BytesIO()
    drawn().save(written, "PDF")
    return ContentFile(written.getvalue(), "tekening.pdf")


def consent_of(project: Project, *, by: User, now: datetime) -> Consent:
    """The consent of the project for its drawing: of who drew it."""
    known = project.consents.first()
    today = wall(now).date()
    facts = {
        "reference": "voorbeeld 1",
        "given_by": "De tekenaar (verzonnen)",
        "purpose": Consent.Purpose.PUBLIC,
        "given_on": today - timedelta(days=60),
        "until": today + timedelta(days=700),
    }
    return known or give_consent(project=project, facts=facts, by=by, now=now)


def add_shown(report: ProgressReport, *, by: User, now: datetime) -> None:
    """A document and a drawing with a report that is being written."""
    paper = {"kind": Evidence.Kind.FILE, "title": "Affiche (voorbeeld)", "file": paper_file()}
    photo = {
        "kind": Evidence.Kind.PHOTO,
        "title": "De tafel in de tuin (tekening)",
        "alt_text": ALT,
        "file": image_file(),
        "consent": consent_of(report.project, by=by, now=now),
    }
    for facts in (paper, photo):
        add_evidence(report=report, **facts, by=by, now=now)
