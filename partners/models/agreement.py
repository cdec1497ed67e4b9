"""What a House keeps of a partner for itself: signed agreements, and notes."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models

from huizen.models import House
from huizen.roles import Permission
from partners.models.organisation import Organisation, Partnership


def closed_storage():
    """Where files lie that are never public: outside the folder of the logos, and served only by our own page."""
    return storages["closed"]


class AgreementQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person edits partners."""
        return self.filter(partnership__house__in=House.objects.where(user, Permission.EDIT_PARTNERS))


class Agreement(models.Model):
    """A document that a House and a partner signed, as a PDF."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="agreements", verbose_name="partnerschap"
    )
    title = models.CharField("naam van het document", max_length=120)
    file = models.FileField("PDF", upload_to="agreements/", storage=closed_storage)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField("toegevoegd op")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "overeenkomst"
        verbose_name_plural = "overeenkomsten"

    def __str__(self):
        return self.title


class PartnerNoteQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person edits partners; the partner itself never sees them."""
        return self.filter(house__in=House.objects.where(user, Permission.EDIT_PARTNERS))


class PartnerNote(models.Model):
    """What the people of one House write down about a partner, for themselves alone."""

    house = models.ForeignKey(House, models.CASCADE, related_name="+", verbose_name="Huis")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="notes", verbose_name="organisatie"
    )
    text = models.TextField("notitie", max_length=2000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField("geschreven op")
    changed_at = models.DateTimeField("gewijzigd op", null=True, blank=True)

    objects = PartnerNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "notitie"
        verbose_name_plural = "notities"
        indexes = [models.Index(fields=["house", "organisation", "-written_at"], name="partnernote_page")]

    def __str__(self):
        # Not the text: the logbook keeps what stands here.
        return f"een notitie over {self.organisation}"
