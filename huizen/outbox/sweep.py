"""Tidying: what a dead worker held, and what came too late."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Q, Value, When

from huizen.models import DeliveryAttempt, Message

State = Message.State


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Take back mails whose lease is over, and end those that are of no use any more; how many were taken back.

    Whether a dead worker's mail left is not known: the same bytes go again, or a person decides, as its policy says.
    """
    Message.objects.filter(state=State.QUEUED, expires_at__lte=now).update(
        state=State.EXPIRED, reason="te laat om nog nuttig te zijn"
    )
    lost = Message.objects.filter(state=State.SENDING, lease_until__lt=now)
    ids = list(lost.select_for_update(skip_locked=True).values_list("pk", flat=True))
    DeliveryAttempt.objects.filter(message__in=ids, outcome=DeliveryAttempt.Outcome.STARTED).update(
        outcome=DeliveryAttempt.Outcome.CRASHED, ended_at=now
    )
    again = Q(policy=Message.Policy.AT_LEAST_ONCE, attempts__lt=settings.OUTBOX_MAX_ATTEMPTS)
    return Message.objects.filter(pk__in=ids).update(
        state=Case(When(again, then=Value(State.QUEUED)), default=Value(State.UNKNOWN)),
        reason=Case(When(again, then=Value("")), default=Value("onderbroken: misschien wel verstuurd")),
        claim_token=None,
        lease_until=None,
    )
