"""What is on offer in the demo: every kind, every way to plan, pay and sign up; Baldemore has it all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import cycle

from activities.models import Activity, Schedule
from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.offers import Shape, Words, shapes, words
from demo.network.partners import Circle
from demo.network.schedules import make_schedule
from demo.network.world import World, mail, phone
from huizen.models import Fact, Location
from huizen.vocabulary import OfferType

Mode, Channel, Price, Dutch = Activity.RegistrationMode, Activity.Channel, Activity.Price, Activity.Dutch
SIGN_UP = {
    "drop_in": (Mode.NONE, []),
    "may": (Mode.OPTIONAL, [Channel.ONLINE, Channel.PHONE]),
    "online": (Mode.REQUIRED, [Channel.ONLINE, Channel.PHONE]),
    "phone": (Mode.REQUIRED, [Channel.PHONE, Channel.EMAIL]),
    "appointment": (Mode.APPOINTMENT, [Channel.PHONE, Channel.EMAIL]),
}
LANGUAGES = (["nl"], ["nl"], ["nl", "fr"], ["nl", "en", "fr"], ["nl", "tr"], ["nl", "ar"], ["nl", "uk", "en"])
LANGUAGES += (["nl", "es"], ["nl", "pl"])
DUTCH = (Dutch.LITTLE, Dutch.LITTLE, Dutch.NONE, Dutch.FLUENT)
BRING = (
    "",
    "",
    "Een handdoek en een reserveluier.",
    "Het boekje van je kind.",
    "Kleren die vuil mogen worden.",
)
WELCOME = (
    "Een medewerker van het Huis",
    "Een vrijwilliger met een groene trui",
    "De begeleider, aan de deur",
    "",
)
#: For these, persons are counted; for the others children.
FOR_ADULTS = {
    "lecture",
    "workshop",
    "parent_group",
    "prenatal_support",
    "language_practice",
    "integration_track",
}
AT_HOUSE, AT_PROJECT, AT_ANTWERPEN = 3, 8, 32


@dataclass(frozen=True)
class Special:
    """An offer of Baldemore that the demo counts on: which words, when, and how many places."""

    kind: str
    title: str
    weekday: int
    hours: str
    sign_up: str = "drop_in"
    capacity: int | None = None


#: Something every day of the week; one with few places left, one that is full with people waiting.
SPECIALS = (
    Special("parent_cafe", "Babybabbel", 0, "09:00-11:00"),
    Special("drop_in_team", "Inloopteam: kom binnen met je kleintje", 1, "09:00-11:30"),
    Special("play_meet", "Speelnamiddag op woensdag", 2, "13:30-16:00"),
    Special("language_practice", "Nederlands oefenen met je kind erbij", 3, "09:00-11:00"),
    Special("diaper_bank", "Luiers, melk en een babbel", 4, "10:00-11:30"),
    Special("toy_library", "Spelotheek", 5, "10:00-12:00"),
    Special("play_meet", "Spelen in je pyjama", 6, "09:30-11:30"),
    Special("workshop", "Opvoeden met humor", 3, "19:00-21:00", "online", 8),
    Special("baby_massage", "Babymassage", 4, "13:30-14:30", "online", 6),
)


@dataclass(frozen=True)
class Offer:
    """An activity with its rule."""

    activity: Activity
    schedule: Schedule


class Deck:
    """Kinds of offer in turn, so that all come equally often; and of each kind its words in turn."""

    def __init__(self, world: World):
        kinds = list(OfferType)
        world.dice.shuffle(kinds)
        self._kinds = cycle(kinds)
        self._words = {
            kind: cycle(world.dice.sample(entries, len(entries))) for kind, entries in words().items()
        }

    def next(self) -> tuple[str, Words]:
        kind = next(self._kinds)
        return kind, next(self._words[kind])


def make_activities(
    world: World, homes: list[Home], places: dict[int, list[Location]], circle: Circle
) -> list[Offer]:
    """All activities with their rules, saved."""
    deck = Deck(world)
    stands = [Stand(home, places[home.house.pk], circle.of_house[home.house.pk]) for home in homes]
    offers = [offer for stand in stands for offer in _at(world, stand, deck)]
    Activity.objects.bulk_create((offer.activity for offer in offers), batch_size=2000)
    Schedule.objects.bulk_create((offer.schedule for offer in offers), batch_size=2000)
    return offers


@dataclass(frozen=True)
class Stand:
    """A House with its places and partners."""

    home: Home
    places: list[Location]
    partners: list


def _at(world: World, stand: Stand, deck: Deck) -> Iterator[Offer]:
    if stand.home.area.name == BALDEMORE:
        yield from (_special(world, stand, special) for special in SPECIALS)
    for _ in range(_how_many(stand.home) * world.scale):
        kind, text = deck.next()
        yield _offer(world, stand, kind, text)


def _how_many(home: Home) -> int:
    if home.area.name in (ANTWERPEN, BALDEMORE):
        return AT_ANTWERPEN
    return AT_PROJECT if home.in_project else AT_HOUSE


def _special(world: World, stand: Stand, special: Special) -> Offer:
    text = next(entry for entry in words()[special.kind] if entry.title == special.title)
    activity = _activity(world, stand, special.kind, text, special.sign_up)
    activity.status = Activity.Status.PUBLISHED
    activity.capacity = special.capacity
    activity.checked_on = world.today - timedelta(days=3)
    starts_at, ends_at = (time.fromisoformat(hour) for hour in special.hours.split("-"))
    schedule = Schedule(
        activity=activity,
        kind=Schedule.Kind.WEEKLY,
        starts_on=world.today - timedelta(days=60),
        starts_at=starts_at,
        ends_at=ends_at,
        weekdays=[special.weekday],
        skip_public_holidays=False,
    )
    return Offer(activity, schedule)


def _offer(world: World, stand: Stand, kind: str, text: Words) -> Offer:
    shape = shapes()[kind]
    way = world.dice.choice(shape.kinds)
    sign_up = _sign_up(world, shape, way)
    activity = _activity(world, stand, kind, text, sign_up)
    return Offer(activity, make_schedule(world, activity, way, shape))


def _sign_up(world: World, shape: Shape, way: str) -> str:
    if way == Schedule.Kind.BY_APPOINTMENT:
        return "appointment"
    return "drop_in" if way == Schedule.Kind.IN_OPENING_HOURS else world.dice.choice(shape.sign_up)


def _activity(world: World, stand: Stand, kind: str, text: Words, sign_up: str) -> Activity:
    shape, facts, house = shapes()[kind], OfferType(kind).facts, stand.home.house
    ages = text.ages or (facts.age_min, facts.age_max)
    mode, channels = SIGN_UP[sign_up]
    number = world.dice.randrange(100)
    return Activity(
        house=house,
        organiser=_organiser(world, stand, shape),
        location=_place(stand, shape),
        slug=world.slug(f"{text.title} {stand.home.area.home.name}", longest=120),
        title=text.title,
        summary=text.summary,
        description=text.description,
        plain=text.plain,
        offer_type=kind,
        element=facts.element,
        pillar=facts.pillar,
        life_domains=list(shape.domains),
        age_min=ages[0],
        age_max=ages[1],
        registration_mode=mode,
        channels=list(channels),
        phone=phone(number) if Channel.PHONE in channels else "",
        email=mail(f"huis-{house.slug}") if Channel.EMAIL in channels else "",
        counts=Activity.Counts.PERSONS if kind in FOR_ADULTS else Activity.Counts.CHILDREN,
        asks_birth_month=kind not in FOR_ADULTS,
        capacity=world.dice.choice(shape.places) if shape.places and Channel.ONLINE in channels else None,
        indoor=not text.outside,
        childcare=text.childcare,
        changed_at=world.now - timedelta(days=number),
        published_at=world.now - timedelta(days=number + 1),
        is_demo=True,
        **_price(world, shape),
        **_welcome(world),
        **_state(world, stand.home),
    )


def _organiser(world: World, stand: Stand, shape: Shape):
    able = [partner for partner in stand.partners if set(partner.life_domains) & set(shape.domains)]
    return world.dice.choice(able) if able and world.dice.random() < 0.6 else None


def _place(stand: Stand, shape: Shape) -> Location | None:
    """None: at people's homes."""
    if shape.where == "home":
        return None
    fit = [place for place in stand.places if place.kind == shape.where]
    return (fit or stand.places)[0]


