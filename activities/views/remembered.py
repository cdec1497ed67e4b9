"""Which sign-ups were made in this browser: so that one can be told of another, and nobody else learns of it."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from activities.models import Registration
from activities.overlap import Overlap, overlaps_of
from activities.own_sign_ups import at_the_same_time

#: A signed cookie and no session: nothing of it stands with us. It lasts as long as a season, and does not grow.
COOKIE = "inschrijvingen"
SECONDS = 90 * 24 * 3600
MOST = 20


def remember(request, answer: HttpResponse, registration: Registration) -> HttpResponse:
    """Let this browser keep that it made a sign-up; its page was shown to it anyhow."""
    kept = [key for key in _remembered(request) if key != registration.pk]
    answer.set_signed_cookie(
        COOKIE,
        ".".join(key.hex for key in [*kept, registration.pk][-MOST:]),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def overlaps_to_tell(request, registration: Registration, now) -> list[Overlap]:
    """What lies at the same time as this sign-up, as far as this visitor may know of it."""
    if registration.state == Registration.State.CANCELLED:
        return []
    user = request.user if request.user.is_authenticated else None
    others = at_the_same_time(registration, seen=_remembered(request), user=user, now=now)
    return overlaps_of(registration, others)


def _remembered(request) -> list[UUID]:
    """Our own list; a cookie that is not ours, or was changed, is no list."""
    text = request.get_signed_cookie(COOKIE, default="")
    return [UUID(key) for key in text.split(".") if key]
