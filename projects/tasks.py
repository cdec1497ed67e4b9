"""Doors for Celery: an explicit name, one call, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from projects.actions import report_reminder


@shared_task(name="projects.reconcile_reminders")
def reconcile_reminders() -> int:
    """Every night: the reminders of reports that are due around now, once more."""
    return report_reminder.reconcile(now=timezone.now())
