"""The doors that Celery knocks on: safe to open twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from huizen import changes, retention
from huizen.outbox import doorbell
from huizen.outbox.tick import tick


@shared_task(name="outbox.tick")
def outbox_tick() -> None:
    """Send what waits."""
    doorbell.heard()
    tick(clock=timezone.now)


@shared_task(name="huizen.apply_retention")
def apply_retention() -> None:
    """Forget what is older than the policy allows."""
    now = timezone.now()
    retention.apply_retention(now=now)
    changes.forget(before=now - timedelta(days=changes.KEPT_DAYS))
