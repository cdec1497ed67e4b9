"""Delivering: claim one message, ask once more whether it is wanted, hand it over, write down the answer."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings

from huizen.models import Channel, DeliveryAttempt, Message, Suppression
from huizen.outbox.carrier import Answer, Carrier, UnreachableError
from huizen.outbox.claim import claim, record, record_sent
from huizen.outbox.kinds import kind_named
from huizen.outbox.prepare import prepare
from huizen.outbox.quiet import QUIET_CATEGORIES, hushed_categories, outside_quiet_hours
from huizen.outbox.sms import gateway
from huizen.outbox.suppression import suppress
from huizen.outbox.transport import MailServer

log = logging.getLogger(__name__)
State, Outcome = Message.State, DeliveryAttempt.Outcome
Clock = Callable[[], datetime]
#: The first wait after "later again"; it doubles each time, until the longest.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


def deliver(*, clock: Clock, until: datetime) -> Counter[str]:
    """Send what waits until nothing is left or the time is up; {state: how many messages ended in it}."""
    tally = _deliver_by(MailServer(), Channel.MAIL, clock, until)
    if sms := gateway():
        tally += _deliver_by(sms, Channel.SMS, clock, until)
    return tally


def _deliver_by(carrier: Carrier, channel: str, clock: Clock, until: datetime) -> Counter[str]:
    """All that goes one way; where that is closed it waits, and nothing else with it."""
    tally: Counter[str] = Counter()
    with carrier:
        try:
            while clock() < until and (done := _round(carrier, channel, clock, until)):
                tally += done
        except UnreachableError as error:
            log.warning("Nobody takes our %s (%s); it waits.", channel, error)
    return tally


def _round(carrier: Carrier, channel: str, clock: Clock, until: datetime) -> Counter[str]:
    """Write some messages, then send all that are written; empty when there was nothing to do."""
    tally = prepare(now=clock(), channel=channel)
    if _is_waiting(channel, clock()):
        message = None
        while clock() < until and (message := message or _claim_next(carrier, channel, clock)):
            state, message = _deliver_one(message, carrier, clock)
            tally[state] += 1
        if message:
            _let_go(message, clock())
    return tally


def _claim_next(carrier: Carrier, channel: str, clock: Clock) -> Message | None:
    """Connect first: an outage of the other side then costs no message a try."""
    carrier.connect()
    return claim(now=clock(), channel=channel)


def _is_waiting(channel: str, now: datetime) -> bool:
    waiting = Message.objects.filter(state=State.QUEUED, channel=channel, not_before__lte=now)
    return waiting.exclude(body_mime=None).exclude(category__in=hushed_categories(now)).exists()


def _deliver_one(message: Message, carrier: Carrier, clock: Clock) -> tuple[str, Message | None]:
    """One claimed message: the state it ends in, and the next one where that was taken along.

    What goes wrong here is the fault of this one alone.
    """
    try:
        if unwanted := why_not(message, now=clock()):
            return _settle(message, Answer(Outcome.WITHHELD, None, unwanted), clock()), None
        if _is_stale(message, clock()):
            return _write_anew(message, clock()), None
        answer = carrier.hand_over(message, lambda: why_not(message, now=clock()))
    except Exception as error:
        log.exception("The message %s could not be handed over", message.key)
        carrier.hang_up()
        answer = Answer(Outcome.PERMANENT, None, f"{type(error).__name__}: {error}")
    if answer.outcome == Outcome.ACCEPTED:
        return State.SENT, record_sent(message, now=clock(), code=answer.code, text=answer.text)
    return _settle(message, answer, clock()), None


def _let_go(message: Message, now: datetime) -> None:
    """The time of this tick is over: the next one sends it."""
    record(message, state=State.QUEUED, outcome=Outcome.WITHHELD, text="voor de volgende ronde", now=now)


def why_not(message: Message, *, now: datetime) -> str:
    """The reason why this mail is no longer wanted, "" when it is; asked of the app that it comes from."""
    return kind_named(message.kind).why_not(message, now) if message.kind else ""


def _is_stale(message: Message, now: datetime) -> bool:
    kind = kind_named(message.kind) if message.kind else None
    return kind is not None and kind.is_stale is not None and kind.is_stale(message, now)


def _write_anew(message: Message, now: datetime) -> str:
    """Back in the queue without its words, which nobody has read: what is true now is written in the next round."""
    mine = Message.objects.filter(pk=message.pk, claim_token=message.claim_token)
    mine.update(body_mime=None, message_id=None)
    record(message, state=State.QUEUED, outcome=Outcome.WITHHELD, text="wordt opnieuw geschreven", now=now)
    return State.QUEUED


def _settle(message: Message, answer: Answer, now: datetime) -> str:
    """What an answer means for the mail; the state it ends in."""
    state, reason, not_before = _verdict(message, answer, now)
    record(
        message,
        state=state,
        reason=reason,
        not_before=not_before,
        outcome=answer.outcome,
        code=answer.code,
        text=answer.text,
        now=now,
    )
    if answer.no_such_address:
        suppress(message.recipient, reason=Suppression.Reason.HARD_BOUNCE, now=now)
    return state


def _verdict(message: Message, answer: Answer, now: datetime) -> tuple[str, str, datetime | None]:
    """(state, reason, not before) by the server's answer."""
    if answer.outcome == Outcome.WITHHELD:
        return State.SUPPRESSED, answer.text, None
    if answer.outcome == Outcome.PERMANENT:
        return State.FAILED, f"geweigerd: {answer.text}", None
    in_doubt = answer.outcome == Outcome.TIMEOUT
    if in_doubt and message.policy == Message.Policy.AT_MOST_ONCE:
        return State.UNKNOWN, "geen antwoord: misschien wel verstuurd", None
    if message.attempts >= settings.OUTBOX_MAX_ATTEMPTS:
        return (
            (State.UNKNOWN if in_doubt else State.FAILED),
            f"na {message.attempts} pogingen: {answer.text}",
            None,
        )
    again = next_try(message, now=now)
    if message.expires_at and again >= message.expires_at:
        return State.EXPIRED, f"te laat na: {answer.text}", None
    return State.QUEUED, answer.text, again


def next_try(message: Message, *, now: datetime) -> datetime:
    """When to try again: after 1, 2, 4… minutes, at most an hour; a reminder not in the quiet hours."""
    wait = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
    return outside_quiet_hours(now + wait) if message.category in QUIET_CATEGORIES else now + wait
