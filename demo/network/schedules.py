"""The rules by which demo activities take place, around the day of the load."""

from datetime import date, time, timedelta

from activities.models import Activity, Schedule
from demo.network.offers import Shape
from demo.network.world import World

Kind = Schedule.Kind
ONGOING = (Kind.BY_APPOINTMENT, Kind.IN_OPENING_HOURS)
NTHS = ([1], [1, 3], [2], [2, 4], [3], [-1])


def make_schedule(world: World, activity: Activity, way: str, shape: Shape) -> Schedule:
    """One rule of the asked kind: hours, days and pauses as this kind of offer usually has."""
    schedule = Schedule(activity=activity, kind=way)
    if way in ONGOING:
        return schedule
    hours = world.dice.choice(shape.hours)
    schedule.starts_at, schedule.ends_at = (time.fromisoformat(hour) for hour in hours.split("-"))
    weekday = world.dice.choice(shape.weekdays)
    if way in (Kind.ONCE, Kind.DATES):
        schedule.dates = _dates(world, way, weekday)
        return schedule
    return _rule(world, schedule, weekday)


def _dates(world: World, way: str, weekday: int) -> list[date]:
    """One day in the coming three months, or a series of four or five in as many weeks."""
    first = _next(world.today + timedelta(days=world.dice.randrange(-10, 80)), weekday)
    if way == Kind.ONCE:
        return [max(first, _next(world.today + timedelta(days=1), weekday))]
    return [first + timedelta(weeks=week) for week in range(world.dice.randrange(4, 6))]


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _rule(world: World, schedule: Schedule, weekday: int) -> Schedule:
    dice = world.dice
    schedule.weekdays = [weekday]
    schedule.starts_on = world.today - timedelta(days=dice.randrange(30, 300))
    schedule.skip_school_holidays = dice.random() < 0.4
    schedule.skip_summer = dice.random() < 0.4
    if schedule.kind == Kind.NTH_WEEKDAY:
        schedule.nths = dice.choice(NTHS)
    else:
        schedule.every_weeks = dice.choice((1, 1, 1, 2))
    if dice.random() < 0.1:
        schedule.skip_dates = [world.today + timedelta(days=dice.randrange(5, 60))]
    return schedule
