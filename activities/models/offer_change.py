"""What changed in the offer: a row for each, written by the database itself, read by every index in memory."""

from django.db import models
from django.db.models.expressions import Func
from django.db.models.functions import Now


class TransactionIdField(models.BigIntegerField):
    """The number of the transaction that wrote the row; it never starts anew (PostgreSQL's xid8)."""

    def db_type(self, connection):
        return "xid8"

    def rel_db_type(self, connection):
        return "xid8"


class OfferChange(models.Model):
    """A change that triggers noted: of one activity, of what lies around the offer (Houses, partners), or of all.

    The number of the row says nothing about the order: a transaction that began earlier may commit later.
    """

    class What(models.TextChoices):
        ACTIVITY = "activity", "een activiteit"
        AROUND = "around", "een Huis of een partner"
        ALL = "all", "alles"

    what = models.CharField("wat", max_length=10, choices=What)
    activity_id = models.BigIntegerField("activiteit", null=True)
    xid = TransactionIdField(db_default=Func(function="pg_current_xact_id"))
    changed_at = models.DateTimeField("wanneer", db_default=Now())

    class Meta:
        verbose_name = "wijziging in het aanbod"
        verbose_name_plural = "wijzigingen in het aanbod"
        indexes = [models.Index(fields=["xid"], name="offer_change_xid")]

    def __str__(self):
        return f"{self.what} {self.activity_id or ''}"
