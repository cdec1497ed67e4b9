"""The key of a planned reminder: all that makes it that one reminder, written in the row and read back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from string import Formatter
from typing import Any, ClassVar, Self

#: How a part is read, by the type of its field.
READERS: dict[Any, Callable[[str], object]] = {int: int, str: str, date: date.fromisoformat}


@dataclass(frozen=True)
class ReminderKey:
    """The thing, the version of its time, the recipient and the rule. Another time is another key, so that what was
    planned for the former time is not wanted any more.

    A kind of reminder names its parts as fields, and says in `shape` how they stand in the row.
    """

    shape: ClassVar[str]

    def __str__(self):
        return self.shape.format(**vars(self))

    @classmethod
    def read(cls, key: str) -> Self:
        """The parts of a key that we wrote. Raises ValueError for any other."""
        found = re.fullmatch(cls._pattern(), key)
        if found is None:
            raise ValueError(f"{key} is no key of the shape {cls.shape}")
        return cls(**{each.name: READERS[each.type](found[each.name]) for each in fields(cls)})

    @classmethod
    def _pattern(cls) -> str:
        parts = Formatter().parse(cls.shape)
        return "".join(
            re.escape(before) + (f"(?P<{name}>[^:]+)" if name else "") for before, name, _, _ in parts
        )
