"""What lists show of each activity, made once and kept until that activity, or what stands around it, changes."""

import threading
from collections.abc import Callable, Iterable
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from django.utils.translation import get_language

from huizen import changes

Thing = TypeVar("Thing")

#: What is shown with many activities at once.
AROUND = {"huizen_house", "huizen_location", "partners_organisation"}
OWN = {"activities_activity", "activities_activitytranslation"}
#: So many are kept; then all of them are made anew.
MOST = 5000


class Key(NamedTuple):
    """An activity as it is read in a language on a day."""

    activity_id: int
    language: str
    day: date


class KeptOffer(Generic[Thing]):
    """`make` gives what is shown of some activities, by their number; those that nobody may see it leaves out."""

    def __init__(self, make: Callable[[list[int], date], dict[int, Thing]]) -> None:
        self._make = make
        self.kept: dict[Key, Thing] = {}
        self._generation = -1
        self._lock = threading.Lock()

    def of(self, numbers: Iterable[int], *, day: date) -> dict[int, Thing]:
        """What is shown of these activities in the language of the page, as the database is now."""
        seen = changes.generation()
        self._clear_what_changed(seen)
        language = get_language() or ""
        keys = {number: Key(number, language, day) for number in numbers}
        found = {number: self.kept[key] for number, key in keys.items() if key in self.kept}
        if missing := [number for number in keys if number not in found]:
            made = self._make(missing, day)
            self._put({keys[number]: thing for number, thing in made.items()}, seen)
            found |= made
        return found

    def _put(self, made: dict[Key, Thing], seen: int) -> None:
        with self._lock:
            # What changed while it was made is told to others already: then it is used once, and not kept.
            if self._generation != seen:
                return
            if len(self.kept) > MOST:
                self.kept.clear()
            self.kept.update(made)

    def _clear_what_changed(self, seen: int) -> None:
        if seen <= self._generation:
            return
        with self._lock:
            news = changes.since(self._generation)
            if news is None or any(change.what in AROUND for change in news):
                self.kept.clear()
            elif gone := {change.key for change in news if change.what in OWN}:
                for key in [key for key in self.kept if str(key.activity_id) in gone]:
                    del self.kept[key]
            self._generation = seen
