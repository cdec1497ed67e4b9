"""What professionals of Houses and projects give each other: examples that worked, questions with answers, who they are."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from huizen.models import House, Membership
from huizen.roles import Permission, roles_with
from projects.models.project import Project


class PracticeExampleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is published, and of her own Houses all; the agency reads what was proposed to it too."""
        if not user.is_authenticated or not user.may(Permission.EXCHANGE):
            return self.none()
        if user.may(Permission.LEAD_LEARNING):
            return self
        own = Q(house__in=House.objects.where(user, Permission.WRITE_REPORTS))
        return self.filter(own | Q(state=PracticeExample.State.PUBLISHED))

    def editable_by(self, user):
        """Those of the Houses that somebody coordinates."""
        return self.filter(house__in=House.objects.where(user, Permission.WRITE_REPORTS))


class PracticeExample(models.Model):
    """Something that worked somewhere. A coordinator proposes it, the agency publishes it for professionals."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "voorgesteld"
        RETURNED = "returned", "aanpassing gevraagd"
        PUBLISHED = "published", "gepubliceerd"
        WITHDRAWN = "withdrawn", "ingetrokken"

    house = models.ForeignKey(House, models.CASCADE, related_name="practice_examples", verbose_name="Huis")
    project = models.ForeignKey(
        Project,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practice_examples",
        verbose_name="uit het project",
    )
    title = models.CharField("titel", max_length=120)
    worked = models.TextField("wat werkte", max_length=2000)
    for_whom = models.CharField("voor wie", max_length=200)
    url = models.URLField("meer lezen op", max_length=300, blank=True)
    state = models.CharField("toestand", max_length=9, choices=State, default=State.PROPOSED)
    remark = models.CharField("vraag van Opgroeien", max_length=600, blank=True)
    changed_at = models.DateTimeField("gewijzigd op")

    objects = PracticeExampleQuerySet.as_manager()

    class Meta:
        verbose_name = "praktijkvoorbeeld"
        verbose_name_plural = "praktijkvoorbeelden"

    def __str__(self):
        return self.title


class ExchangeQuestion(models.Model):
    """Something that a House or the agency (no House) asks the others. `last_at`: when something was last said."""

    house = models.ForeignKey(
        House, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="van Huis"
    )
    title = models.CharField("je vraag in één zin", max_length=160)
    text = models.TextField("wat je er al over weet", max_length=2000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gevraagd door"
    )
    asked_at = models.DateTimeField("gevraagd op")
    last_at = models.DateTimeField("laatst iets gezegd op")

    class Meta:
        verbose_name = "vraag aan andere Huizen"
        verbose_name_plural = "vragen aan andere Huizen"

    def __str__(self):
        return self.title


class ExchangeAnswer(models.Model):
    """What a House or the agency (no House) answers."""

    question = models.ForeignKey(
        ExchangeQuestion, models.CASCADE, related_name="answers", verbose_name="vraag"
    )
    house = models.ForeignKey(
        House, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="van Huis"
    )
    text = models.TextField("je antwoord", max_length=3000)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gezegd door"
    )
    said_at = models.DateTimeField("gezegd op")

    class Meta:
        verbose_name = "antwoord van een ander Huis"
        verbose_name_plural = "antwoorden van andere Huizen"

    def __str__(self):
        # Not the text: the logbook keeps what stands here.
        return f"een antwoord op “{self.question}”"


class DirectoryEntryQuerySet(models.QuerySet):
    def current(self):
        """Of who works in a House or at the agency today; who left is not shown, whatever she wrote."""
        at_work = Membership.objects.current().filter(role__in=roles_with(Permission.EXCHANGE))
        return self.filter(user__is_active=True, user__in=at_work.values("user"))


class DirectoryEntry(models.Model):
    """Somebody who chose that colleagues can find her. Gone with one button."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="directory_entry", verbose_name="wie"
    )
    text = models.CharField("waarvoor mogen collega's je contacteren", max_length=300)
    since = models.DateTimeField("sinds")

    objects = DirectoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "lijn in de lijst van collega's"
        verbose_name_plural = "lijnen in de lijst van collega's"

    def __str__(self):
        return str(self.user)
