"""A fair draw that anybody can do over: from a number that was sealed beforehand follows one order, and no other."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from hashlib import sha256

from activities.models import Session
from huizen.recurrence import BRUSSELS

#: Wall clock in Europe/Brussels, so many days before the moment.
HOUR = time(12, 0)


def seal_of(seed: str) -> str:
    """What is published before the draw: the SHA-256 of the seed, in hexadecimal digits."""
    return sha256(seed.encode()).hexdigest()


def digest_of(seed: str, lot: str) -> str:
    """The SHA-256 of the seed with the number of a lot behind it; the lowest goes first."""
    return sha256((seed + lot).encode()).hexdigest()


def drawn_order(seed: str, lots: Iterable[str]) -> list[str]:
    """The lots in the order of the draw. Whatever order they came in, it is the same; each lot stands there once."""
    return sorted(set(lots), key=lambda lot: (digest_of(seed, lot), lot))


def draw_at(session: Session) -> datetime:
    """When the wishes for a moment are drawn: at noon, so many days before it."""
    day = session.starts_at.astimezone(BRUSSELS).date() - timedelta(days=session.activity.draw_days or 0)
    return datetime.combine(day, HOUR, tzinfo=BRUSSELS)
