"""What professionals share: documents, links, good examples and podcasts, each in its versions; and news of a House."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huizen.models import House
from huizen.roles import Permission
from huizen.vocabulary import LifeDomain
from huizen.words import wall
from partners.models.organisation import Organisation


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was not withdrawn, of the person's Houses, and of the whole network for every professional."""
        if not user.is_authenticated or not user.may(Permission.SEE_SHARED):
            return self.none()
        own = Q(house__in=House.objects.where(user, Permission.SEE_SHARED))
        return self.filter(own | Q(reach=Resource.Reach.NETWORK), withdrawn_at=None)

    def editable_by(self, user):
        """All of the Houses in which she leads what is shared; elsewhere what she added herself."""
        if not user.is_authenticated:
            return self.none()
        own = Q(added_by=user, house__in=House.objects.where(user, Permission.SHARE))
        leads = Q(house__in=House.objects.where(user, Permission.LEAD_SHARED))
        return self.filter(own | leads, withdrawn_at=None)


class Resource(models.Model):
    """Something worth sharing. What it is now, its newest version says. Families never see it."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "Document"
        LINK = "link", "Link"
        EXAMPLE = "example", "Praktijkvoorbeeld"
        PODCAST = "podcast", "Podcast"

    class Reach(models.TextChoices):
        HOUSE = "house", "Dit Huis en zijn partners"
        NETWORK = "network", "Alle Huizen en hun partners"

    house = models.ForeignKey(House, models.CASCADE, related_name="resources", verbose_name="Huis")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="van partner"
    )
    kind = models.CharField("wat is het", max_length=10, choices=Kind)
    reach = models.CharField("wie ziet het", max_length=10, choices=Reach, default=Reach.HOUSE)
    title = models.CharField("titel", max_length=120)
    text = models.TextField("waarvoor dient het", max_length=1000, blank=True)
    life_domains = ArrayField(
        models.CharField(max_length=20, choices=LifeDomain), verbose_name="thema's", default=list, blank=True
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gedeeld door"
    )
    changed_at = models.DateTimeField("laatste versie op")
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        indexes = [
            models.Index(fields=["-changed_at"], condition=Q(withdrawn_at=None), name="resource_shared")
        ]

    def __str__(self):
        return self.title

    @property
    def theme_labels(self) -> str:
        """Its themes in words, in one line."""
        return ", ".join(str(LifeDomain(code).label) for code in self.life_domains)


class ResourceVersion(models.Model):
    """A resource as it was from a moment on: a file or an address. Older ones stay readable.

    `name`: what the file was called; its own name on the disk is ours. `size`: bytes.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="versions", verbose_name="bron")
    number = models.PositiveSmallIntegerField("versie")
    url = models.URLField("adres", max_length=500, blank=True)
    file = models.FileField("bestand", upload_to="gedeeld/", blank=True)
    name = models.CharField("naam van het bestand", max_length=120, blank=True)
    size = models.PositiveIntegerField("grootte", default=0)
    note = models.CharField("wat is er nieuw", max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="door"
    )
    added_at = models.DateTimeField("op")

    class Meta:
        verbose_name = "versie van een bron"
        verbose_name_plural = "versies van bronnen"
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="resource_version_once"),
            models.CheckConstraint(
                condition=Q(file="", name="", size=0) & ~Q(url="") | Q(url="", size__gt=0) & ~Q(file=""),
                name="resource_version_is_file_or_link",
                violation_error_message="Kies een bestand of geef een adres, niet allebei.",
            ),
        ]

    def __str__(self):
        return f"{self.resource}, versie {self.number}"


class NewsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """That of the person's Houses."""
        return self.filter(house__in=House.objects.where(user, Permission.SEE_SHARED))

    def editable_by(self, user):
        return self.filter(house__in=House.objects.where(user, Permission.LEAD_SHARED))

    def on(self, day):
        """What stands on the desks on a day."""
        return self.filter(since__lte=day, until__gte=day)

    def new_between(self, start: datetime, end: datetime):
        """What came on the desks or was written after a moment and until another, and stands there then."""
        came = Q(since__gt=wall(start).date()) | Q(written_at__gt=start)
        return self.on(wall(end).date()).filter(came, written_at__lte=end)


class News(models.Model):
    """A short message of a House to its partners, on their desks from a day to a day."""

    house = models.ForeignKey(House, models.CASCADE, related_name="news", verbose_name="Huis")
    title = models.CharField("titel", max_length=100)
    text = models.TextField("bericht", max_length=600)
    since = models.DateField("vanaf")
    until = models.DateField("tot en met")
    written_at = models.DateTimeField("geschreven op")

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht voor partners"
        verbose_name_plural = "berichten voor partners"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="news_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]
        indexes = [models.Index(fields=["house", "until"], name="news_house")]

    def __str__(self):
        return self.title
