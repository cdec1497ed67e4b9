"""What every part of the demo network shares: the day, the dice, and how example data looks."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

DOMAIN = "voorbeeld.example"


@dataclass
class World:
    """The moment of the load and dice that fall the same all day; `scale` multiplies what is on offer."""

    now: datetime
    scale: int = 1
    dice: random.Random = field(init=False)
    _slugs: set[str] = field(default_factory=set)

    def __post_init__(self):
        self.dice = random.Random(self.today.toordinal())  # noqa: S311 — for examples, not for secrets

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def zone(self):
        return timezone.get_default_timezone()

    def uuid(self) -> UUID:
        """A key that falls the same all day."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def slug(self, text: str, *, longest: int) -> str:
        """An address that no other thing of the demo has."""
        stem = slugify(text)[: longest - 6].strip("-")
        free = (f"{stem}-{number}" if number > 1 else stem for number in count(1))
        slug = next(candidate for candidate in free if candidate not in self._slugs)
        self._slugs.add(slug)
        return slug


def phone(number: int) -> str:
    """A number that nobody can have: no Belgian number begins with four zeros."""
    return f"0000 00 00 {number % 100:02d}"


def mail(name: str) -> str:
    """An address that no mail reaches (RFC 2606)."""
    return f"{name}@{DOMAIN}"
