"""Whether somebody gets text messages too: the app that knows the numbers hands in how it is asked and answered.

The page of mail choices knows only the hash of an address; so does this.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol


class Choose(Protocol):
    """Keeps what somebody chose."""

    def __call__(self, hashed: str, *, wants: bool, now: datetime) -> None: ...


class TextChoice(NamedTuple):
    """`wanted` gives None where there is nothing to choose."""

    wanted: Callable[..., bool | None]
    choose: Choose


_choices: list[TextChoice] = []


def register(choice: TextChoice) -> None:
    """Add who knows numbers; called by an app's `ready()`."""
    if choice not in _choices:
        _choices.append(choice)


def wants_texts(hashed: str, *, now: datetime) -> bool | None:
    """Whether text messages go to who has this address; None where none can."""
    known = [wanted for each in _choices if (wanted := each.wanted(hashed, now=now)) is not None]
    return any(known) if known else None


def choose_texts(hashed: str, *, wants: bool, now: datetime) -> None:
    """From now on, or no longer."""
    for each in _choices:
        each.choose(hashed, wants=wants, now=now)
