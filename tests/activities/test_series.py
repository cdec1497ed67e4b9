"""A family that comes every time: all moments at once, one left out, a pause, no more."""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.utils import timezone

from activities.actions.contact import Contact
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
from activities.actions.registration_mail import manage_path
from activities.actions.series import join_series
from activities.actions.series_change import (
    end_series,
    pause_series,
    rejoin_moment,
    resume_series,
    skip_moment,
)
from activities.actions.series_mail import series_path
from activities.actions.sessions import extend_all_sessions, extend_sessions
from activities.models import Registration, Series, SeriesChild, Session
from huizen import retention
from huizen.models import Event, Message, PlannedMessage
from tests.activities.sign_ups import counters, sign_up
from tests.factories import NOW, TODAY, ActivityFactory, FamilyFactory, ScheduleFactory, UserFactory

pytestmark = pytest.mark.django_db
DAYS = [TODAY + dt.timedelta(days=7 * week) for week in range(1, 5)]


@pytest.fixture(autouse=True)
def _fresh_count():
    cache.clear()


def an_activity(*, capacity=2, **facts):
    """Four Wednesdays from next week on."""
    about = {
        "registration_mode": "required",
        "channels": ["online"],
        "asks_birth_month": False,
        "capacity": capacity,
        **facts,
    }
    activity = ActivityFactory(**about)
    extend_sessions(schedule=ScheduleFactory(activity=activity, kind="dates", dates=DAYS), now=NOW)
    return activity


def join(activity, who="Alice", *, children=1, born=None, now=NOW, **more):
    count = children if isinstance(children, int) else 0
    names = [ChildFacts(f"Kind {number}", born) for number in range(count)] or children or []
    return join_series(
        **{
            "activity": activity,
            "contact": Contact(who, f"{who.lower()}@voorbeeld.example"),
            "children": names,
            "form_key": uuid.uuid4(),
            "now": now,
            **more,
        }
    )


def moments(activity) -> list[Session]:
    return list(activity.sessions.order_by("starts_at"))


def states(series) -> list[str]:
    rows = series.registrations.order_by("session__starts_at")
    return list(rows.values_list("state", flat=True))


def letters() -> list[str]:
    return sorted(Message.objects.values_list("template", flat=True))


def test_one_form_gives_a_place_in_every_moment_and_one_mail():
    activity = an_activity()
    series = join(activity)
    assert states(series) == ["confirmed"] * 4
    assert [counters(each) for each in moments(activity)] == [(1, 0, 0)] * 4
    assert letters() == ["series_confirmed"]
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
    assert (Registration.objects.count(), letters()) == (4, ["series_confirmed"])


def test_who_comes_every_time_already_gets_the_link_once_a_day():
    activity = an_activity()
    join(activity)
    for _ in range(2):
        with pytest.raises(AlreadyRegisteredError, match="mailden je de link"):
            join(activity, "ALICE")
    assert letters() == ["series_confirmed"] * 2


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
    sent = len(letters())
    extend_all_sessions(now=NOW + dt.timedelta(days=1))
    new = moments(activity)[-1]
    assert [row.series for row in new.registrations.order_by("state")] == [first, second]
    assert (counters(new), len(letters())) == ((1, 1, 1), sent)
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
    assert "registration_cancelled" not in letters()
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
    assert letters().count("series_ended") == 1
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


# On the site.
@pytest.fixture
def weekly():
    """Six weekly moments from tomorrow on, on the clock that the views read."""
    now = timezone.now()
    activity = ActivityFactory(
        registration_mode="required",
        channels=["online"],
        asks_birth_month=False,
        capacity=3,
        reduced_rate=True,
    )
    days = [timezone.localdate(now) + dt.timedelta(days=1 + 7 * week) for week in range(6)]
    extend_sessions(schedule=ScheduleFactory(activity=activity, kind="dates", dates=days), now=now)
    return activity


def typed(**more) -> dict:
    return {
        "sleutel": str(uuid.uuid4()),
        "name": "Alice",
        "email": "alice@voorbeeld.example",
        "rijen": "1",
        "kind-0-first_name": "Noor",
        **more,
    }


def form(activity) -> str:
    return f"/activiteiten/{activity.slug}/alle-momenten/"


