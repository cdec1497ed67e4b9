"""A family that comes every time: a place or a turn in every moment, also in those that are made later."""

import datetime as dt
import uuid

import pytest

from activities.actions.invariants import check_invariants
from activities.actions.party import ChildFacts
from activities.actions.registration import (
    AlreadyRegisteredError,
    ClosedError,
    NoRoomError,
    RegistrationError,
    WrongAgeError,
)
from activities.actions.registration_change import cancel_registration
from activities.actions.series_change import (
    end_series,
    pause_series,
    rejoin_moment,
    resume_series,
    skip_moment,
)
from activities.actions.sessions import extend_all_sessions
from activities.models import Registration, Series, SeriesChild
from huizen import retention
from huizen.models import Event, Message, PlannedMessage
from tests.activities.series import DAYS, an_activity, join, moments, states
from tests.activities.sign_ups import counters, sign_up, templates
from tests.factories import NOW, TODAY, UserFactory

pytestmark = pytest.mark.django_db


def test_one_form_gives_a_place_in_every_moment_and_one_mail():
    activity = an_activity()
    series = join(activity)
    assert states(series) == ["confirmed"] * 4
    assert [counters(each) for each in moments(activity)] == [(1, 0, 0)] * 4
    assert templates() == ["series_confirmed"]
    mail = Message.objects.get()
    assert mail.context["confirmed"][0] == "woensdag 11 maart 2026, van 9 tot 12 uur"
    assert mail.calendar.count("BEGIN:VEVENT") == 4
    assert PlannedMessage.objects.filter(kind="session_reminder").count() == 4


def test_the_logbook_keeps_each_place_and_the_series_without_a_name():
    join(an_activity())
    verbs = sorted(Event.objects.values_list("verb", flat=True))
    assert verbs == ["joined_series"] + ["registered"] * 4
    assert not Event.objects.filter(subject_label__contains="Alice").exists()


def test_each_moment_has_its_own_places_and_its_own_line():
    activity = an_activity(capacity=1)
    sign_up(moments(activity)[1], "Bob")
    series = join(activity)
    assert states(series) == ["confirmed", "waiting", "confirmed", "confirmed"]
    assert len(Message.objects.get(template="series_confirmed").context["waiting"]) == 1
    assert check_invariants(now=NOW) == []


def test_the_same_form_again_gives_the_same():
    activity, key = an_activity(), uuid.uuid4()
    assert join(activity, form_key=key) == join(activity, form_key=key)
    assert (Registration.objects.count(), templates()) == (4, ["series_confirmed"])


def test_who_comes_every_time_already_gets_the_link_once_a_day():
    activity = an_activity()
    join(activity)
    for _ in range(2):
        with pytest.raises(AlreadyRegisteredError, match="mailden je de link"):
            join(activity, "ALICE")
    assert templates() == ["series_confirmed"] * 2


def test_what_the_family_had_already_stays_as_it_is():
    activity = an_activity()
    own = sign_up(moments(activity)[0])
    series = join(activity)
    assert (len(states(series)), counters(own.session)) == (3, (1, 0, 0))


def test_moments_that_are_made_later_come_too_in_the_order_of_the_families():
    activity = an_activity(capacity=1)
    first, second = join(activity), join(activity, "Bob", now=NOW + dt.timedelta(hours=1))
    rule = activity.schedules.get()
    rule.dates = [*DAYS, TODAY + dt.timedelta(days=60)]
    rule.save()
    sent = len(templates())
    extend_all_sessions(now=NOW + dt.timedelta(days=1))
    new = moments(activity)[-1]
    assert [row.series for row in new.registrations.order_by("state")] == [first, second]
    assert (counters(new), len(templates())) == ((1, 1, 1), sent)
    extend_all_sessions(now=NOW + dt.timedelta(days=2))
    assert counters(new) == (1, 1, 1)


