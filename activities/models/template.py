"""What a House begins with when it makes an offer of a kind that it makes often."""

from django.db import models
from django.db.models.functions import Lower

from huizen.models import House
from huizen.roles import Permission


class ActivityTemplateQuerySet(models.QuerySet):
    def usable_by(self, user):
        """Those of the Houses in which somebody makes offer."""
        return self.filter(house__in=House.objects.where(user, Permission.EDIT_OFFER))

    def editable_by(self, user):
        """Those of the Houses whose whole offer somebody keeps."""
        return self.filter(house__in=House.objects.where(user, Permission.PUBLISH_OFFER))


class ActivityTemplate(models.Model):
    """An offer without its days: everything that the editor asks, and how its rules go ("rules")."""

    house = models.ForeignKey(House, models.CASCADE, related_name="activity_templates", verbose_name="Huis")
    name = models.CharField("naam", max_length=100)
    facts = models.JSONField("wat erin staat")

    objects = ActivityTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "sjabloon"
        verbose_name_plural = "sjablonen"
        constraints = [
            models.UniqueConstraint(
                "house",
                Lower("name"),
                name="template_name_once",
                violation_error_message="Er is al een sjabloon met deze naam.",
            ),
        ]

    def __str__(self):
        return self.name
