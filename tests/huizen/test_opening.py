"""Is this place open now, and if not, when?"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen.models import Holiday, Location, OpeningException, OpeningHours
from huizen.opening import AHEAD, BRUSSELS, DaysOff, Hours, falls_on, hours_on, opening_now
from tests.factories import NOW, TODAY, LocationFactory

MONDAY, WEDNESDAY, SUNDAY = 0, 2, 6
NO_DAYS_OFF = DaysOff()


def rule(weekday=WEDNESDAY, opens="09:00", closes="12:00", **facts) -> OpeningHours:
    return OpeningHours(
        weekday=weekday, opens_at=time.fromisoformat(opens), closes_at=time.fromisoformat(closes), **facts
    )


def exception(since: date, until: date | None = None, opens="", closes="") -> OpeningException:
    return OpeningException(
        since=since,
        until=until or since,
        opens_at=time.fromisoformat(opens) if opens else None,
        closes_at=time.fromisoformat(closes) if closes else None,
    )


def place(*rules, exceptions=(), **facts) -> Location:
    """A place in memory, with its rules as a page would have prefetched them."""
    location = Location(pk=1, **facts)
    location._prefetched_objects_cache = {"opening_hours": rules, "opening_exceptions": exceptions}
    return location


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def said(location, moment: str, days_off=NO_DAYS_OFF) -> str:
    return opening_now(location, now=at(moment), days_off=days_off).words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-04 08:59", "Dicht. Straks open om 9 uur"),
        ("2026-03-04 09:00", "Nu open tot 12 uur"),
        ("2026-03-04 11:59", "Nu open tot 12 uur"),
        ("2026-03-04 12:00", "Dicht. Woensdag 11 maart open om 9 uur"),
        ("2026-03-03 20:00", "Dicht. Morgen open om 9 uur"),
        ("2026-03-07 10:00", "Dicht. Woensdag open om 9 uur"),
    ],
)
def test_a_weekly_rule_in_peoples_words(moment, words):
    assert said(place(rule()), moment) == words


def test_the_moments_come_with_the_words():
    assert opening_now(place(rule()), now=at("2026-03-04 10:00"), days_off=NO_DAYS_OFF).until == at(
        "2026-03-04 12:00"
    )
    closed = opening_now(place(rule()), now=at("2026-03-04 13:00"), days_off=NO_DAYS_OFF)
    assert (closed.open, closed.next_opens_at) == (False, at("2026-03-11 09:00"))


def test_half_hours_are_said():
    assert said(place(rule(opens="13:30", closes="16:30")), "2026-03-04 14:00") == "Nu open tot 16.30 uur"


def test_nothing_known_is_said_so():
    assert said(place(), "2026-03-04 10:00") == "Uren niet bekend"


@pytest.mark.parametrize("location", [place(by_appointment=True), place(rule(), by_appointment=True)])
def test_a_place_by_appointment_is_never_just_open(location):
    assert opening_now(location, now=NOW, days_off=NO_DAYS_OFF).words == "Op afspraak"


def test_hours_by_appointment_do_not_count_as_open():
    assert said(place(rule(by_appointment=True)), "2026-03-04 10:00") == "Op afspraak"
    both = place(rule(by_appointment=True), rule(weekday=3))
    assert said(both, "2026-03-04 10:00") == "Dicht. Morgen open om 9 uur"


def test_nothing_within_sixty_days_is_closed_for_now():
    closed = place(rule(), exceptions=[exception(TODAY, TODAY + timedelta(days=90))])

    assert said(closed, "2026-03-04 10:00") == "Voorlopig dicht"


def test_hours_that_touch_are_one():
    all_day = place(rule(opens="09:00", closes="12:00"), rule(opens="12:00", closes="17:00"))

    assert said(all_day, "2026-03-04 10:00") == "Nu open tot 17 uur"


@pytest.mark.parametrize(
    ("nth", "days"),
    [
        (None, [4, 11, 18, 25]),
        (1, [4]),
        (2, [11]),
        (4, [25]),
        (5, []),
        (-1, [25]),
    ],
)
def test_the_nth_weekday_of_the_month(nth, days):
    march = [date(2026, 3, day) for day in range(1, 32)]

    assert [day.day for day in march if falls_on(rule(nth=nth), day)] == days


def test_the_last_weekday_of_the_year_is_found():
    assert falls_on(rule(weekday=3, nth=-1), date(2026, 12, 31))


def test_a_closing_wins_over_the_rule():
    closed = place(rule(), exceptions=[exception(TODAY)])

    assert said(closed, "2026-03-04 10:00") == "Dicht. Woensdag 11 maart open om 9 uur"


def test_other_hours_win_over_the_rule_and_the_shortest_exception_over_the_longer():
    summer = exception(date(2026, 7, 1), date(2026, 8, 31))
    party = exception(date(2026, 7, 8), opens="14:00", closes="18:00")

    assert hours_on(date(2026, 7, 1), [rule()], [summer, party], NO_DAYS_OFF) == []
    assert hours_on(date(2026, 7, 8), [rule()], [summer, party], NO_DAYS_OFF) == [Hours(time(14), time(18))]


def test_two_exceptions_of_the_same_length_of_which_one_is_closed_mean_closed():
    rows = [exception(TODAY, opens="09:00", closes="10:00"), exception(TODAY)]

    assert hours_on(TODAY, [rule()], rows, NO_DAYS_OFF) == []


def test_public_holidays_are_closed_unless_an_exception_says_otherwise():
    days_off = DaysOff(public=frozenset({TODAY}))

    assert hours_on(TODAY, [rule()], [], days_off) == []
    assert hours_on(TODAY, [], [exception(TODAY, opens="10:00", closes="11:00")], days_off) != []


def test_school_holidays_close_only_the_rules_that_say_so():
    days_off = DaysOff(school=((TODAY, TODAY + timedelta(days=6)),))

    assert hours_on(TODAY, [rule(in_school_holidays=False)], [], days_off) == []
    assert hours_on(TODAY, [rule(in_school_holidays=True)], [], days_off) == [Hours(time(9), time(12))]


# The two nights on which the clock changes: 29 March and 25 October 2026.


def test_a_night_in_spring_is_an_hour_shorter():
    night = place(rule(weekday=SUNDAY, opens="01:00", closes="04:00"))
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)

    opening = opening_now(night, now=before, days_off=NO_DAYS_OFF)

    assert (opening.open, opening.until.astimezone(UTC) - before) == (True, timedelta(hours=1, minutes=1))


def test_a_night_in_autumn_is_open_through_both_hours_of_two():
    night = place(rule(weekday=SUNDAY, opens="01:00", closes="04:00"))
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    opening = opening_now(night, now=second_half_past_two, days_off=NO_DAYS_OFF)

    assert (opening.open, opening.words) == (True, "Nu open tot 4 uur")


def test_hours_that_the_spring_night_swallows_do_not_open():
    swallowed = place(rule(weekday=SUNDAY, opens="02:30", closes="03:00"))

    opening = opening_now(swallowed, now=datetime(2026, 3, 29, 0, 0, tzinfo=UTC), days_off=NO_DAYS_OFF)

    assert (opening.open, opening.next_opens_at) == (False, at("2026-04-05 02:30"))


def test_nine_o_clock_stays_nine_o_clock_across_the_change():
    assert said(place(rule(weekday=SUNDAY)), "2026-03-28 22:00") == "Dicht. Morgen open om 9 uur"


quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
rules = st.builds(
    lambda weekday, pair, nth, appointment, school: OpeningHours(
        weekday=weekday,
        opens_at=min(pair),
        closes_at=max(pair),
        nth=nth,
        by_appointment=appointment,
        in_school_holidays=school,
    ),
    st.integers(0, 6),
    st.tuples(quarters, quarters).filter(lambda pair: pair[0] != pair[1]),
    st.sampled_from([None, -1, 1, 2, 3, 4, 5]),
    st.booleans(),
    st.booleans(),
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
exceptions = st.builds(
    lambda since, length, pair: OpeningException(
        since=since,
        until=since + timedelta(days=length),
        opens_at=min(pair) if pair else None,
        closes_at=max(pair) if pair else None,
    ),
    days,
    st.integers(0, 70),
    st.none() | st.tuples(quarters, quarters).filter(lambda pair: pair[0] != pair[1]),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@settings(deadline=None)
@given(st.lists(rules, max_size=6), st.lists(exceptions, max_size=3), moments)
def test_open_now_agrees_with_the_hours_of_the_day(rows, others, now):
    days_off = DaysOff(public=frozenset({date(2026, 5, 1)}), school=((date(2026, 7, 1), date(2026, 8, 31)),))
    opening = opening_now(place(*rows, exceptions=others), now=now, days_off=days_off)
    wall = now.astimezone(BRUSSELS)
    open_spans = [
        hours
        for hours in hours_on(wall.date(), rows, others, days_off)
        if not hours.by_appointment
        and datetime.combine(wall.date(), hours.opens_at, tzinfo=BRUSSELS).astimezone(UTC) <= now
        and now < datetime.combine(wall.date(), hours.closes_at, tzinfo=BRUSSELS).astimezone(UTC)
    ]

    assert opening.open == bool(open_spans)
    assert opening.words
    assert (opening.until is not None) == opening.open
    if opening.until:
        assert opening.until.astimezone(UTC) > now
    if opening.next_opens_at:
        assert now < opening.next_opens_at.astimezone(UTC) < now + AHEAD + timedelta(days=2)
        assert not opening.open


@settings(deadline=None)
@given(st.lists(rules, min_size=1, max_size=6), moments)
def test_the_place_is_open_at_the_next_opening_and_closed_at_its_end(rows, now):
    location = place(*rows)
    opening = opening_now(location, now=now, days_off=NO_DAYS_OFF)

    if opening.next_opens_at:
        assert opening_now(location, now=opening.next_opens_at, days_off=NO_DAYS_OFF).open
    if opening.until:
        later = opening_now(location, now=opening.until, days_off=NO_DAYS_OFF)
        # Only a stretch that ends at midnight could go on; ours end the same day.
        assert not later.open or later.until > opening.until


@pytest.mark.django_db
def test_the_holidays_come_from_the_database():
    Holiday.objects.create(kind="public", name="Feest", starts_on=TODAY, ends_on=TODAY)
    Holiday.objects.create(kind="school", name="Vakantie", starts_on=TODAY - timedelta(days=5), ends_on=TODAY)
    days_off = DaysOff.around(NOW)

    assert (days_off.is_public(TODAY), days_off.is_school_holiday(TODAY)) == (True, True)
    assert not days_off.is_public(TODAY + timedelta(days=1))
    assert not days_off.is_school_holiday(TODAY + timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 17])
def test_seventeen_places_cost_no_more_queries_than_one(count, django_assert_num_queries):
    for location in LocationFactory.create_batch(count):
        location.opening_hours.create(weekday=WEDNESDAY, opens_at=time(8), closes_at=time(12))

    with django_assert_num_queries(4):
        locations = Location.objects.prefetch_related("opening_hours", "opening_exceptions")
        days_off = DaysOff.around(NOW)
        said = [opening_now(location, now=NOW, days_off=days_off).words for location in locations]

    assert said == ["Nu open tot 12 uur"] * count