def test_not_this_week_frees_the_place_for_who_waits_and_can_be_undone():
    activity = an_activity(capacity=1)
    series, session = join(activity), moments(activity)[1]
    waits = sign_up(session, "Bob")
    for _ in range(2):
        skip_moment(series_id=series.pk, session_id=session.pk, now=NOW)
    waits.refresh_from_db()
    assert (waits.state, states(series)[1]) == ("confirmed", "cancelled")
    for _ in range(2):
        rejoin_moment(series_id=series.pk, session_id=session.pk, now=NOW)
    assert (states(series)[1], counters(session)) == ("waiting", (1, 1, 2))
    assert "registration_cancelled" not in templates()
    assert check_invariants(now=NOW) == []


def test_undone_with_a_free_place_is_a_place_with_its_reminder():
    activity = an_activity()
    series, session = join(activity), moments(activity)[0]
    skip_moment(series_id=series.pk, session_id=session.pk, now=NOW)
    rejoin_moment(series_id=series.pk, session_id=session.pk, now=NOW)
    assert states(series)[0] == "confirmed"
    row = series.registrations.get(session=session)
    reminder = PlannedMessage.objects.get(kind="session_reminder", subject_id=str(row.pk))
    assert reminder.state == "planned"


def test_a_skipped_week_is_not_filled_in_again_by_the_night():
    activity = an_activity()
    series, session = join(activity), moments(activity)[0]
    skip_moment(series_id=series.pk, session_id=session.pk, now=NOW)
    extend_all_sessions(now=NOW)
    assert states(series)[0] == "cancelled"


def test_what_the_house_took_away_the_family_does_not_take_back():
    activity = an_activity()
    series, session = join(activity), moments(activity)[0]
    row = series.registrations.get(session=session)
    cancel_registration(registration_id=row.pk, by=UserFactory(), now=NOW)
    with pytest.raises(RegistrationError, match="Het Huis annuleerde"):
        rejoin_moment(series_id=series.pk, session_id=session.pk, now=NOW)


def test_who_signed_up_alone_meanwhile_is_not_in_twice():
    activity = an_activity()
    series, session = join(activity), moments(activity)[0]
    skip_moment(series_id=series.pk, session_id=session.pk, now=NOW)
    sign_up(session)
    with pytest.raises(RegistrationError, match="al ingeschreven"):
        rejoin_moment(series_id=series.pk, session_id=session.pk, now=NOW)


def test_a_pause_gives_back_what_falls_in_it_and_ends():
    activity = an_activity()
    series = join(activity)
    assert pause_series(series_id=series.pk, until=DAYS[2], now=NOW) == 2
    assert states(series) == ["cancelled", "cancelled", "confirmed", "confirmed"]
    assert rejoin_moment(series_id=series.pk, session_id=moments(activity)[0].pk, now=NOW) is None
    assert resume_series(series_id=series.pk, now=NOW) == 2
    assert states(series) == ["confirmed"] * 4
    assert resume_series(series_id=series.pk, now=NOW) == 0


def test_moments_made_in_a_pause_are_not_taken():
    activity = an_activity()
    series = join(activity)
    pause_series(series_id=series.pk, until=TODAY + dt.timedelta(days=90), now=NOW)
    rule = activity.schedules.get()
    rule.dates = [*DAYS, TODAY + dt.timedelta(days=60), TODAY + dt.timedelta(days=100)]
    rule.save()
    extend_all_sessions(now=NOW + dt.timedelta(days=1))
    assert states(series) == ["cancelled"] * 4 + ["confirmed"]


def test_a_pause_ends_in_the_future():
    series = join(an_activity())
    with pytest.raises(RegistrationError, match="nog moet komen"):
        pause_series(series_id=series.pk, until=TODAY, now=NOW)