def test_the_activity_offers_it_where_there_is_more_than_one_moment(client, weekly):
    page = f"/activiteiten/{weekly.slug}/"
    assert form(weekly) in client.get(page).content.decode()
    Session.objects.exclude(pk=moments(weekly)[0].pk).delete()
    assert form(weekly) not in client.get(page).content.decode()
    assert client.get(form(weekly)).url == page


def test_a_family_fills_in_one_form_and_sees_all_its_moments(client, weekly):
    answer = client.post(form(weekly), typed(), follow=True)
    series = Series.objects.get()
    assert answer.redirect_chain == [(series_path(series), 302)]
    assert answer.content.decode().count("Ingeschreven") >= 6


def test_looking_changes_nothing(client, weekly):
    for method in (client.get, client.head):
        assert method(form(weekly)).status_code == 200
    assert Series.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Schrijf je naam."),
        ({"name": "\x00"}, "Null-tekens"),
        ({"email": ""}, "Eén is genoeg."),
        ({"kind-0-first_name": ""}, "Schrijf de voornaam van je kind."),
        ({"laat_leeg": "x"}, "Laat dit leeg"),
    ],
)
def test_what_is_missing_stands_at_the_field_and_what_was_typed_stays(client, weekly, change, sentence):
    text = client.post(form(weekly), typed(**change)).content.decode()
    assert sentence in text
    assert "error-summary" in text
    assert Series.objects.count() == 0


def test_one_more_child_gives_a_row(client, weekly):
    text = client.post(form(weekly), typed(nog_een_kind="1")).content.decode()
    assert 'name="kind-1-first_name"' in text
    assert 'value="Noor"' in text


def test_a_known_family_finds_its_name(client, weekly):
    client.force_login(FamilyFactory(user=UserFactory(name="Amira")).user)
    assert 'value="Amira"' in client.get(form(weekly)).content.decode()


@pytest.fixture
def series(client, weekly):
    client.post(form(weekly), typed())
    return Series.objects.get()


def act(client, series, wat, **more):
    return client.post(series_path(series), {"wat": wat, **more}, follow=True).content.decode()


def test_the_buttons_of_the_page(client, series):
    session = moments(series.activity)[0]
    assert "Deze keer komen jullie niet." in act(client, series, "niet", moment=session.pk)
    assert "Toch wel" in client.get(series_path(series)).content.decode()
    assert "Jullie komen toch." in act(client, series, "toch", moment=session.pk)
    until = timezone.localdate() + dt.timedelta(days=9)
    assert "Jullie slaan 2 momenten over." in act(client, series, "pauze", until=until.isoformat())
    assert "De pauze is voorbij." in act(client, series, "hervat")
    assert states(series) == ["confirmed"] * 6
    assert "Jullie zijn gestopt" in act(client, series, "stop")
    assert states(series) == ["cancelled"] * 6


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"wat": "iets"},
        {"wat": "niet"},
        {"wat": "niet", "moment": "²"},
        {"wat": "toch", "moment": "9" * 18},
        {"wat": "toch", "moment": "\x00"},
        {"wat": "pauze", "until": "gisteren"},
        {"wat": "pauze", "until": "1900-01-01"},
    ],
)
def test_what_makes_no_sense_changes_nothing(client, series, posted):
    assert client.post(series_path(series), posted, follow=True).status_code == 200
    assert states(series) == ["confirmed"] * 6


def test_a_moment_of_another_activity_is_not_taken(client, series):
    other = moments(an_activity())[0]
    act(client, series, "toch", moment=other.pk)
    assert other.registrations.count() == 0


def test_the_page_of_one_moment_leads_to_all_of_them(client, series):
    row = series.registrations.first()
    assert series_path(series) in client.get(manage_path(row)).content.decode()


@pytest.mark.parametrize("families", [1, 3])
def test_the_page_takes_the_same_queries(client, weekly, families, django_assert_num_queries):
    for number in range(families):
        join(weekly, f"Ouder{number}", now=timezone.now())
    path = series_path(Series.objects.first())
    with django_assert_num_queries(4):
        client.get(path)


@pytest.mark.parametrize("token", ["x", "1~abc", "%00", "a" * 400])
def test_a_forged_link_says_so(client, token):
    assert client.get(f"/alle-momenten/{token}/").status_code == 404
    assert client.post(f"/alle-momenten/{token}/", {"wat": "stop"}).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, series, method):
    for path in (form(series.activity), series_path(series)):
        assert getattr(client, method)(path).status_code == 405
