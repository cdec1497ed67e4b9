"""Days on which the rhythm of families changes: public holidays and school holidays."""

from django.db import models
from django.db.models import F, Q


class HolidayQuerySet(models.QuerySet):
    def touching(self, start, end):
        """Those with a day in a span of days, both ends included."""
        return self.filter(starts_on__lte=end, ends_on__gte=start)


class Holiday(models.Model):
    """A public holiday (one day) or a school holiday (its first and last day)."""

    class Kind(models.TextChoices):
        PUBLIC = "public", "feestdag"
        SCHOOL = "school", "schoolvakantie"

    kind = models.CharField("soort", max_length=10, choices=Kind)
    name = models.CharField("naam", max_length=60)
    starts_on = models.DateField("eerste dag")
    ends_on = models.DateField("laatste dag")

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = "vakantie of feestdag"
        verbose_name_plural = "vakanties en feestdagen"
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "starts_on"], name="holiday_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="holiday_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.starts_on:%d/%m/%Y})"
