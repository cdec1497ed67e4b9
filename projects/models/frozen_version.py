"""What was handed in: added, never changed (a trigger holds that)."""

from django.conf import settings
from django.db import models


class FrozenVersion(models.Model):
    """One version as it was handed in. `sha256` is of the canonical JSON of `content`, and proves that nothing changed since."""

    number = models.PositiveSmallIntegerField("versie")
    content = models.JSONField("wat er staat")
    sha256 = models.CharField("controlegetal", max_length=64)
    submitted_at = models.DateTimeField("ingediend op")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="ingediend door"
    )

    class Meta:
        abstract = True