def _price(world: World, shape: Shape) -> dict:
    cents = world.dice.choice(shape.prices)
    if cents > 0:
        return {"price_kind": Price.PAID, "price_cents": cents, "reduced_rate": world.dice.random() < 0.5}
    return {"price_kind": Price.OWN_CHOICE if cents < 0 else Price.FREE}


def _welcome(world: World) -> dict:
    dice = world.dice
    return {
        "languages": list(dice.choice(LANGUAGES)),
        "dutch": dice.choice(DUTCH),
        "welcome": dice.choice(WELCOME),
        "bring": dice.choice(BRING),
        "siblings": dice.choice((Fact.YES, Fact.YES, Fact.NO, Fact.UNKNOWN)),
        "closes_hours": dice.choice((0, 0, 24)),
    }


def _state(world: World, home: Home) -> dict:
    """Nearly all published and checked not long ago; Baldemore shows staff every state."""
    states = Activity.Status
    state, age = states.PUBLISHED, world.dice.randrange(0, 170)
    if home.area.name == BALDEMORE and world.dice.random() < 0.2:
        state = world.dice.choice([states.DRAFT, states.PROPOSED, states.TO_CHECK, states.EXPIRED])
        age = 400 if state == states.TO_CHECK else age
    elif world.dice.random() < 0.06:
        age = world.dice.randrange(200, 350)
    return {"status": state, "checked_on": world.today - timedelta(days=age)}
