"""Who came to a moment: of the families that signed up, of those that walked in, and heads that were counted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

#: More than this is a slip of the finger.
MOST_HEADS = 5000


class Came(models.TextChoices):
    """What became of somebody who signed up."""

    PRESENT = "present", "was er"
    ABSENT = "absent", "kwam niet"
    EXCUSED = "excused", "zei af"


class Attendance(models.Model):
    """One family that signed up: whether it came, and with how many. What each child did stands on the child.

    Holds no names: it stays when those of the sign-up are erased, so that a year can still be counted.
    """

    registration = models.OneToOneField(
        "activities.Registration", models.CASCADE, primary_key=True, related_name="attendance"
    )
    state = models.CharField("aanwezig", max_length=8, choices=Came)
    children = models.PositiveSmallIntegerField("kinderen die er waren", default=0)
    adults = models.PositiveSmallIntegerField("volwassenen die er waren", default=0)
    is_new = models.BooleanField("kwam voor het eerst", default=False)
    marked_at = models.DateTimeField("genoteerd op")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="genoteerd door"
    )

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheden"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="present") & (Q(children__gt=0) | Q(adults__gt=0))
                | ~Q(state="present") & Q(children=0, adults=0, is_new=False),
                name="attendance_counts_who_was_there",
                violation_error_message="Zeg hoeveel mensen er waren.",
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()}: inschrijving {str(self.registration_id)[:8]}"


class Visit(models.Model):
    """A family that walked in without a sign-up. `form_key`: the form that noted it; sent again it is the same visit.

    First names only where the family wishes; they are erased like those of a sign-up, the counts stay.
    """

    form_key = models.UUIDField(unique=True)
    session = models.ForeignKey(
        "activities.Session", models.CASCADE, related_name="visits", verbose_name="moment"
    )
    first_names = models.CharField("voornamen van de kinderen", max_length=120, blank=True)
    children = models.PositiveSmallIntegerField("kinderen", default=0)
    adults = models.PositiveSmallIntegerField("volwassenen", default=0)
    is_new = models.BooleanField("kwam voor het eerst", default=False)
    marked_at = models.DateTimeField("genoteerd op")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="genoteerd door"
    )

    class Meta:
        verbose_name = "gezin zonder inschrijving"
        verbose_name_plural = "gezinnen zonder inschrijving"
        constraints = [
            models.CheckConstraint(
                condition=Q(children__lte=20, adults__lte=20) & (Q(children__gt=0) | Q(adults__gt=0)),
                name="visit_has_people",
                violation_error_message="Zeg met hoeveel ze waren: 1 tot 20.",
            ),
        ]

    def __str__(self):
        # Without the names: this stands in the logbook.
        return f"gezin zonder inschrijving: {self.session}"


class Headcount(models.Model):
    """Heads counted at a moment, beside the families that are noted one by one: for open houses all there is.

    `contacts`: talks with one family; `referrals`: families that were told of help elsewhere. A row of zeros says
    that somebody looked and nobody came.
    """

    session = models.OneToOneField(
        "activities.Session",
        models.CASCADE,
        primary_key=True,
        related_name="headcount",
        verbose_name="moment",
    )
    families = models.PositiveSmallIntegerField("gezinnen", default=0)
    new_families = models.PositiveSmallIntegerField("nieuwe gezinnen", default=0)
    children = models.PositiveSmallIntegerField("kinderen", default=0)
    adults = models.PositiveSmallIntegerField("volwassenen", default=0)
    contacts = models.PositiveSmallIntegerField("gesprekken", default=0)
    referrals = models.PositiveSmallIntegerField("doorverwijzingen", default=0)
    changed_at = models.DateTimeField("gewijzigd op")

    class Meta:
        verbose_name = "telling"
        verbose_name_plural = "tellingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(new_families__lte=F("families")),
                name="headcount_new_are_families",
                violation_error_message="Er kunnen niet meer nieuwe gezinnen zijn dan gezinnen.",
            ),
            models.CheckConstraint(
                condition=Q(
                    families__lte=MOST_HEADS,
                    children__lte=MOST_HEADS,
                    adults__lte=MOST_HEADS,
                    contacts__lte=MOST_HEADS,
                    referrals__lte=MOST_HEADS,
                ),
                name="headcount_is_no_slip",
                violation_error_message=f"Geef hoogstens {MOST_HEADS}.",
            ),
        ]

    def __str__(self):
        return f"telling: {self.session}"
