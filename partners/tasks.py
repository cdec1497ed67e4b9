"""Doors for Celery: an explicit name, one call, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from partners.actions import meeting_reminder


@shared_task(name="partners.reconcile_reminders")
def reconcile_reminders() -> None:
    """Derive the reminders of the coming meetings once more."""
    meeting_reminder.reconcile_reminders(now=timezone.now())
