"""The doors that Celery knocks on."""

from celery import shared_task
from django.utils import timezone

from huizen.outbox.tick import tick


@shared_task(name="outbox.tick", ignore_result=True)
def outbox_tick():
    """Send what waits. Twice at once does no harm."""
    tick(clock=timezone.now)
