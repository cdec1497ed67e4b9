"""What carries a message away, a mail server or a text message provider, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from huizen.models import Message


@dataclass(frozen=True)
class Answer:
    """What the other side said; `outcome` is one of `DeliveryAttempt.Outcome`. `code` is None when it said nothing."""

    outcome: str
    code: int | None
    text: str
    no_such_address: bool = False


class UnreachableError(Exception):
    """The other side does not let us in. No message was at stake."""


class Carrier(Protocol):
    """A way out; a context manager that says goodbye."""

    def connect(self) -> None:
        """Be ready for a message. Raises UnreachableError; asked before one is claimed."""

    def hand_over(self, message: Message, why_not: Callable[[], str]) -> Answer:
        """Give one message away, in at most half a lease, and tell the whole truth about what was answered.

        A side that lets it wait asks `why_not` once more before it is too late; a reason ("" is none) is answered as WITHHELD.
        """
        ...

    def hang_up(self) -> None:
        """Forget the connection; the next message begins anew."""

    def __enter__(self) -> "Carrier": ...

    def __exit__(self, *error) -> None: ...
