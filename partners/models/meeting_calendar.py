"""The calendar address of a professional: who has it reads which meetings she is asked for, without signing in."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class MeetingCalendar(models.Model):
    """One for each mail address. Only the hash of its secret is kept: a new address is mailed, a lost one replaced."""

    email = models.EmailField("e-mailadres", unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "agenda-adres"
        verbose_name_plural = "agenda-adressen"
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="meeting_calendar_email_is_lower_case",
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
        ]

    def __str__(self):
        return "agenda-adres"
