"""Where people can walk in: one to three places a House (more in the large towns), with their hours."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import chain

from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.world import World, phone
from huizen.models import Fact, House, Locality, Location, Municipality, OpeningException, OpeningHours

Kind = Location.Kind
NAMES = {
    Kind.HOUSE: "Huis van het Kind {town}",
    Kind.ANTENNA: "Antennepunt {town}",
    Kind.ANCHOR: "Ankerpunt {town}",
    Kind.CLINIC: "Consultatiebureau {town}",
    Kind.PLAY_ROOM: "Speelhuis {town}",
    Kind.INFO_POINT: "Infopunt {town}",
    Kind.PARTNER_SITE: "Bij een partner in {town}",
    Kind.MOBILE: "De kinderbus in {town}",
    Kind.ONLINE: "Online",
}
SECOND = (Kind.CLINIC, Kind.PLAY_ROOM, Kind.INFO_POINT, Kind.PARTNER_SITE, Kind.CLINIC)
ANTWERPEN_HAS = 17
DIRECTIONS = (
    "De bus stopt voor de deur.",
    "Vijf minuten te voet van het station.",
    "De ingang is aan de zijkant, naast de speelplaats.",
    "Parkeren kan op het plein.",
    "",
)
#: Hours by kind of place: days of the week (0 = Monday), from, to, n-th of the month, by appointment, in holidays too.
WEEKS = {
    Kind.HOUSE: (
        [("0134", 9, 12), ("2", 9, 12), ("2", 13.5, 16.5)],
        [("01234", 9, 12.5), ("13", 13, 16)],
        [("024", 9, 12), ("1", 16, 19), ("5", 9.5, 12, 1)],
    ),
    Kind.CLINIC: ([("13", 13.5, 16.5, None, True)], [("2", 9, 12, None, True), ("5", 9, 12, 1, True)]),
    Kind.PLAY_ROOM: ([("2", 13.5, 16.5), ("5", 9.5, 12)], [("024", 9, 11.5), ("6", 10, 12, 1)]),
    Kind.INFO_POINT: ([("024", 9, 12)], [("13", 13, 16), ("1", 17, 19, 2)]),
    Kind.ANTENNA: ([("13", 9, 12)], [("0", 13, 16), ("3", 9, 12, 1), ("3", 9, 12, 3)]),
    Kind.ANCHOR: ([("0134", 9, 12.5), ("2", 13, 17)],),
    Kind.PARTNER_SITE: ([("24", 14, 17)], [("1", 9, 12, -1)]),
    Kind.MOBILE: ([("2", 14, 16, 2), ("2", 14, 16, 4)],),
    Kind.ONLINE: ([],),
}


def make_places(world: World, homes: list[Home]) -> dict[int, list[Location]]:
    """The places of every House (by its key), saved, with opening hours and days that differ."""
    towns = _localities()
    places = {home.house.pk: list(_places(world, home, towns)) for home in homes}
    rows = list(chain.from_iterable(places.values()))
    Location.objects.bulk_create(rows)
    OpeningHours.objects.bulk_create(chain.from_iterable(_hours(world, place) for place in rows))
    OpeningException.objects.bulk_create(chain.from_iterable(_exceptions(world, place) for place in rows))
    return places


def _localities() -> dict[str, list[Locality]]:
    """The localities of each municipality of today and before, the one that carries its name first."""
    towns = defaultdict(list)
    for locality in Locality.objects.filter(is_primary=True).order_by("postcode", "name"):
        towns[locality.municipality_id].append(locality)
        if locality.former_id:
            towns[locality.former_id].append(locality)
    return towns


def _places(world: World, home: Home, towns: dict[str, list[Locality]]) -> Iterator[Location]:
    for number, (kind, municipality) in enumerate(_kinds(world, home), start=1):
        known = towns[municipality.pk]
        first = next((town for town in known if town.name == municipality.name), known[0])
        # One place of each town in turn, the one that gives the municipality its name first.
        ordered = [first, *(town for town in known if town != first)]
        same = number - 1 if len(home.area.municipalities) == 1 else 0
        yield _location(world, home.house, kind, ordered[same % len(ordered)], municipality, number)


def _kinds(world: World, home: Home) -> list[tuple[str, Municipality]]:
    here, *others = home.area.municipalities
    if home.area.name == BALDEMORE:
        antennas = [(Kind.ANTENNA, m) for m in home.area.municipalities]
        return [(Kind.HOUSE, here), *antennas, (Kind.CLINIC, here), (Kind.PLAY_ROOM, others[0])]
    if home.area.name == ANTWERPEN:
        kinds = [Kind.HOUSE, Kind.CLINIC, Kind.PLAY_ROOM, Kind.INFO_POINT, Kind.ANTENNA]
        return [(kinds[number % len(kinds)], here) for number in range(ANTWERPEN_HAS)]
    if here.province == Municipality.Province.BRUSSEL:
        return [(Kind.HOUSE, here), (Kind.ANCHOR, here)][: 1 + world.dice.randrange(2)]
    if home.house.form == House.Form.VIRTUAL:
        return [(Kind.PARTNER_SITE, here), (Kind.ONLINE, here)]
    first = Kind.PARTNER_SITE if home.house.form == House.Form.NETWORK else Kind.HOUSE
    second = [(world.dice.choice(SECOND), here)] if world.dice.random() < 0.6 else []
    return [(first, here), *second, *((Kind.ANTENNA, other) for other in others)]


def _location(
    world: World, house: House, kind: str, town: Locality, municipality: Municipality, number: int
) -> Location:
    if kind == Kind.ONLINE:
        return Location(house=house, name=NAMES[kind], kind=kind)
    dice = world.dice
    # Of a town that gives the municipality its name, the municipality knows better where people live.
    spot = municipality if town.name == municipality.name else town
    facts = (Fact.YES, Fact.YES, Fact.YES, Fact.PARTLY, Fact.NO, Fact.UNKNOWN)
    return Location(
        house=house,
        name=NAMES[kind].format(town=town.name)[:120],
        kind=kind,
        street=f"Voorbeeldstraat {number}",
        postcode=town.postcode,
        town=town.name,
        municipality=municipality,
        lat=round(spot.lat + dice.uniform(-0.004, 0.004), 5),
        lon=round(spot.lon + dice.uniform(-0.006, 0.006), 5),
        phone=phone(number + 20),
        directions=dice.choice(DIRECTIONS),
        wheelchair=dice.choice(facts),
        buggy=dice.choice(facts),
        changing_table=dice.choice(facts),
        toilet=dice.choice(facts),
        by_appointment=kind == Kind.CLINIC and dice.random() < 0.5,
    )


def _hours(world: World, place: Location) -> Iterator[OpeningHours]:
    for weekdays, opens, closes, *rest in world.dice.choice(WEEKS[place.kind]):
        nth, by_appointment = [*rest, None, False][:2] if len(rest) < 2 else rest
        for weekday in weekdays:
            yield OpeningHours(
                location=place,
                weekday=int(weekday),
                nth=nth,
                opens_at=_hour(opens),
                closes_at=_hour(closes),
                by_appointment=bool(by_appointment),
                in_school_holidays=place.kind != Kind.PLAY_ROOM,
            )


def _hour(number: float) -> time:
    return time(int(number), round(number % 1 * 60))


def _exceptions(world: World, place: Location) -> Iterator[OpeningException]:
    """Closed between Christmas and New Year; some close a day soon, or keep shorter hours in summer."""
    if place.kind == Kind.ONLINE:
        return
    winter = date(world.today.year, 12, 25)
    yield OpeningException(
        location=place, since=winter, until=winter + timedelta(days=7), reason="Tussen Kerstmis en Nieuwjaar"
    )
    if world.dice.random() < 0.15:
        soon = world.today + timedelta(days=world.dice.randrange(1, 15))
        yield OpeningException(location=place, since=soon, until=soon, reason="Een dag vorming voor het team")
    if world.dice.random() < 0.1:
        summer = date(world.today.year + (world.today.month > 8), 7, 1)
        yield OpeningException(
            location=place,
            since=summer,
            until=summer + timedelta(days=61),
            opens_at=time(9),
            closes_at=time(12),
            reason="Zomeruren",
        )
