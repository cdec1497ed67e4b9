"""Whatever is asked of whatever is on offer: the index finds what a plain look at each row finds, and counts the same."""

import datetime as dt
import math
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities import search
from activities.models import Activity, Schedule, Session
from activities.search import Spot, Wanted, shelf
from activities.search.periods import PARTS_OF_DAY, between
from activities.topics import TOPICS
from huizen import changes
from huizen.distance import kilometres
from huizen.models import Holiday
from huizen.recurrence import BRUSSELS, ONGOING
from huizen.vocabulary import AGE_BANDS, Element, LifeDomain, OfferType
from huizen.words import wall
from tests.factories import (
    NOW,
    ActivityFactory,
    HouseFactory,
    LocationFactory,
    MunicipalityFactory,
    ScheduleFactory,
    SessionFactory,
)
from tests.undone import undone

pytestmark = pytest.mark.django_db
HERE = (51.16, 4.99)
KINDS = ["play_meet", "childcare_desk", "workshop"]
DOMAINS = ["childcare", "education"]
LEVELS = ["none", "little", "fluent"]
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def moments():
    """When: from two days ago to three weeks ahead, short or overnight, with and without places left."""
    start = st.integers(-48, 24 * 21).map(lambda hours: NOW + dt.timedelta(hours=hours))
    return st.tuples(
        start,
        st.sampled_from([1, 3, 30]),
        st.sampled_from(["scheduled", "scheduled", "cancelled"]),
        st.sampled_from([(None, 0, 0), (2, 0, 0), (2, 2, 0), (2, 1, 1)]),
    )


facts = st.fixed_dictionaries(
    {
        "offer_type": st.sampled_from(KINDS),
        "element": st.sampled_from(["support", "encounter"]),
        "life_domains": st.lists(st.sampled_from(DOMAINS), unique=True),
        "languages": st.lists(st.sampled_from(["nl", "tr", "ar"]), unique=True),
        "dutch": st.sampled_from(LEVELS),
        "price_kind": st.sampled_from(["free", "own_choice"]),
        "registration_mode": st.sampled_from(["none", "optional", "required"]),
        "reduced_rate": st.booleans(),
        "childcare": st.booleans(),
        "indoor": st.booleans(),
        "status": st.sampled_from(["published", "published", "published", "draft"]),
    }
)
ages = st.tuples(st.integers(-9, 40), st.integers(0, 60)).map(lambda pair: (pair[0], min(300, sum(pair))))
offers = st.tuples(
    facts,
    ages,
    st.integers(0, 1),
    st.integers(0, 5),
    st.sampled_from(["", "once", "by_appointment"]),
    st.lists(moments(), max_size=3),
)
maybe = st.booleans()
wishes = st.fixed_dictionaries(
    {},
    optional={
        "straal": st.sampled_from([3.0, 20.0]),
        "children": st.lists(st.integers(-9, 60), min_size=1, max_size=3).map(tuple),
        "alle": maybe,
        "straks": maybe,
        "leeftijd": st.sampled_from([(band.low, band.high) for band in AGE_BANDS[:4]]),
        "between": st.sampled_from(
            [
                *(between(name, now=NOW) for name in ("vandaag", "morgen", "week", "weekend")),
                (NOW, NOW + dt.timedelta(days=3)),
                (NOW - dt.timedelta(days=9), NOW - dt.timedelta(days=8)),
            ]
        ),
        "vakantie": maybe,
        "days": st.lists(st.integers(0, 6), max_size=3).map(tuple),
        "deel": st.sampled_from(list(PARTS_OF_DAY)),
        "gratis": maybe,
        "korting": maybe,
        "vrij": maybe,
        "plaatsvrij": maybe,
        "talen": st.lists(st.sampled_from(["nl", "tr", "ar", "uk"]), max_size=2).map(tuple),
        "nederlands": st.sampled_from(LEVELS),
        "rolstoel": maybe,
        "buggy": maybe,
        "opvang": maybe,
        "binnen": maybe,
        "element": st.sampled_from(list(Element.values)),
        "vraag": st.sampled_from(["opvang", "school", "spelen"]),
        "soort": st.sampled_from([*KINDS, "info_point"]),
        "huis": st.sampled_from(["eerste", "tweede", "geen"]),
        "volgorde": st.sampled_from(["", "beste", "eerst", "dichtst", "buurt"]),
    },
)