def test_stopping_gives_everything_back_with_one_mail():
    activity = an_activity(capacity=1)
    series = join(activity)
    waits = sign_up(moments(activity)[2], "Bob")
    for _ in range(2):
        end_series(series_id=series.pk, now=NOW)
    waits.refresh_from_db()
    assert (states(series), waits.state) == (["cancelled"] * 4, "confirmed")
    assert templates().count("series_ended") == 1
    assert Message.objects.get(template="series_ended").calendar.count("STATUS:CANCELLED") == 4
    assert check_invariants(now=NOW) == []
    with pytest.raises(RegistrationError, match="gestopt"):
        rejoin_moment(series_id=series.pk, session_id=moments(activity)[0].pk, now=NOW)
    assert len(states(join(activity))) == 4


def test_after_stopping_new_moments_are_not_taken():
    activity = an_activity()
    end_series(series_id=join(activity).pk, now=NOW)
    rule = activity.schedules.get()
    rule.dates = [*DAYS, TODAY + dt.timedelta(days=60)]
    rule.save()
    extend_all_sessions(now=NOW + dt.timedelta(days=1))
    assert moments(activity)[-1].registrations.count() == 0


AGES = {"asks_birth_month": True, "age_min": 0, "age_max": 12}


def test_a_child_comes_as_long_as_it_has_the_age():
    series = join(an_activity(**AGES), born=dt.date(2025, 2, 1))
    assert states(series) == ["confirmed"] * 3


def test_of_two_children_those_come_that_have_the_age():
    activity = an_activity(**AGES)
    children = [ChildFacts("Noor", dt.date(2025, 2, 1)), ChildFacts("Sam", dt.date(2026, 1, 1))]
    series = join(activity, children=children)
    rows = series.registrations.order_by("session__starts_at")
    assert list(rows.values_list("places", flat=True)) == [2, 2, 2, 1]
    assert check_invariants(now=NOW) == []


def test_a_child_without_the_age_on_any_day_is_said_kindly():
    with pytest.raises(WrongAgeError, match="nog niet de leeftijd, of niet meer"):
        join(an_activity(**AGES), born=dt.date(2020, 1, 1))
    assert Series.objects.count() == 0


def test_a_family_whose_child_grew_out_hears_it_once():
    activity = an_activity(**AGES)
    join(activity, born=dt.date(2025, 6, 1))
    rule = activity.schedules.get()
    for days in (200, 207):
        rule.dates = [*rule.dates, TODAY + dt.timedelta(days=days)]
        rule.save()
        extend_all_sessions(now=NOW + dt.timedelta(days=days - 190))
    mail = Message.objects.get(template="series_grown")
    assert mail.context["others"].endswith("/activiteiten/?geboren=2025-06")
    assert moments(activity)[-1].registrations.count() == 0


def test_persons_come_with_as_many_each_time():
    series = join(an_activity(counts="persons", capacity=5), children=0, places=3)
    assert set(series.registrations.values_list("places", flat=True)) == {3}


@pytest.mark.parametrize(
    ("facts", "more", "error"),
    [
        ({"channels": ["phone"]}, {}, ClosedError),
        ({"status": "draft"}, {}, ClosedError),
        ({}, {"children": 3}, NoRoomError),
        ({}, {"children": 0}, RegistrationError),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(facts, more, error):
    activity = an_activity(**facts)
    with pytest.raises(error):
        join(activity, **more)
    assert (Series.objects.count(), Registration.objects.count()) == (0, 0)


def test_names_are_forgotten_after_stopping_and_after_the_last_moment():
    stopped, over = join(an_activity()), join(an_activity())
    end_series(series_id=stopped.pk, now=NOW)
    retention.apply_retention(now=NOW + dt.timedelta(days=61))
    assert set(Series.objects.filter(anonymised_at=None)) == {over}
    retention.apply_retention(now=NOW + dt.timedelta(days=28 + 61))
    assert not Series.objects.filter(anonymised_at=None).exists()
    assert (SeriesChild.objects.count(), set(Series.objects.values_list("name", "email"))) == (0, {("", "")})


def test_signing_up_for_all_takes_one_statement_more_for_each_moment(django_assert_max_num_queries):
    activity = an_activity()
    with django_assert_max_num_queries(24):
        join(activity)
