"""Partners that come in with a file: what each line will do, and afterwards what it did."""

from django.db import models
from django.db.models import Q

from huizen.models import House, SheetImport, SheetLine, SheetLineQuerySet
from huizen.roles import Permission
from partners.models.organisation import Contact, Organisation, Partnership


class PartnerImportQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person edits partners."""
        return self.filter(house__in=House.objects.where(user, Permission.EDIT_PARTNERS))


class PartnerImport(SheetImport):
    """One file with partners."""

    objects = PartnerImportQuerySet.as_manager()

    class Meta(SheetImport.Meta):
        verbose_name = "invoer van partners"
        verbose_name_plural = "invoeren van partners"


class ImportLineQuerySet(SheetLineQuerySet):
    def added(self):
        """What brought something in that is still there."""
        return self.filter(
            Q(made_organisation=True, organisation__isnull=False)
            | Q(partnership__isnull=False)
            | Q(contact__isnull=False)
        )


class ImportLine(SheetLine):
    """One line with a partner."""

    class Outcome(models.TextChoices):
        NEW = "new", "nieuw"
        PARTNER = "partner", "wordt partner"
        CONTACT = "contact", "contact erbij"
        SAME = SheetLine.SAME, "niets verandert"
        FAULT = SheetLine.FAULT, "fout"

    partner_import = models.ForeignKey(PartnerImport, models.CASCADE, related_name="lines")
    outcome = models.CharField("wat ermee gebeurt", max_length=10, choices=Outcome)
    made_organisation = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="organisatie"
    )
    partnership = models.ForeignKey(Partnership, models.SET_NULL, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        verbose_name = "lijn van een invoer"
        verbose_name_plural = "lijnen van een invoer"
        constraints = [
            *SheetLine.Meta.constraints,
            models.UniqueConstraint(fields=["partner_import", "number"], name="importline_once"),
        ]