class Network:
    """Two Houses with places of every sort, and a week of holiday."""

    def __init__(self, made):
        self.houses = [HouseFactory(slug="eerste"), HouseFactory(slug="tweede")]
        near = MunicipalityFactory(lat=51.2, lon=5.0)
        far = MunicipalityFactory(lat=50.9, lon=4.4)
        Holiday.objects.create(
            kind="school", name="V", starts_on=dt.date(2026, 3, 9), ends_on=dt.date(2026, 3, 11)
        )
        self.places = [
            LocationFactory(house=self.houses[0], municipality=near, lat=51.17, lon=4.98, wheelchair="yes"),
            LocationFactory(house=self.houses[0], municipality=near, wheelchair="partly", buggy="no"),
            LocationFactory(house=self.houses[1], municipality=far, wheelchair="no", buggy="yes"),
            LocationFactory(house=self.houses[0], kind="online", municipality=None),
            LocationFactory(house=self.houses[1], kind="online", municipality=near),
            None,
        ]
        for given_facts, (low, high), house, place, rule, when in made:
            self._make(given_facts, low, high, self.houses[house], self.places[place], rule, when)
        self.rows = list(
            Activity.objects.select_related("house", "location__municipality").prefetch_related(
                "sessions", "schedules"
            )
        )

    def _make(self, given_facts, low, high, house, place, rule, when):
        activity = ActivityFactory(house=house, location=place, age_min=low, age_max=high, **given_facts)
        if rule == "by_appointment":
            ScheduleFactory(activity=activity, kind=rule, dates=[], starts_at=None, ends_at=None)
        elif rule:
            ScheduleFactory(activity=activity)
        for start, hours, status, (capacity, taken, waiting) in when:
            SessionFactory(
                activity=activity,
                original_start=start,
                ends_at=start + dt.timedelta(hours=hours),
                status=status,
                capacity=capacity,
                confirmed_count=taken,
                waiting_count=waiting,
            )


# The oracle: each rule once more, as plainly as it can be said.
def fits(row: Activity, wanted: Wanted) -> bool:
    return row.status == "published" and all(
        (
            shown(row, wanted),
            not wanted.straal or near(row, wanted),
            not wanted.children or waits(row, wanted) is not None,
            not wanted.leeftijd or (row.age_min < wanted.leeftijd[1] and row.age_max >= wanted.leeftijd[0]),
            not wanted.gratis or row.price_kind == "free",
            not wanted.korting or row.reduced_rate,
            not wanted.vrij or row.registration_mode in ("none", "optional"),
            not wanted.talen or set(wanted.talen) & set(row.languages),
            not wanted.nederlands or LEVELS.index(row.dutch) <= LEVELS.index(wanted.nederlands),
            not wanted.rolstoel or (row.location and row.location.wheelchair in ("yes", "partly")),
            not wanted.buggy or (row.location and row.location.buggy in ("yes", "partly")),
            not wanted.opvang or row.childcare,
            not wanted.binnen or row.indoor,
            not wanted.element or row.element == wanted.element,
            not wanted.soort or row.offer_type == wanted.soort,
            not wanted.huis or row.house.slug == wanted.huis,
            not wanted.vraag or answers(row, wanted.vraag),
        )
    )


def answers(row, code) -> bool:
    topic = next(each for each in TOPICS if each.code == code)
    return row.offer_type in topic.offer_types or bool(set(row.life_domains) & set(topic.life_domains))


