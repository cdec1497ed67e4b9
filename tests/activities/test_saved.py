"""Offers to find back: in a browser, in an account, in an address to share."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from activities.actions import saved
from activities.actions.saved import SaveError, take_over, toggle_saved
from activities.models import SavedActivity
from tests.factories import (
    NOW,
    ActivityFactory,
    FamilyFactory,
    SavedActivityFactory,
    ScheduleFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    user = UserFactory(email="ouder@voorbeeld.example")
    client.force_login(user)
    return user


def slugs(user):
    return list(
        SavedActivity.objects.filter(family__user=user)
        .order_by("pk")
        .values_list("activity__slug", flat=True)
    )


def test_the_star_of_an_account_works_without_a_script(client, parent):
    activity = ActivityFactory(slug="samen-zingen", title="Samen zingen")
    page = client.get("/activiteiten/samen-zingen/").content.decode()
    assert 'action="/bewaard/wissel/"' in page
    assert 'aria-pressed="false"' in page
    assert client.post("/bewaard/wissel/", {"a": "samen-zingen"}).url == "/activiteiten/samen-zingen/"
    assert slugs(parent) == [activity.slug]
    assert 'aria-pressed="true"' in client.get("/activiteiten/samen-zingen/").content.decode()
    assert "Samen zingen" in client.get("/mijn/").content.decode()
    assert client.post("/bewaard/wissel/", {"a": "samen-zingen", "terug": "mijn"}).url == "/mijn/#bewaard"
    assert slugs(parent) == []


def test_without_an_account_the_star_waits_for_a_script_and_sets_no_cookie(client):
    ActivityFactory(slug="samen-zingen")
    answer = client.get("/activiteiten/samen-zingen/")
    assert 'data-save="samen-zingen" aria-pressed="false" hidden' in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize("slug", ["bestaat-niet", "", "\x00", "a" * 300, "ontwerp"])
def test_what_is_not_online_cannot_be_saved(client, parent, slug):
    ActivityFactory(slug="ontwerp", status="draft")
    assert client.post("/bewaard/wissel/", {"a": slug}).status_code == 404
    assert slugs(parent) == []


def test_what_went_offline_can_still_be_let_go(client, parent):
    kept = SavedActivityFactory(family__user=parent, activity__status="archived", activity__title="Weg")
    assert "Niet meer online" in client.get("/mijn/").content.decode()
    client.post("/bewaard/wissel/", {"a": kept.activity.slug, "terug": "mijn"})
    assert slugs(parent) == []


def test_a_device_is_taken_over_once(client, parent):
    first, second = ActivityFactory(), ActivityFactory()
    SavedActivityFactory(family__user=parent, activity=first)
    typed = {"a": [first.slug, second.slug, "bestaat-niet", "\x00"]}
    answer = client.post("/bewaard/overnemen/", typed, follow=True)
    assert "We bewaarden 1 activiteit in je account." in answer.content.decode()
    assert "data-taken" in answer.content.decode()
    assert slugs(parent) == [first.slug, second.slug]
    assert (
        "Alles stond al in je account."
        in client.post("/bewaard/overnemen/", typed, follow=True).content.decode()
    )


def test_the_address_shows_its_offers_in_its_order_to_everybody(client):
    one, two = ActivityFactory(title="Een"), ActivityFactory(title="Twee")
    page = client.get("/bewaard/", {"a": [two.slug, one.slug, two.slug, "bestaat-niet"]}).content.decode()
    assert page.index("Twee") < page.index("Een")
    assert "1 activiteit staat niet meer online." in page
    assert f"/bewaard/?a={two.slug}&amp;a={one.slug}" in page
    assert "noindex" in page


@pytest.mark.parametrize("typed", ["?a=", "?a=%00", "?a=" + "x" * 500, "?a=<script>", "?b=1"])
def test_an_odd_address_is_an_empty_list(client, typed):
    page = client.get(f"/bewaard/{typed}")
    assert (page.status_code, "Nog niets bewaard" in page.content.decode()) == (200, True)


def test_without_an_address_the_account_shows_its_own(client, parent):
    SavedActivityFactory(family__user=parent, activity__title="Van mij")
    SavedActivityFactory(activity__title="Van een ander")
    page = client.get("/bewaard/").content.decode()
    assert "Van mij" in page
    assert "Van een ander" not in page
    assert client.get("/bewaard/lijst.json").json() == {"bewaard": slugs(parent)}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, number, django_assert_num_queries):
    rows = [
        SessionFactory(original_start=timezone.now() + dt.timedelta(days=1)).activity for _ in range(number)
    ]
    with django_assert_num_queries(3):
        client.get("/bewaard/", {"a": [row.slug for row in rows]})


def test_a_card_of_the_list_says_when(client):
    session = SessionFactory(original_start=timezone.now() + dt.timedelta(days=1))
    ongoing = ScheduleFactory(kind="in_opening_hours", dates=[]).activity
    page = client.get("/bewaard/", {"a": [session.activity.slug, ongoing.slug]}).content.decode()
    assert "Morgen" in page
    assert "Tijdens de openingsuren" in page


def test_a_list_has_an_end(monkeypatch):
    monkeypatch.setattr(saved, "MOST", 1)
    user = FamilyFactory().user
    one, two = ActivityFactory(), ActivityFactory()
    toggle_saved(activity=one, by=user, now=NOW)
    with pytest.raises(SaveError, match="Haal er eerst een weg"):
        toggle_saved(activity=two, by=user, now=NOW)
    assert take_over(slugs=[two.slug], by=user, now=NOW) == 0
    assert slugs(user) == [one.slug]


def test_the_database_keeps_each_offer_once():
    kept = SavedActivityFactory()
    with pytest.raises(IntegrityError):
        SavedActivityFactory(family=kept.family, activity=kept.activity)


@pytest.mark.parametrize("path", ["/bewaard/wissel/", "/bewaard/overnemen/"])
def test_these_change_something_and_are_never_looked_at(client, parent, path):
    assert client.get(path).status_code == 405


def test_the_list_of_an_account_is_of_nobody_else(client):
    assert client.get("/bewaard/lijst.json").status_code == 302
    assert client.post("/bewaard/", {}).status_code == 405
