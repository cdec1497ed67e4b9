"""Where the visitor lives, as the address says it: one place, a choice of places, or a sentence why not."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from activities.search.wanted import Spot
from huizen.finder import FoundPlace, find_places, place_by_key
from huizen.models import House

LONGEST = 80


@dataclass(frozen=True)
class PlaceChoice:
    """What came of `?plaats=`: `found` where one place is meant, `options` where several may be, else a `note`."""

    typed: str = ""
    found: FoundPlace | None = None
    options: tuple[FoundPlace, ...] = ()
    note: str = ""

    @property
    def house(self) -> House | None:
        return self.found.house if self.found else None

    @property
    def spot(self) -> Spot | None:
        if not self.found:
            return None
        return Spot(self.found.lat, self.found.lon, self.house.pk if self.house else None)


def chosen_place(typed: str, *, day: date) -> PlaceChoice:
    """Read a place of the address: a key of ours, a postcode, or what somebody typed.

    Nobody is sent to a place by a guess: where it may be another, she chooses herself.
    """
    typed = typed.replace("\x00", "").strip()[:LONGEST]
    if not typed:
        return PlaceChoice()
    if found := place_by_key(typed, day=day):
        return PlaceChoice(typed, found)
    options = tuple(find_places(typed, day=day))
    note = "" if options else _nothing(typed)
    return PlaceChoice(typed, options=options, note=note)


def _nothing(typed: str) -> str:
    return gettext("We vonden geen plaats '%(typed)s'. Probeer een postcode, zoals 2400.") % {"typed": typed}
