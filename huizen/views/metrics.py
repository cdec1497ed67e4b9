"""`/metrics`: the figures of delivery, for a monitor on this machine or with the token."""

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from huizen.access import public
from huizen.figures import delivery_figures


@public
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts only, of nobody in particular."""
    if not (_has_token(request) or _comes_from_here(request)):
        raise PermissionDenied
    return HttpResponse(delivery_figures(now=timezone.now()), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    told = request.headers.get("Authorization", "")
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(told.encode(), wanted.encode())


def _comes_from_here(request: HttpRequest) -> bool:
    """From this machine itself. What a proxy passes on comes from this machine too, and says that it was passed on."""
    passed_on = any(name.lower().startswith("x-forwarded") or name == "Forwarded" for name in request.headers)
    try:
        return not passed_on and ip_address(request.META["REMOTE_ADDR"]).is_loopback
    except (KeyError, ValueError):
        return False
