"""Is the portal well? For monitors and for the container that must be replaced when it is not."""

import logging

import redis
from django.conf import settings
from django.db import Error
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huizen.access import public
from huizen.models import Message

logger = logging.getLogger(__name__)


@public
@never_cache
@require_safe
def health(request):
    """Database, broker, and for how many seconds the oldest mail that is due has been waiting.

    503 without the database: nothing works then. Without the broker all goes on, only the mail waits.
    """
    try:
        waiting = seconds_waiting(timezone.now())
    except Error:
        logger.exception("The database does not answer")
        return JsonResponse(
            {"database": False, "broker": broker_answers(), "oldest_mail_seconds": None}, status=503
        )
    return JsonResponse({"database": True, "broker": broker_answers(), "oldest_mail_seconds": waiting})


def seconds_waiting(now) -> int | None:
    """The age of the oldest mail that should have left, None when there is none."""
    due = Message.objects.filter(state=Message.State.QUEUED, not_before__lte=now)
    oldest = due.order_by("not_before").values_list("not_before", flat=True).first()
    return oldest and int((now - oldest).total_seconds())


def broker_answers() -> bool:
    """Does Valkey answer within a second?"""
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_connect_timeout=1, socket_timeout=1
        ) as broker:
            return broker.ping()
    except redis.RedisError:
        return False
