"""What the apps above know of their mails: whether one is still wanted, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huizen.models import Message, PlannedMessage

Row = PlannedMessage | Message


@dataclass(frozen=True)
class Letter:
    """What a reminder says: `templates/emails/<template>.txt` with a JSON context, and perhaps a calendar file.

    A text message has its words in `templates/sms/<template>.txt`. `language` is that of the recipient.
    """

    template: str
    context: dict[str, Any]
    calendar: str = ""
    language: str = "nl"


@dataclass(frozen=True)
class Kind:
    """One kind of mail. Both functions find their thing by `row.subject_type` and `row.subject_id`.

    `why_not` gives the reason, in Dutch, why the mail is no longer wanted, or "" when it is: asked at release and
    again just before sending, so keep it to a query or two. `compose` is asked at release; a kind that is only
    ever queued at once has none. `renew` is for a mail that says what is true when it is written, not when it was
    queued; `is_stale` then tells, just before sending, whether it must be written anew.
    """

    name: str
    why_not: Callable[[Row, datetime], str]
    compose: Callable[[PlannedMessage, datetime], Letter] | None = None
    renew: Callable[[Message, datetime], Letter] | None = None
    is_stale: Callable[[Message, datetime], bool] | None = None


class UnknownKindError(Exception):
    """No app registered this kind of mail."""


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds of mail; called by an app's `ready()`. The same name again replaces the former."""
    _kinds.update({kind.name: kind for kind in kinds})


def kind_named(name: str) -> Kind:
    """The kind that an app registered under this name. Raises UnknownKindError."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKindError(f"Geen app kent de soort '{name}'.") from None
