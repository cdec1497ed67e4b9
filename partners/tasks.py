"""Doors for Celery: an explicit name, one call, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from partners.actions import action_reminder, meeting_reminder, meeting_series, news_mail, partner_import


@shared_task(name="partners.reconcile_reminders")
def reconcile_reminders() -> None:
    """Derive the reminders of the coming meetings, and of what was agreed to do, once more."""
    meeting_reminder.reconcile_reminders(now=timezone.now())
    action_reminder.reconcile_actions()


@shared_task(name="partners.carry_out_imports")
def carry_out_imports() -> None:
    """Bring in what is confirmed, file by file."""
    partner_import.carry_out_imports(now=timezone.now())


@shared_task(name="partners.send_news")
def send_news() -> int:
    """Every half hour: the weekly mails of Thursday that did not go yet."""
    return news_mail.send_news(now=timezone.now())


@shared_task(name="partners.extend_meeting_series")
def extend_meeting_series() -> None:
    """Give every series of meetings its next dates."""
    meeting_series.extend_all_series(now=timezone.now())
