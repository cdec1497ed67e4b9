"""Everything that we hold of a parent, and of a professional who has an account: each app tells what it keeps, and how it lets go of it.

The page "Wat weten we van jou?", the file to take along and the erasing of an account all read this one list, so
that nothing can be kept that is not shown and not erased.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huizen.models import User


class CannotEraseError(Exception):
    """Something cannot be erased at this moment; the text is a sentence for the parent."""


@dataclass(frozen=True)
class Held:
    """What is held of one person: `lines` to read, `data` for the file, `url` where it is changed."""

    lines: list[str] = field(default_factory=list)
    data: Any = None
    url: str = ""


@dataclass(frozen=True)
class Holding:
    """One sort of thing that we keep. `keep`: how long, in a sentence. `tell` gives None to whom it does not concern.

    `erase(user, now, asked)` lets go of it with the account, in the same transaction; None where the account takes it
    along by itself. `question`: what only goes when the parent ticks it; `asked` says whether she did.
    """

    code: str
    title: str
    keep: str
    tell: Callable[[User, datetime], Held | None]
    erase: Callable[[User, datetime, bool], None] | None = None
    question: str = ""
    order: int = 50


_holdings: dict[str, Holding] = {}


def register(*holdings: Holding) -> None:
    """Add sorts of things; called by an app's `ready()`. The same code again replaces the former."""
    _holdings.update({holding.code: holding for holding in holdings})


def registered() -> list[Holding]:
    """All sorts, in order."""
    return sorted(_holdings.values(), key=lambda holding: holding.order)


def held_of(user: User, *, now: datetime) -> list[tuple[Holding, Held]]:
    """Each sort that concerns this person, with what is held of her."""
    told = [(holding, holding.tell(user, now)) for holding in registered()]
    return [(holding, held) for holding, held in told if held is not None]
