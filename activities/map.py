"""What was found, on a map: how much in each municipality, and where exactly."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from activities.models import Activity
from activities.question import Question
from activities.search.wanted import Hit
from activities.templatetags.offer import ongoing_words
from huizen import words
from huizen.finder import FoundPlace
from huizen.finder.near import whole_municipalities

#: A row of hexagons lies this much under the one above it; their width is one.
ROW = math.sqrt(3) / 2
#: How many hexagons around a chosen municipality are shown.
AROUND = 4
#: Shades: from so many activities on.
STEPS = (1, 3, 10, 30)
NEAR_KM = "10"
MOST_AT_ONE_PLACE = 6


@dataclass(frozen=True)
class Hexagon:
    """A municipality on our own map: its middle, how much was found there, and the address of that."""

    name: str
    x: float
    y: float
    province: str
    count: int = 0
    url: str = ""
    is_home: bool = False

    @property
    def at(self) -> SafeString:
        """Where it is drawn, as SVG writes it: with points, whatever the language."""
        return format_html('x="{}" y="{}"', f"{self.x:g}", f"{self.y:.2f}")

    @property
    def shade(self) -> int:
        """From 0 (nothing) to 4 (much)."""
        return sum(self.count >= step for step in STEPS)

    @property
    def words(self) -> str:
        return f"{self.name}: {words.count(self.count, 'activiteit', 'activiteiten')}"


@dataclass(frozen=True)
class Drawing:
    """The hexagons and the frame around them, `viewBox` of an SVG."""

    hexagons: list[Hexagon]
    frame: str
    is_part: bool

    @property
    def found(self) -> list[Hexagon]:
        """Where there is something, most first."""
        return sorted((one for one in self.hexagons if one.count), key=lambda one: (-one.count, one.name))


@dataclass
class Point:
    """One place with what is on offer there; degrees WGS84."""

    name: str
    lat: float
    lon: float
    count: int = 0
    offers: list[dict] = field(default_factory=list)


def drawing(question: Question, hits: Iterable[Hit]) -> Drawing:
    """The municipalities as hexagons, cut out around the chosen place where there is one (one query)."""
    counts = _counts(hits)
    home = question.place.found.municipality.present if question.place.found else None
    hexagons = [
        Hexagon(
            name=place.name,
            x=town.tile_col + (0.5 if town.tile_row % 2 else 0),
            y=town.tile_row * ROW,
            province=town.province,
            count=counts[town.pk],
            url=question.with_choice(plaats=place.slug, straal=NEAR_KM),
            is_home=home is not None and town.pk == home.pk,
        )
        for place in whole_municipalities()
        if (town := place.municipality).tile_col is not None
    ]
    middle = next((one for one in hexagons if one.is_home), None)
    if middle:
        reach = AROUND + 0.5
        hexagons = [one for one in hexagons if math.hypot(one.x - middle.x, one.y - middle.y) <= reach]
    return Drawing(hexagons, _frame(hexagons), is_part=middle is not None)


def home_on_the_map(place: FoundPlace | None) -> SafeString:
    """The attributes by which the map to move about in knows where she lives (static/js/map.js)."""
    if not place:
        return mark_safe("")
    return format_html(' data-lat="{}" data-lon="{}" data-home="{}"', place.lat, place.lon, place.name)


def _frame(hexagons: list[Hexagon]) -> str:
    if not hexagons:
        return "0 0 1 1"
    left, right = min(one.x for one in hexagons), max(one.x for one in hexagons)
    top, bottom = min(one.y for one in hexagons), max(one.y for one in hexagons)
    return f"{left - 0.7:.2f} {top - 0.8:.2f} {right - left + 1.4:.2f} {bottom - top + 1.6:.2f}"


def _counts(hits: Iterable[Hit]) -> Counter:
    """How many of these take place in each municipality of today."""
    rows = Activity.objects.filter(
        pk__in=[hit.activity_id for hit in hits], location__municipality__isnull=False
    )
    town = Coalesce("location__municipality__merged_into", "location__municipality")
    found = rows.values(town=town).annotate(n=Count("pk")).values_list("town", "n")
    return Counter(dict(found.order_by()))


def points(hits: list[Hit], *, now: datetime) -> list[Point]:
    """The places of these activities, each with its first few; what has no place on earth is left out (one query)."""
    rows = Activity.objects.filter(pk__in=[hit.activity_id for hit in hits]).annotate(
        lat=Coalesce("location__lat", "location__municipality__lat"),
        lon=Coalesce("location__lon", "location__municipality__lon"),
        place=F("location__name"),
    )
    columns = (
        "title",
        "slug",
        "age_min",
        "age_max",
        "price_kind",
        "price_cents",
        "location_id",
        "place",
        "lat",
        "lon",
    )
    known = {
        row["pk"]: row for row in rows.filter(lat__isnull=False, lon__isnull=False).values("pk", *columns)
    }
    found: dict[int, Point] = {}
    for hit in hits:
        if row := known.get(hit.activity_id):
            point = found.setdefault(row["location_id"], Point(row["place"], row["lat"], row["lon"]))
            point.count += 1
            if len(point.offers) < MOST_AT_ONE_PLACE:
                point.offers.append(_offer(row, hit, now))
    return list(found.values())


def _offer(row: dict, hit: Hit, now: datetime) -> dict:
    when = words.moment(hit.starts_at, now=now) if hit.starts_at else ongoing_words(hit.ongoing)
    facts = (
        when,
        words.ages(row["age_min"], row["age_max"]),
        words.price(row["price_kind"], row["price_cents"]),
    )
    return {
        "title": row["title"],
        "url": reverse("activity_detail", args=[row["slug"]]),
        "facts": " · ".join(fact for fact in facts if fact),
    }
