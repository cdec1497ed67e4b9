"""Signing up on the site for all moments at once, and the page behind the link."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.actions.registration_mail import manage_path
from activities.actions.series_mail import series_path
from activities.actions.sessions import extend_sessions
from activities.models import Series, Session
from tests.activities.series import an_activity, join, moments, states
from tests.activities.sign_ups import typed
from tests.factories import ActivityFactory, FamilyFactory, ScheduleFactory, UserFactory

pytestmark = pytest.mark.django_db


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
