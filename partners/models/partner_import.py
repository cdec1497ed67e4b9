"""Partners that come in with a file: what each line will do, and afterwards what it did."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from huizen.models import House
from huizen.roles import Permission
from partners.models.organisation import Contact, Organisation, Partnership


class PartnerImportQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person edits partners."""
        return self.filter(house__in=House.objects.where(user, Permission.EDIT_PARTNERS))


class PartnerImport(models.Model):
    """One file: looked through first, carried out when somebody confirmed it."""

    class State(models.TextChoices):
        PREPARED = "prepared", "nog te bevestigen"
        RUNNING = "running", "bezig"
        DONE = "done", "klaar"
        TAKEN_BACK = "taken_back", "teruggenomen"

    house = models.ForeignKey(House, models.CASCADE, related_name="+", verbose_name="Huis")
    file_name = models.CharField("bestand", max_length=120)
    unread = models.JSONField("kolommen die we niet lezen", default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="door"
    )
    made_at = models.DateTimeField("ingelezen op")
    done_at = models.DateTimeField("klaar op", null=True, blank=True)
    state = models.CharField("toestand", max_length=12, choices=State, default=State.PREPARED)

    objects = PartnerImportQuerySet.as_manager()

    class Meta:
        verbose_name = "invoer van partners"
        verbose_name_plural = "invoeren van partners"
        indexes = [models.Index(fields=["house", "-made_at"], name="partnerimport_house")]

    def __str__(self):
        return self.file_name


class ImportLineQuerySet(models.QuerySet):
    def to_do(self):
        """What still has to be carried out."""
        return self.filter(applied_at=None).exclude(outcome=ImportLine.Outcome.FAULT)

    def added(self):
        """What brought something in that is still there."""
        return self.filter(
            Q(made_organisation=True, organisation__isnull=False)
            | Q(partnership__isnull=False)
            | Q(contact__isnull=False)
        )

    def totals(self) -> dict[str, int]:
        """How many lines have each outcome, and how many are carried out (one query)."""
        outcomes = {code: Count("pk", filter=Q(outcome=code)) for code in ImportLine.Outcome.values}
        return self.aggregate(**outcomes, lines=Count("pk"), applied=Count("applied_at"))


class ImportLine(models.Model):
    """One line of the file. `cells` is what stood there, `facts` how it was understood.

    `outcome` is what the line will do, and once it is carried out what it did; a fault never does anything.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "nieuw"
        PARTNER = "partner", "wordt partner"
        CONTACT = "contact", "contact erbij"
        SAME = "same", "niets verandert"
        FAULT = "fault", "fout"

    partner_import = models.ForeignKey(PartnerImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("lijn")
    cells = models.JSONField("cellen", default=dict)
    facts = models.JSONField("gegevens", default=dict)
    outcome = models.CharField("wat ermee gebeurt", max_length=10, choices=Outcome)
    column = models.CharField("kolom", max_length=60, blank=True)
    reason = models.CharField("reden", max_length=300, blank=True)
    applied_at = models.DateTimeField("uitgevoerd op", null=True, blank=True)
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
            models.UniqueConstraint(fields=["partner_import", "number"], name="importline_once"),
            models.CheckConstraint(
                condition=~Q(outcome="fault") | Q(applied_at=None), name="importline_fault_does_nothing"
            ),
        ]

    def __str__(self):
        return f"lijn {self.number}"
