"""What the clock does for activities: doors to actions, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from activities.actions.sessions import extend_all_sessions


@shared_task(name="activities.extend_sessions")
def extend_sessions():
    """Every night: the moments of all rules, up to the horizon."""
    return extend_all_sessions(now=timezone.now())
