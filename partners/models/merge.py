"""Two organisations that turned out to be one: what moved, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partners.models.organisation import Organisation


class OrganisationMergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the organisations that the person merges."""
        return self.filter(organisation__in=Organisation.objects.mergeable_by(user))

    def in_force(self):
        """Those that were not undone."""
        return self.filter(undone_at=None)

    def instead_of(self, key: int) -> int | None:
        """The key of the organisation that one went into; None for one that never went."""
        return self.in_force().filter(gone_key=key).values_list("organisation", flat=True).first()

    def partnership_instead_of(self, key: int) -> int | None:
        """The key of the partnership that stands for one that is gone; None for one that never went."""
        stands = self.in_force().filter(partnerships__has_key=str(key)).values_list("partnerships", flat=True)
        if not (found := stands.first()):
            return None
        # That one may have gone itself, in a later merge.
        return self.partnership_instead_of(found[str(key)]) or found[str(key)]


class OrganisationMerge(models.Model):
    """One organisation went into another. The one that went is gone; its number and address lead to the other for good.

    `moved`: {"partners.contact.organisation": [keys]}, what belongs to the other since.
    `left`: the rows that were taken away, as Django writes them, until they can no longer be put back.
    `filled`: what the other got of the one that went, because it had nothing there.
    `partnerships`: {key that is gone: key that stands for it}.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="merges")
    gone_key = models.PositiveBigIntegerField("nummer van wie verdween")
    gone_slug = models.SlugField(max_length=80)
    gone_name = models.CharField("naam van wie verdween", max_length=120)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    merged_at = models.DateTimeField("samengevoegd op")
    undone_at = models.DateTimeField("ongedaan gemaakt op", null=True, blank=True)
    moved = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    filled = models.JSONField(default=dict)
    partnerships = models.JSONField(default=dict)

    objects = OrganisationMergeQuerySet.as_manager()

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        constraints = [
            models.UniqueConstraint(
                fields=["gone_key"], condition=Q(undone_at=None), name="organisation_gone_once"
            )
        ]

    def __str__(self):
        return f"{self.gone_name} in {self.organisation}"
