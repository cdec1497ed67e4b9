"""Files that come in line by line: looked through first, carried out when somebody confirmed them. For every app."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from huizen.models.house import House


class SheetImport(models.Model):
    """One file. The lines of each kind of import point to theirs as `lines`."""

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

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["house", "-made_at"], name="%(class)s_house")]

    def __str__(self):
        return self.file_name


class SheetLineQuerySet(models.QuerySet):
    def to_do(self):
        """What still has to be carried out."""
        return self.filter(applied_at=None).exclude(outcome=SheetLine.FAULT)

    def totals(self) -> dict[str, int]:
        """How many lines have each outcome, and how many are carried out (one query)."""
        outcomes = {code: Count("pk", filter=Q(outcome=code)) for code in self.model.Outcome.values}
        return self.aggregate(**outcomes, lines=Count("pk"), applied=Count("applied_at"))


class SheetLine(models.Model):
    """One line of a file. `cells` is what stood there, `facts` how it was understood.

    `outcome` is what the line will do, and once it is carried out what it did; a fault never does anything. Each kind
    of import has its own outcomes; SAME and FAULT are among all of them.
    """

    SAME, FAULT = "same", "fault"

    number = models.PositiveIntegerField("lijn")
    cells = models.JSONField("cellen", default=dict)
    facts = models.JSONField("gegevens", default=dict)
    outcome = models.CharField("wat ermee gebeurt", max_length=10)
    column = models.CharField("kolom", max_length=60, blank=True)
    reason = models.CharField("reden", max_length=300, blank=True)
    applied_at = models.DateTimeField("uitgevoerd op", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="fault") | Q(applied_at=None), name="%(class)s_fault_does_nothing"
            ),
        ]

    def __str__(self):
        return f"lijn {self.number}"
