"""Changing when it is: what is past stays, who signed up moves along and hears it once, and nothing is made twice."""

import datetime as dt

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.actions.schedule_change import CANCEL, KEEP, Answers, UnseenError, change_schedules
from activities.actions.schedule_plan import Wish, foresee, seen_mark
from activities.actions.session_change import move_session
from activities.actions.sessions import extend_all_sessions, extend_sessions
from activities.models import Registration, Schedule, Session
from huizen.models import Message, PlannedMessage
from huizen.recurrence import BRUSSELS
from tests.factories import (
    NOW,
    RegistrationFactory,
    ScheduleFactory,
    SeriesFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 9)


def weekly(**facts):
    rule = ScheduleFactory(
        **{
            "kind": "weekly",
            "dates": [],
            "starts_on": MONDAY,
            "weekdays": [0],
            "ends_on": dt.date(2026, 3, 31),
        }
        | facts
    )
    extend_sessions(schedule=rule, now=NOW)
    return rule


def change(rule, *, now=NOW, from_day=None, answers=None, **facts):
    """The rule with other facts; what became of the dates."""
    row = Schedule.objects.get(pk=rule.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    wish = Wish(saved=(row,), from_day=from_day)
    return change_schedules(activity=rule.activity, wish=wish, answers=answers, by=None, now=now)


def remove(rule, **facts):
    return change_schedules(activity=rule.activity, wish=Wish(removed=(rule,)), by=None, now=NOW, **facts)


def starts(activity):
    rows = Session.objects.filter(activity=activity).order_by("starts_at")
    return [f"{row.starts_at.astimezone(BRUSSELS):%d/%m %H:%M}" for row in rows]


def session_on(day):
    return Session.objects.get(original_start__date=day)


# All that comes.
def test_other_hours_move_every_date_and_keep_its_links():
    rule = weekly()
    before = dict(Session.objects.values_list("pk", "ical_uid"))
    changed = change(rule, starts_at=dt.time(10))
    assert (changed.added, changed.moved, changed.removed, changed.kept) == (0, 4, 0, [])
    assert starts(rule.activity) == ["09/03 10:00", "16/03 10:00", "23/03 10:00", "30/03 10:00"]
    assert dict(Session.objects.values_list("pk", "ical_uid")) == before
    assert set(Session.objects.values_list("ical_sequence", flat=True)) == {1}


def test_another_weekday_moves_within_the_week_and_who_signed_up_moves_along():
    rule = weekly()
    session = session_on(MONDAY)
    registration = RegistrationFactory(session=session)
    changed = change(rule, weekdays=[1])
    assert (changed.added, changed.moved, changed.mails) == (0, 4, 1)
    registration.refresh_from_db()
    assert registration.session_id == session.pk
    assert registration.session.starts_at == dt.datetime(2026, 3, 10, 9, tzinfo=BRUSSELS)
    assert extend_all_sessions(now=NOW) == 0


def test_a_family_gets_one_mail_for_all_its_dates():
    rule = weekly()
    for session in Session.objects.all():
        RegistrationFactory(session=session, email="ouder@voorbeeld.example")
    RegistrationFactory(session=session_on(MONDAY), email="", phone="0000 00 00 01", contact_key="tel")
    assert change(rule, starts_at=dt.time(10)).mails == 1
    mail = Message.objects.get(template="schedule_changed")
    assert [line["new"] for line in mail.context["moved"]][:1] == ["maandag 9 maart 2026, van 10 tot 12 uur"]
    assert (len(mail.context["moved"]), len(mail.context["links"])) == (4, 4)
    events = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert {int(event["SEQUENCE"]) for event in events} == {1}
    assert {str(event["UID"]) for event in events} == {str(row.ical_uid) for row in Session.objects.all()}


def test_a_family_that_comes_every_time_gets_its_one_page():
    rule = weekly()
    series = SeriesFactory(activity=rule.activity, email="vast@voorbeeld.example")
    for session in Session.objects.all():
        RegistrationFactory(session=session, series=series, email=series.email)
    change(rule, starts_at=dt.time(10))
    assert len(Message.objects.get(template="schedule_changed").context["links"]) == 1


def test_reminders_follow_the_new_hour():
    rule = weekly()
    session = session_on(dt.date(2026, 3, 23))
    RegistrationFactory(session=session)
    change(rule, weekdays=[2])
    planned = PlannedMessage.objects.filter(kind="session_reminder", state="planned").get()
    assert planned.due_at == dt.datetime(2026, 3, 24, 10, tzinfo=BRUSSELS)


def test_what_is_past_stays_as_it_was():
    rule = weekly()
    change(rule, weekdays=[4], now=NOW + dt.timedelta(days=14))
    assert starts(rule.activity) == ["09/03 09:00", "16/03 09:00", "20/03 09:00", "27/03 09:00"]


@pytest.mark.parametrize(
    "touch",
    [
        {"status": "cancelled", "cancel_reason": "ziek"},
        {"ends_at": dt.datetime(2026, 3, 9, 13, tzinfo=BRUSSELS), "set_apart": True},
    ],
)
def test_a_date_that_a_person_decided_about_is_left_alone(touch):
    rule = weekly()
    Session.objects.filter(pk=session_on(MONDAY).pk).update(**touch)
    change(rule, weekdays=[4], starts_at=dt.time(10))
    assert starts(rule.activity)[0] == "09/03 09:00"


def test_moving_one_date_sets_it_apart():
    rule = weekly()
    one = session_on(MONDAY)
    later = {"starts_at": one.starts_at, "ends_at": one.ends_at + dt.timedelta(hours=1), "location": None}
    move_session(session_id=one.pk, by=None, now=NOW, **later)
    change(rule, starts_at=dt.time(8))
    assert starts(rule.activity) == ["09/03 09:00", "16/03 08:00", "23/03 08:00", "30/03 08:00"]


# What the rule no longer has.
def test_a_date_without_a_place_in_the_rule_asks_for_a_choice():
    rule = weekly()
    RegistrationFactory(session=session_on(dt.date(2026, 3, 30)))
    with pytest.raises(UnseenError):
        change(rule, ends_on=dt.date(2026, 3, 23), answers=Answers(seen=""))
    assert Schedule.objects.get().ends_on == dt.date(2026, 3, 31)


@pytest.mark.parametrize(("choice", "status", "mails"), [(KEEP, "scheduled", 0), (CANCEL, "cancelled", 1)])
def test_the_coordinator_keeps_it_or_cancels_it_with_a_mail(choice, status, mails):
    rule = weekly()
    last = session_on(dt.date(2026, 3, 30))
    RegistrationFactory(session=last)
    wanted = Schedule.objects.get()
    wanted.ends_on = dt.date(2026, 3, 23)
    wish = Wish(saved=(wanted,))
    mark = seen_mark(foresee(activity=rule.activity, wish=wish, now=NOW))
    answers = Answers(seen=mark, choices={last.pk: choice}, reason="De zaal is bezet.")
    changed = change_schedules(activity=rule.activity, wish=wish, answers=answers, by=None, now=NOW)
    last.refresh_from_db()
    assert (last.status, changed.mails, len(changed.kept)) == (status, mails, 1 - mails)
    assert Registration.objects.get().session == last
    for mail in Message.objects.filter(template="schedule_changed"):
        assert (mail.context["cancelled"], mail.context["reason"]) == (
            ["maandag 30 maart 2026, van 9 tot 12 uur"],
            "De zaal is bezet.",
        )


def test_what_was_kept_once_is_not_asked_again():
    rule = weekly()
    RegistrationFactory(session=session_on(dt.date(2026, 3, 30)))
    change(rule, ends_on=dt.date(2026, 3, 23))
    rule.refresh_from_db()
    rule.starts_at = dt.time(10)
    assert change(rule, starts_at=dt.time(10), answers=Answers(seen="")).moved == 3


def test_a_sign_up_between_looking_and_saving_is_seen_first():
    rule = weekly()
    RegistrationFactory(session=session_on(MONDAY))
    wanted = Schedule.objects.get()
    wanted.starts_at = dt.time(10)
    wish = Wish(saved=(wanted,))
    mark = seen_mark(foresee(activity=rule.activity, wish=wish, now=NOW))
    RegistrationFactory(session=session_on(dt.date(2026, 3, 16)))
    with pytest.raises(UnseenError):
        change_schedules(activity=rule.activity, wish=wish, answers=Answers(seen=mark), by=None, now=NOW)
    assert starts(rule.activity)[0] == "09/03 09:00"


def test_where_somebody_once_signed_up_the_row_stays_and_says_no():
    rule = weekly()
    once = RegistrationFactory(session=session_on(MONDAY), state="cancelled", cancelled_at=NOW)
    assert remove(rule).removed == 4
    once.refresh_from_db()
    assert (once.session.status, Session.objects.count()) == ("cancelled", 1)


def test_a_rule_that_goes_leaves_the_dates_that_families_count_on():
    rule = weekly()
    kept = session_on(dt.date(2026, 3, 30))
    RegistrationFactory(session=kept)
    changed = remove(rule)
    assert (changed.removed, changed.kept, Schedule.objects.count()) == (3, [kept], 0)


# This and what follows.
def test_from_a_day_on_the_rule_is_another_and_before_it_the_same():
    rule = weekly()
    moved = session_on(dt.date(2026, 3, 23))
    RegistrationFactory(session=moved)
    change(rule, from_day=dt.date(2026, 3, 23), starts_at=dt.time(14), ends_at=dt.time(16))
    assert starts(rule.activity) == ["09/03 09:00", "16/03 09:00", "23/03 14:00", "30/03 14:00"]
    first, second = Schedule.objects.order_by("pk")
    assert (first.ends_on, second.starts_on) == (dt.date(2026, 3, 22), dt.date(2026, 3, 23))
    moved.refresh_from_db()
    assert (moved.schedule, moved.ical_sequence) == (second, 1)
    assert extend_all_sessions(now=NOW) == 0


def test_a_rule_that_stops_from_a_day_on_keeps_what_was_before():
    rule = weekly()
    wish = Wish(removed=(rule,), from_day=dt.date(2026, 3, 20))
    change_schedules(activity=rule.activity, wish=wish, by=None, now=NOW)
    assert starts(rule.activity) == ["09/03 09:00", "16/03 09:00"]


def test_from_a_day_before_the_rule_it_is_all_of_it():
    rule = weekly()
    change(rule, from_day=dt.date(2026, 3, 1), starts_at=dt.time(8))
    assert Schedule.objects.count() == 1
    assert starts(rule.activity)[0] == "09/03 08:00"


def test_from_a_day_after_its_new_end_the_rule_stops_there():
    rule = weekly()
    change(rule, from_day=dt.date(2026, 3, 23), ends_on=dt.date(2026, 3, 20), starts_at=dt.time(8))
    assert starts(rule.activity) == ["09/03 09:00", "16/03 09:00"]


def test_named_days_are_split_too():
    days = [MONDAY, dt.date(2026, 3, 11), dt.date(2026, 3, 20)]
    rule = ScheduleFactory(kind="dates", dates=days)
    extend_sessions(schedule=rule, now=NOW)
    change(rule, from_day=dt.date(2026, 3, 11), starts_at=dt.time(10))
    assert starts(rule.activity) == ["09/03 09:00", "11/03 10:00", "20/03 10:00"]
    assert sorted(map(len, Schedule.objects.values_list("dates", flat=True))) == [1, 2]


# Whatever the rule was and becomes.
SHAPES = st.fixed_dictionaries(
    {
        "weekdays": st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True),
        "every_weeks": st.integers(1, 3),
        "starts_at": st.integers(7, 12).map(dt.time),
        "ends_on": st.sampled_from([dt.date(2026, 3, 20), dt.date(2026, 4, 3), dt.date(2026, 4, 20)]),
    }
)
FROM = st.none() | st.integers(-5, 40).map(lambda days: NOW.date() + dt.timedelta(days=days))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=SHAPES,
    after=SHAPES,
    from_day=FROM,
    signed=st.sets(st.integers(0, 8)),
    choice=st.sampled_from([KEEP, CANCEL]),
)
def test_nothing_past_changes_and_nobody_loses_a_date(before, after, from_day, signed, choice):
    rule = ScheduleFactory(
        kind="weekly", dates=[], starts_on=dt.date(2026, 3, 1), ends_at=dt.time(18), **before
    )
    extend_sessions(schedule=rule, now=NOW)
    rows = list(Session.objects.filter(schedule=rule).order_by("starts_at"))
    people = {row.pk: RegistrationFactory(session=row).pk for n, row in enumerate(rows) if n in signed}
    now = NOW + dt.timedelta(days=8)
    past = list(Session.objects.filter(schedule=rule, starts_at__lte=now).order_by("pk").values())
    answers = Answers(choices=dict.fromkeys(people, choice))
    change(rule, now=now, from_day=from_day, answers=answers, **after)
    assert list(Session.objects.filter(pk__in=[row["id"] for row in past]).order_by("pk").values()) == past
    assert dict(Registration.objects.filter(pk__in=people.values()).values_list("session", "pk")) == people
    for row in Session.objects.filter(activity=rule.activity, starts_at__gt=now, pk__in=people):
        was = next(each for each in rows if each.pk == row.pk)
        told = (row.starts_at, row.ends_at, row.status) != (was.starts_at, was.ends_at, was.status)
        assert (row.ical_uid, row.ical_sequence) == (was.ical_uid, int(told))
    assert extend_all_sessions(now=now) == 0
    coming = Session.objects.filter(
        activity=rule.activity, starts_at__gt=now, status="scheduled", set_apart=False
    )
    days = [row.starts_at.astimezone(BRUSSELS).date() for row in coming]
    assert len(days) == len(set(days))
