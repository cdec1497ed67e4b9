"""A translation of what an activity says in its own words."""

from django.db import models

from activities.models.activity import Activity
from huizen.models.translation import Translation, came_from_dutch


class ActivityTranslation(Translation):
    """What a family reads of an activity, in another language; its facts are translated with the portal."""

    OF = "activity"
    FIELDS = ("title", "summary", "description", "welcome", "bring")

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="translations", verbose_name="activiteit"
    )
    title = models.CharField("titel", max_length=160, blank=True)
    summary = models.CharField("in één zin", max_length=400, blank=True)
    description = models.TextField("wat gebeurt er", max_length=5000, blank=True)
    welcome = models.CharField("wie ontvangt je", max_length=260, blank=True)
    bring = models.CharField("wat breng je mee", max_length=320, blank=True)

    class Meta:
        verbose_name = "vertaling van een activiteit"
        verbose_name_plural = "vertalingen van activiteiten"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "language"],
                name="activity_translation_once",
                violation_error_message="Deze vertaling bestaat al.",
            ),
            came_from_dutch("title", "summary", "description", "welcome", "bring"),
        ]
