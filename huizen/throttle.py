"""How often one address may send a form: enough for a waiting room, too little for a machine."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

#: Behind one address of a mobile network or a school sit many phones.
MOST = 40
SECONDS = 600


def too_often(purpose: str, address: str) -> bool:
    """Count one more from this address; whether that is too many. Without a cache nobody is stopped."""
    key = f"throttle:{purpose}:{address}"
    try:
        if cache.add(key, 1, SECONDS):
            return False
        return cache.incr(key) > MOST
    except ValueError:
        # It expired between the two: a new count begins with the next form.
        return False
    except RedisError as error:
        log.warning("The cache did not answer (%s); forms are not counted.", error)
        return False


def address_of(request: HttpRequest) -> str:
    """Where a visitor comes from: what our own proxy added, else the connection itself."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META["REMOTE_ADDR"]
