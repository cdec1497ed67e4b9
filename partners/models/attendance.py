"""Who was at a meeting: of each who was asked, and who came besides."""

from django.db import models
from django.db.models import Q

from partners.models.meeting import Meeting, MeetingInvitation


class MeetingAttendance(models.Model):
    """How somebody was there. `invitation` for who was asked; else `name` says who came besides."""

    class Status(models.TextChoices):
        PRESENT = "present", "aanwezig"
        EXCUSED = "excused", "verontschuldigd"
        ABSENT = "absent", "afwezig"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name="overleg")
    invitation = models.OneToOneField(
        MeetingInvitation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attendance",
        verbose_name="gevraagde",
    )
    name = models.CharField("wie nog kwam", max_length=120, blank=True)
    status = models.CharField("aanwezigheid", max_length=10, choices=Status)

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheden"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name"],
                condition=~Q(name=""),
                name="attendance_extra_once",
                violation_error_message="Deze naam staat er al.",
            ),
        ]

    def __str__(self):
        return f"{self.name or self.invitation}: {self.get_status_display()}"
