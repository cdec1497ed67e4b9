"""What a project tells everybody: a story, and what stays once the subsidy stops."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huizen.models import House
from huizen.roles import Permission
from partners.models.agreement import closed_storage
from projects.models.consent import Consent
from projects.models.project import PUBLIC_STATUSES, Project
from projects.models.version import ReportVersion


class StoryQuerySet(models.QuerySet):
    def public(self, on: date):
        """What everybody reads on a day: published, and where somebody had to agree, with a consent that holds."""
        consents = Consent.objects.standing(on).filter(purpose=Consent.Purpose.PUBLIC)
        shown = Q(consent=None) | Q(consent__in=consents)
        return self.filter(shown, state=Story.State.PUBLISHED, project__status__in=PUBLIC_STATUSES)

    def writable_by(self, user):
        """Those of the projects of the Houses for which somebody writes."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(project__house__in=House.objects.where(user, Permission.WRITE_REPORTS))

    def visible_to(self, user):
        """Hers to write; and for the agency all that was put to it. Nobody else reads a draft."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(pk__in=self.writable_by(user).values("pk"))
        if user.may(Permission.REVIEW_REPORTS):
            seen |= ~Q(state=Story.State.DRAFT)
        return self.filter(seen)


class Story(models.Model):
    """What a project tells everybody, in plain paragraphs. `remark`: what the agency wants otherwise."""

    class State(models.TextChoices):
        DRAFT = "draft", "ontwerp"
        PROPOSED = "proposed", "voorgelegd aan Opgroeien"
        APPROVED = "approved", "goedgekeurd"
        PUBLISHED = "published", "staat op het portaal"
        WITHDRAWN = "withdrawn", "van het portaal gehaald"

    project = models.ForeignKey(Project, models.CASCADE, related_name="stories", verbose_name="project")
    title = models.CharField("titel", max_length=120)
    body = models.TextField("verhaal", max_length=4000)
    learned = models.TextField("wat jullie leerden", max_length=1500, blank=True)
    film_url = models.URLField("adres van een film", max_length=300, blank=True)
    image = models.FileField("beeld", upload_to="verhalen/", storage=closed_storage, blank=True)
    alt_text = models.CharField("wat staat erop", max_length=200, blank=True)
    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="stories", verbose_name="toestemming"
    )
    from_version = models.ForeignKey(
        ReportVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name="uit het verslag",
    )
    state = models.CharField("toestand", max_length=9, choices=State, default=State.DRAFT)
    remark = models.CharField("vraag van Opgroeien", max_length=600, blank=True)
    changed_at = models.DateTimeField("gewijzigd op")
    published_on = models.DateField("op het portaal sinds", null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = "verhaal"
        verbose_name_plural = "verhalen"
        constraints = [
            models.CheckConstraint(
                condition=Q(image="") | Q(consent__isnull=False) & ~Q(alt_text=""),
                name="story_image_has_consent",
                violation_error_message="Bij een beeld hoort een toestemming, en wat erop staat.",
            ),
            models.CheckConstraint(
                condition=Q(film_url="") | Q(film_url__startswith="https://"),
                name="story_film_is_https",
                violation_error_message="Geef een adres dat met https:// begint.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def image_name(self) -> str:
        """The name of the image in its address; never what somebody called it."""
        return self.image.name.rpartition("/")[2]


class Mainstreaming(models.Model):
    """A part of a project, and how far it went into regular work. Everybody reads it once the agency confirms it."""

    class State(models.TextChoices):
        SOUGHT = "sought", _("we zoeken nog hoe")
        PARTLY = "partly", _("blijft voor een deel")
        STAYS = "stays", _("blijft, in de gewone werking")
        STOPS = "stops", _("stopt met de subsidie")

    project = models.ForeignKey(Project, models.CASCADE, related_name="mainstreaming", verbose_name="project")
    part = models.CharField("welk deel van het project", max_length=120)
    state = models.CharField("wat ervan blijft", max_length=6, choices=State)
    since = models.DateField("sinds")
    sentence = models.CharField("in één zin: wie doet het voort, en hoe", max_length=300)
    told_at = models.DateTimeField("gezegd op")
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bevestigd door",
    )

    class Meta:
        verbose_name = "verankering"
        verbose_name_plural = "verankeringen"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "part"],
                name="mainstreaming_part_once",
                violation_error_message="Dit deel staat er al.",
            )
        ]

    def __str__(self):
        return self.part
