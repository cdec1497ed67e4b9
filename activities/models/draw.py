"""A fair draw for the places of one moment, that anybody can do over."""

from django.db import models

from activities.models.schedule import Session


class Draw(models.Model):
    """Its seed is made before the first wish, and kept secret until the draw: until then its SHA-256 is public.

    `lots`: what was drawn, in order: [{"lot": number of the sign-up, "places": how many, "placed": true or false}].
    No names: the numbers stay when the names are erased, so that the draw can be checked later.
    """

    session = models.OneToOneField(
        Session, models.CASCADE, primary_key=True, related_name="draw", verbose_name="moment"
    )
    seed = models.CharField("geheim getal", max_length=64)
    sealed_at = models.DateTimeField("verzegeld op")
    lots = models.JSONField("uitkomst", default=list, blank=True)

    class Meta:
        verbose_name = "loting"
        verbose_name_plural = "lotingen"

    def __str__(self):
        # Without the seed: this stands in error messages.
        return f"loting: {self.session}"
