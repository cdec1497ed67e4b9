"""Doors for Celery: an explicit name, one call, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from huizen.retention import apply_retention as carry_out


@shared_task(name="huizen.apply_retention")
def apply_retention() -> None:
    """Forget what is older than the policy allows."""
    carry_out(now=timezone.now())
