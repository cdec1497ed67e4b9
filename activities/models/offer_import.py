"""Offer that comes in with a file: what each line will do, and afterwards what it did."""

from django.db import models
from django.db.models import Q

from activities.models.activity import Activity
from huizen.models import House, SheetImport, SheetLine, SheetLineQuerySet
from huizen.roles import Permission


class OfferImportQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses where she publishes; in other Houses of hers only her own files."""
        return self.filter(
            Q(house__in=House.objects.where(user, Permission.PUBLISH_OFFER))
            | Q(house__in=House.objects.where(user, Permission.EDIT_OFFER), made_by=user)
        )


class OfferImport(SheetImport):
    """One file with offer."""

    objects = OfferImportQuerySet.as_manager()

    class Meta(SheetImport.Meta):
        verbose_name = "invoer van activiteiten"
        verbose_name_plural = "invoeren van activiteiten"


class OfferLineQuerySet(SheetLineQuerySet):
    def added(self):
        """What brought something in that is still there."""
        return self.filter(outcome__in=["new", "days"], applied_at__isnull=False, activity__isnull=False)


class OfferLine(SheetLine):
    """One line with an activity; `activity` is the one that it made, gave days to, or found."""

    class Outcome(models.TextChoices):
        NEW = "new", "nieuw"
        DAYS = "days", "dagen erbij"
        SAME = SheetLine.SAME, "bestaat al"
        FAULT = SheetLine.FAULT, "fout"

    offer_import = models.ForeignKey(OfferImport, models.CASCADE, related_name="lines")
    outcome = models.CharField("wat ermee gebeurt", max_length=10, choices=Outcome)
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="activiteit"
    )

    objects = OfferLineQuerySet.as_manager()

    class Meta:
        verbose_name = "lijn van een invoer van activiteiten"
        verbose_name_plural = "lijnen van een invoer van activiteiten"
        constraints = [
            *SheetLine.Meta.constraints,
            models.UniqueConstraint(fields=["offer_import", "number"], name="offerline_once"),
        ]
