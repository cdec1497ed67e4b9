"""The schematic map of the network: a hexagon for each municipality of today, by whether a House serves it (pure)."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from activities.map import ROW
from projects.network.picture import Covered, Town

#: What stands in a hexagon, for who sees no colours.
SIGNS = {Covered.WHOLE: "", Covered.PART: "½", Covered.NONE: "×"}


class Tile(NamedTuple):
    """One municipality on the map."""

    words: str
    x: float
    y: float
    covered: Covered

    @property
    def at(self) -> SafeString:
        """Where it is drawn, as SVG writes it: with points, whatever the language."""
        return format_html('x="{}" y="{}"', f"{self.x:g}", f"{self.y:.2f}")

    @property
    def sign(self) -> str:
        return SIGNS[self.covered]


class NetworkMap(NamedTuple):
    """The hexagons and the frame around them, `viewBox` of an SVG."""

    tiles: list[Tile]
    frame: str


def map_of(towns: Iterable[Town]) -> NetworkMap:
    """The map of these municipalities; those without a place on it are left out."""
    tiles = [_tile(town) for town in towns if town.municipality.tile_col is not None]
    if not tiles:
        return NetworkMap([], "0 0 1 1")
    left, right = min(one.x for one in tiles), max(one.x for one in tiles)
    top, bottom = min(one.y for one in tiles), max(one.y for one in tiles)
    frame = f"{left - 0.7:.2f} {top - 0.8:.2f} {right - left + 1.4:.2f} {bottom - top + 1.6:.2f}"
    return NetworkMap(tiles, frame)


def _tile(town: Town) -> Tile:
    row, column = town.municipality.tile_row, town.municipality.tile_col
    who = ", ".join(house.name for house in town.houses)
    words = f"{town.municipality.name}: {who or Covered.NONE.label}"
    if town.covered == Covered.PART:
        words += " (een deel)"
    return Tile(words, column + (0.5 if row % 2 else 0), row * ROW, town.covered)
