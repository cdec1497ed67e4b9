"""Whether the web addresses on our pages still lead somewhere."""

from hashlib import sha256

from django.db import models
from django.db.models import Q


def hash_of(url: str) -> str:
    """The key of a web address."""
    return sha256(url.encode()).hexdigest()


class LinkCheckQuerySet(models.QuerySet):
    def broken(self):
        """Those that failed on two days: one bad day of a web server is no broken link."""
        return self.filter(failed_days__gte=LinkCheck.BROKEN_AFTER)


class LinkCheck(models.Model):
    """What the last visit to one web address found; on how many pages it stands does not matter.

    `failed_days`: the days, one after another, on which it failed; `failing_since`: the first of them.
    """

    BROKEN_AFTER = 2

    url_hash = models.CharField(max_length=64, unique=True)
    url = models.CharField("adres", max_length=500)
    checked_on = models.DateField("bezocht op")
    last_status = models.PositiveSmallIntegerField("antwoord van de server", null=True)
    reason = models.CharField("wat er misliep", max_length=120, blank=True)
    failing_since = models.DateField("faalt sinds", null=True)
    failed_days = models.PositiveSmallIntegerField("dagen gefaald", default=0)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "bezoek aan een link"
        verbose_name_plural = "bezoeken aan links"
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_days=0, failing_since=None)
                | Q(failed_days__gt=0, failing_since__isnull=False),
                name="link_check_failing_has_day",
            ),
        ]

    def __str__(self):
        return self.url