def fitting(row: Activity, wanted: Wanted) -> list[Session]:
    holiday = Holiday.objects.get()
    found = []
    for session in row.sessions.all():
        start = wall(session.starts_at)
        first, last = PARTS_OF_DAY[wanted.deel] if wanted.deel else (0, 24)
        if (
            session.status == "scheduled"
            and session.ends_at > NOW
            and (
                not wanted.between
                or (session.starts_at < wanted.between[1] and session.ends_at > wanted.between[0])
            )
            and (not wanted.days or start.weekday() in wanted.days)
            and first <= start.hour < last
            and (not wanted.vakantie or holiday.starts_on <= start.date() <= holiday.ends_on)
            and (not wanted.plaatsvrij or not session.has_queue)
        ):
            found.append(session)
    return sorted(found, key=lambda session: (session.starts_at, session.pk))


def shown(row: Activity, wanted: Wanted) -> bool:
    if fitting(row, wanted):
        return True
    dated = wanted.between or wanted.vakantie or wanted.days or wanted.deel
    return not dated and all(rule.kind in ONGOING for rule in row.schedules.all())


def distance(row: Activity, spot: Spot) -> float | None:
    if row.location is None or row.location.kind == "online":
        return None
    lat = row.location.lat if row.location.lat is not None else row.location.municipality.lat
    lon = row.location.lon if row.location.lon is not None else row.location.municipality.lon
    return kilometres(spot.lat, spot.lon, lat, lon)


def near(row: Activity, wanted: Wanted) -> bool:
    km = distance(row, wanted.spot)
    return km <= wanted.straal if km is not None else row.house_id == wanted.spot.house_id


def waits(row: Activity, wanted: Wanted) -> int | None:
    """The first number of months after which it fits (all) the children; none within half a year: None."""
    enough = all if wanted.alle else any
    for months in range(7 if wanted.straks else 1):
        if enough(row.age_min <= age + months <= row.age_max for age in wanted.children):
            return months
    return None


many = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@many
@given(made=st.lists(offers, max_size=7), asked=wishes)
def test_what_is_found_is_what_fits_with_its_first_moment(made, asked):
    with one_example():
        network = Network(made)
        wanted = Wanted(spot=Spot(*HERE, network.houses[0].pk), **asked)
        found = search.find(wanted, now=NOW, stop=100)
        expected = {row.pk: row for row in network.rows if fits(row, wanted)}
        assert {hit.activity_id for hit in found.hits} == set(expected)
        assert found.total == len(found.hits) == len(expected)
        for hit in found.hits:
            row = expected[hit.activity_id]
            moments = fitting(row, wanted)
            assert hit.session_id == (moments[0].pk if moments else None)
            assert hit.starts_at == (moments[0].starts_at if moments else None)
            km = distance(row, wanted.spot)
            assert hit.distance_km == (km if km is None else pytest.approx(km, abs=1e-6))
            if wanted.children:
                assert (hit.fits_from is None) == (waits(row, wanted) == 0)


@many
@given(made=st.lists(offers, max_size=7), asked=wishes)
def test_a_count_is_what_that_choice_then_gives(made, asked):
    with one_example():
        network = Network(made)
        wanted = Wanted(spot=Spot(*HERE, network.houses[0].pk), **asked)
        counts = search.find(wanted, now=NOW).counts
        told = {(name, value): number for name, values in counts.items() for value, number in values.items()}
        assert told == {choice: len(chosen(network, with_choice(wanted, *choice))) for choice in told}


@many
@given(made=st.lists(offers, max_size=7), asked=wishes)
def test_what_one_wish_less_would_give(made, asked):
    with one_example():
        network = Network(made)
        wanted = Wanted(spot=Spot(*HERE, network.houses[0].pk), **asked)
        told = search.without(wanted, now=NOW)
        assert told == {name: len(chosen(network, less(wanted, name))) for name in told}


def chosen(network, wanted: Wanted) -> list[Activity]:
    return [row for row in network.rows if fits(row, wanted)]


def with_choice(wanted: Wanted, name: str, value: str) -> Wanted:
    """The wish of an address, made in place of what was chosen under its name."""
    bands = {band.code: (band.low, band.high) for band in AGE_BANDS}
    match name:
        case "leeftijd":
            return replace(wanted, leeftijd=bands[value])
        case "straal":
            return replace(wanted, straal=float(value))
        case "dag":
            return replace(wanted, days=(int(value),))
        case "taal":
            return replace(wanted, talen=(value,))
        case "wanneer":
            return replace(wanted, between=between(value, now=NOW), vakantie=value == "vakantie")
    return replace(wanted, **{name: value if getattr(Wanted, name) == "" else True})


