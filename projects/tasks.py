"""Doors for Celery: an explicit name, one call, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from projects.actions import application_reminder, report_reminder, survey_round


@shared_task(name="projects.reconcile_surveys")
def reconcile_surveys() -> None:
    """Ask Houses that came since, and derive the reminders of running surveys once more."""
    survey_round.reconcile_surveys(now=timezone.now())


@shared_task(name="projects.reconcile_reminders")
def reconcile_reminders() -> int:
    """Every night: the reminders of reports that are due around now, once more."""
    return report_reminder.reconcile(now=timezone.now())


@shared_task(name="projects.reconcile_applications")
def reconcile_applications() -> int:
    """Every night: the reminders of applications in open calls, once more."""
    return application_reminder.reconcile(now=timezone.now())
