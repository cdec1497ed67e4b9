"""Finding what is on offer: each wish a condition, all of them one query; the counts one more, the moments a third."""

import math
import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import (
    ASin,
    Coalesce,
    Cos,
    ExtractHour,
    ExtractIsoWeekDay,
    Greatest,
    Least,
    Power,
    Radians,
    Sin,
    Sqrt,
    TruncDate,
)

from activities.models import Activity, Schedule, Session
from activities.recurrence import ONGOING
from activities.topics import Topic, meant_types
from huizen.models import Holiday
from huizen.vocabulary import AGE_BANDS, Element

EARTH_KM = 6371.0
#: Hours of the day, the first included and the last not.
PARTS_OF_DAY = {"voormiddag": (0, 12), "namiddag": (12, 17), "avond": (17, 24)}
DROP_IN = (Activity.RegistrationMode.NONE, Activity.RegistrationMode.OPTIONAL)


@dataclass(frozen=True)
class Spot:
    """Where somebody lives: WGS84 degrees, and the House that serves the place."""

    lat: float
    lon: float
    house_id: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; everything may be left open.

    `ages`: months, the first included and the last not. `between`: aware moments. `weekday`: 0 = Monday.
    """

    text: str = ""
    spot: Spot | None = None
    radius_km: int | None = None
    ages: tuple[int, int] | None = None
    element: str = ""
    between: tuple[datetime, datetime] | None = None
    in_school_holidays: bool = False
    weekday: int | None = None
    part_of_day: str = ""
    free: bool = False
    drop_in: bool = False
    topic: Topic | None = None
    offer_type: str = ""
    house: str = ""
    order: str = ""


def found(wanted: Wanted, *, now: datetime) -> QuerySet:
    """The activities that fit, in order, with `next_id`, `next_start`, `ongoing` (a kind of rule) and `distance`."""
    moments = _moments(wanted, now).order_by("starts_at")
    return (
        _base(wanted)
        .filter(*_conditions(wanted, now).values())
        .annotate(
            next_id=Subquery(moments.values("pk")[:1]),
            next_start=Subquery(moments.values("starts_at")[:1]),
            ongoing=Subquery(_rules(kind__in=ONGOING).values("kind")[:1]),
            distance=F("km"),
        )
        .order_by(*_order(wanted), "pk")
    )


def with_moments(activities) -> list[Activity]:
    """The activities, each with its next Session (or None) as `next_session`: one query for all."""
    rows = list(activities)
    sessions = Session.objects.in_bulk([row.next_id for row in rows if row.next_id])
    for row in rows:
        row.next_session = sessions.get(row.next_id)
    return rows


def counted(wanted: Wanted, *, now: datetime) -> dict[str, int]:
    """How many fit (`total`), and how many each choice would give in place of what is chosen now (one query)."""
    conditions = _conditions(wanted, now)
    fixed = [condition for name, condition in conditions.items() if name not in FACETS]
    counts = {"total": _all(conditions, FACETS)}
    for facet, choices in FACETS.items():
        others = _all(conditions, [name for name in FACETS if name != facet])
        counts.update({f"{facet}_{code}": others & choice for code, choice in choices.items()})
    return (
        _base(wanted).filter(*fixed).aggregate(**{name: Count("pk", filter=q) for name, q in counts.items()})
    )


def counted_without(wanted: Wanted, *, now: datetime) -> dict[str, int]:
    """Where nothing fits: how many would fit if one wish were dropped, by the name of the wish (one query)."""
    conditions = _conditions(wanted, now)
    # The names carry a prefix: an aggregate called `element` would hide the field of that name from the others.
    counts = {
        f"without_{name}": Count(
            "pk", filter=_all(conditions, [other for other in conditions if other != name])
        )
        for name in conditions
    }
    found = _base(wanted).aggregate(**counts)
    return {name: found[f"without_{name}"] for name in conditions}


def _all(conditions: dict[str, Q], names) -> Q:
    every = Q(pk__isnull=False)
    for name in names:
        every &= conditions.get(name, Q())
    return every


def _ages(low: int, high: int) -> Q:
    return Q(age_min__lt=high, age_max__gte=low)


#: Choices that are counted beside each other; `code` as it stands in the address.
FACETS: dict[str, dict[str, Q]] = {
    "leeftijd": {band.code: _ages(band.low, band.high) for band in AGE_BANDS},
    "element": {element.value: Q(element=element) for element in Element},
    "gratis": {"1": Q(price_kind=Activity.Price.FREE)},
    "vrij": {"1": Q(registration_mode__in=DROP_IN)},
}


def _conditions(wanted: Wanted, now: datetime) -> dict[str, Q]:
    """A condition for each wish, named as in the address; what is not asked is not there."""
    dated = _has_day(wanted)
    conditions = {
        "visible": Exists(_moments(wanted, now))
        | (Q() if dated else ~Exists(_rules().exclude(kind__in=ONGOING))),
        "q": _fits_text(wanted.text) if wanted.text else None,
        "straal": _near(wanted) if wanted.spot and wanted.radius_km else None,
        "leeftijd": _ages(*wanted.ages) if wanted.ages else None,
        "element": Q(element=wanted.element) if wanted.element else None,
        "gratis": FACETS["gratis"]["1"] if wanted.free else None,
        "vrij": FACETS["vrij"]["1"] if wanted.drop_in else None,
        "vraag": _answers(wanted.topic) if wanted.topic else None,
        "soort": Q(offer_type=wanted.offer_type) if wanted.offer_type else None,
        "huis": Q(house__slug=wanted.house) if wanted.house else None,
    }
    return {name: Q(condition) for name, condition in conditions.items() if condition is not None}


def _has_day(wanted: Wanted) -> bool:
    return bool(
        wanted.between or wanted.in_school_holidays or wanted.weekday is not None or wanted.part_of_day
    )


def _moments(wanted: Wanted, now: datetime) -> QuerySet:
    """The coming moments of one activity that fit the asked days and hours."""
    rows = Session.objects.filter(activity=OuterRef("pk"), ends_at__gt=now).scheduled()
    if wanted.between:
        rows = rows.filter(starts_at__lt=wanted.between[1], ends_at__gt=wanted.between[0])
    if wanted.weekday is not None:
        rows = rows.alias(weekday=ExtractIsoWeekDay("starts_at")).filter(weekday=wanted.weekday + 1)
    if wanted.part_of_day:
        first, last = PARTS_OF_DAY[wanted.part_of_day]
        rows = rows.alias(hour=ExtractHour("starts_at")).filter(hour__gte=first, hour__lt=last)
    if wanted.in_school_holidays:
        rows = rows.alias(day=TruncDate("starts_at")).filter(Exists(_school_holidays()))
    return rows


def _school_holidays() -> QuerySet:
    return Holiday.objects.filter(
        kind=Holiday.Kind.SCHOOL, starts_on__lte=OuterRef("day"), ends_on__gte=OuterRef("day")
    )


def _rules(**facts) -> QuerySet:
    return Schedule.objects.filter(activity=OuterRef("pk"), **facts).order_by("pk")


def _base(wanted: Wanted) -> QuerySet:
    rows = Activity.objects.published().select_related("house", "organiser", "location__municipality")
    return rows.alias(km=_distance(wanted.spot) if wanted.spot else Value(None, output_field=FloatField()))


def _distance(spot: Spot):
    """Kilometres as the crow flies, by the haversine formula; null for what has no place."""
    lat = Radians(Coalesce("location__lat", "location__municipality__lat"))
    lon = Radians(Coalesce("location__lon", "location__municipality__lon"))
    home_lat, home_lon = math.radians(spot.lat), math.radians(spot.lon)
    chord = Power(Sin((lat - Value(home_lat)) / Value(2.0)), 2) + Value(math.cos(home_lat)) * Cos(
        lat
    ) * Power(Sin((lon - Value(home_lon)) / Value(2.0)), 2)
    # Rounding may bring the chord a hair above one, where the arc has no value; LEAST alone would turn "no place"
    # into the far side of the earth, because it passes over nulls.
    arc = Value(2 * EARTH_KM) * ASin(Sqrt(Least(Value(1.0), Greatest(Value(0.0), chord))))
    lies_somewhere = Q(location__municipality__isnull=False) | Q(
        location__lat__isnull=False, location__lon__isnull=False
    )
    return Case(When(lies_somewhere, then=arc), output_field=FloatField())


def _near(wanted: Wanted) -> Q:
    near = Q(km__lte=wanted.radius_km)
    return near | Q(house=wanted.spot.house_id, location=None) if wanted.spot.house_id else near


def _answers(topic: Topic) -> Q:
    return Q(offer_type__in=topic.offer_types) | Q(life_domains__overlap=list(topic.life_domains))


def _fits_text(text: str) -> Q:
    return Q(search=_words(text)) | Q(offer_type__in=meant_types(text))


def _words(text: str) -> SearchQuery:
    """All words in Dutch, or with the last one not finished yet: somebody is still typing."""
    whole = SearchQuery(text, config="dutch", search_type="websearch")
    words = re.findall(r"\w\w+", text)
    if not words:
        return whole
    return whole | SearchQuery(" & ".join(words) + ":*", config="dutch", search_type="raw")


def _order(wanted: Wanted) -> list:
    soonest = F("next_start").asc(nulls_last=True)
    nearest = F("distance").asc(nulls_last=True)
    order = wanted.order or ("beste" if wanted.text else "buurt")
    if order == "beste" and wanted.text:
        return [_rank(wanted.text).desc(), nearest, soonest]
    if order == "dichtst" and wanted.spot:
        return [nearest, soonest]
    if order == "buurt" and wanted.spot:
        return [_own_house_first(wanted.spot), soonest]
    return [soonest]


def _rank(text: str):
    """Its own words first; then the kinds of offer that the words mean, the likeliest first."""
    meant = meant_types(text)
    kinds = [When(offer_type=kind, then=Value(0.3 / place)) for place, kind in enumerate(meant, start=1)]
    return SearchRank(F("search"), _words(text)) + Case(*kinds, default=Value(0.0), output_field=FloatField())


def _own_house_first(spot: Spot):
    return Case(
        When(house=spot.house_id, then=Value(0.0)), default=F("distance"), output_field=FloatField()
    ).asc(nulls_last=True)
