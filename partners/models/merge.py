"""Two organisations that turned out to be one: what moved, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from huizen.roles import Permission
from partners.models.organisation import Organisation


class OrganisationMergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for who follows the whole network; else those whose organisation is a partner of a House of hers."""
        if user.may_in(Permission.MERGE_PARTNERS, None):
            return self
        return self.filter(organisation__in=Organisation.objects.editable_by(user))

    def in_force(self):
        """Those that were not undone."""
        return self.filter(undone_at=None)


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