def less(wanted: Wanted, name: str) -> Wanted:
    fields = {
        "wanneer": ("between", "vakantie"),
        "dag": ("days",),
        "taal": ("talen",),
        "geboren": ("children",),
    }
    fields["moment"] = ("between", "vakantie", "days", "deel", "plaatsvrij")
    return replace(wanted, **{field: getattr(Wanted(), field) for field in fields.get(name, (name,))})


# The order, as plainly.
def travel(row: Activity, spot: Spot) -> float:
    """How far somebody goes for it: nowhere for what her own House offers at home, online or wherever it says; where
    another House does that, nobody knows.
    """
    km = distance(row, spot)
    if km is not None:
        return km
    return 0.0 if row.house_id == spot.house_id else math.inf


def in_order(rows: list[Activity], wanted: Wanted) -> list[int]:
    """What goes on without dates comes after all that has one; the rest is decided by which was made first."""

    def place(row):
        moments = fitting(row, wanted)
        soonest = (moments[0].starts_at if moments else NEVER, row.pk)
        if wanted.spot is None or wanted.volgorde == "eerst":
            return soonest
        is_ours = wanted.volgorde != "dichtst" and row.house_id == wanted.spot.house_id
        return (0.0 if is_ours else travel(row, wanted.spot), *soonest)

    return [row.pk for row in sorted(rows, key=place)]


@many
@given(
    made=st.lists(offers, max_size=7),
    order=st.sampled_from(["", "eerst", "dichtst", "buurt"]),
    lives=st.sampled_from(["first", "second", "no House", "unknown"]),
)
def test_every_page_is_a_piece_of_the_same_order(made, order, lives):
    with one_example():
        network = Network(made)
        houses = {"first": network.houses[0].pk, "second": network.houses[1].pk, "no House": None}
        spot = Spot(*HERE, houses[lives]) if lives in houses else None
        wanted = Wanted(spot=spot, volgorde=order)
        expected = in_order(chosen(network, wanted), wanted)
        whole = search.find(wanted, now=NOW, stop=100).hits
        assert [hit.activity_id for hit in whole] == expected
        pieces = [search.find(wanted, now=NOW, start=at, stop=at + 2).hits for at in range(0, len(whole), 2)]
        assert tuple(hit for piece in pieces for hit in piece) == whole


@many
@given(
    q=st.text(max_size=60),
    children=st.lists(st.integers(-999, 9999), max_size=12).map(tuple),
    numbers=st.tuples(st.integers(-5, 10**9), st.integers(-5, 10**9)),
    weights=st.dictionaries(st.text(max_size=9), st.floats(0, 1), max_size=3),
    years=st.tuples(st.datetimes(timezones=st.just(BRUSSELS)), st.datetimes(timezones=st.just(BRUSSELS))),
    word=st.text(max_size=9),
)
def test_no_question_however_odd_raises(q, children, numbers, weights, years, word):
    with one_example():
        ActivityFactory(title="Samen zingen")
        wanted = Wanted(
            q=q, children=children, offer_types=weights, life_domains=weights, between=years, element=word,
            vraag=word, soort=word, huis=word, nederlands=word, volgorde=word, talen=(word,), straal=numbers[0],
            spot=Spot(*HERE), days=(1, 6),
        )  # fmt: skip
        search.find(wanted, now=NOW, start=numbers[0], stop=numbers[1])
        search.find(Wanted(q=q), now=NOW)
        search.without(wanted, now=NOW)


@contextmanager
def one_example():
    """One example of a property: its rows go before the next, and what is remembered of them."""
    with undone():
        yield
    changes.reset()
    shelf.forget()


def test_the_codes_of_these_properties_are_codes_of_ours():
    assert set(KINDS) <= set(OfferType)
    assert set(DOMAINS) <= set(LifeDomain)
    assert set(LEVELS) == set(Activity.Dutch)
    assert "by_appointment" in set(Schedule.Kind)
