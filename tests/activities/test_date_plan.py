"""What becomes of each date: properties that hold whatever the rule was and becomes (no database)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from activities.date_plan import Fate, day_of, plan_dates
from activities.models import Schedule, Session
from huizen.recurrence import BRUSSELS, DaysOff, Moment, moments
from tests.factories import TODAY

DAYS = st.integers(1, 60).map(lambda count: TODAY + dt.timedelta(days=count))
HOURS = st.integers(7, 20)


def at(day, hour):
    start = dt.datetime.combine(day, dt.time(hour), tzinfo=BRUSSELS)
    return Moment(start, start + dt.timedelta(hours=1))


@st.composite
def situations(draw):
    """Dates as they are, how many signed up for each, and the dates of the new rule."""
    days = draw(st.lists(DAYS, unique=True, max_size=10))
    hour = draw(HOURS)
    sessions = [
        Session(
            pk=number,
            original_start=at(day, hour).starts_at,
            starts_at=at(day, hour).starts_at,
            ends_at=at(day, hour).ends_at,
            set_apart=draw(st.booleans()) and draw(st.booleans()),
        )
        for number, day in enumerate(days, start=1)
    ]
    sign_ups = {each.pk: draw(st.integers(0, 3)) for each in sessions}
    wanted = [at(day, draw(HOURS)) for day in draw(st.lists(DAYS, unique=True, max_size=10))]
    return sessions, sign_ups, wanted


@given(situations())
def test_every_date_has_one_fate_and_every_new_moment_one_date(situation):
    sessions, sign_ups, wanted = situation
    steps = plan_dates(sessions, wanted, sign_ups=sign_ups)
    assert sorted(step.session.pk for step in steps if step.session) == [each.pk for each in sessions]
    planned = [step.moment for step in steps if step.moment]
    assert len(planned) == len(set(planned))
    kept_days = {day_of(step.session) for step in steps if step.fate == Fate.APART}
    assert set(planned) == {moment for moment in wanted if moment.day not in kept_days}


@given(situations())
def test_who_signed_up_is_never_on_a_date_that_goes(situation):
    sessions, sign_ups, wanted = situation
    steps = plan_dates(sessions, wanted, sign_ups=sign_ups)
    assert [step for step in steps if step.fate == Fate.GOES and step.sign_ups] == []
    assert all(step.sign_ups == sign_ups[step.session.pk] for step in steps if step.session)


@given(situations())
def test_no_date_is_made_new_in_a_week_where_another_is_lost(situation):
    sessions, sign_ups, wanted = situation
    steps = plan_dates(sessions, wanted, sign_ups=sign_ups)
    lost = {day_of(step.session).isocalendar()[:2] for step in steps if step.fate in {Fate.GOES, Fate.LEFT}}
    made = {step.moment.day.isocalendar()[:2] for step in steps if step.fate == Fate.NEW}
    assert lost & made == set()


@given(situations())
def test_what_a_person_decided_about_stays(situation):
    sessions, sign_ups, wanted = situation
    steps = plan_dates(sessions, wanted, sign_ups=sign_ups)
    assert {step.session.pk for step in steps if step.fate == Fate.APART} == {
        each.pk for each in sessions if each.set_apart
    }


@given(situations())
def test_the_same_rule_changes_nothing(situation):
    sessions, sign_ups, _ = situation
    same = [
        Moment(each.starts_at.astimezone(BRUSSELS), each.ends_at.astimezone(BRUSSELS)) for each in sessions
    ]
    steps = plan_dates(sessions, same, sign_ups=sign_ups)
    assert {step.fate for step in steps} <= {Fate.STAYS, Fate.APART}


@given(situations())
def test_days_that_were_used_are_not_used_again(situation):
    sessions, sign_ups, wanted = situation
    taken = {moment.day for moment in wanted[:3]}
    steps = plan_dates(sessions, wanted, sign_ups=sign_ups, taken=taken)
    assert {step.moment.day for step in steps if step.moment} & taken == set()


def test_the_first_and_third_monday_become_wednesdays_of_the_same_week():
    rule = Schedule(
        kind="nth_weekday",
        weekdays=[0],
        nths=[1, 3],
        starts_on=TODAY,
        starts_at=dt.time(9),
        ends_at=dt.time(12),
    )
    span = {"first": TODAY, "last": TODAY + dt.timedelta(days=60), "days_off": DaysOff()}
    sessions = [
        Session(pk=number, original_start=one.starts_at, starts_at=one.starts_at, ends_at=one.ends_at)
        for number, one in enumerate(moments(rule, **span))
    ]
    wanted = [at(day_of(each) + dt.timedelta(days=2), 9) for each in sessions]
    steps = plan_dates(sessions, wanted, sign_ups={0: 5})
    assert {step.fate for step in steps} == {Fate.MOVES}
    assert [(step.moment.day - day_of(step.session)).days for step in steps] == [2] * len(sessions)


def test_the_one_date_of_a_rule_goes_along_however_far():
    (session,) = [Session(pk=1, original_start=at(TODAY, 9).starts_at, starts_at=at(TODAY, 9).starts_at)]
    far = at(TODAY + dt.timedelta(days=40), 9)
    assert plan_dates([session], [far], sign_ups={}, follows=True)[0].fate == Fate.MOVES
    assert [step.fate for step in plan_dates([session], [far], sign_ups={})] == [Fate.GOES, Fate.NEW]
