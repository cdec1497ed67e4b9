"""The card beside the form: what parents would see of what is typed, and nothing is kept."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from huizen.roles import Role
from tests.activities.offer_forms import typed_again as typed
from tests.factories import ActivityFactory, LocationFactory, MembershipFactory, SessionFactory

pytestmark = pytest.mark.django_db


def card(client, sent, activity=None):
    url = reverse("offer_card", args=[activity.pk]) if activity else reverse("offer_card_new")
    answer = client.post(url, sent)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_card_follows_what_is_typed_and_keeps_nothing(client, coordinator, house):
    client.force_login(coordinator)
    place = LocationFactory(house=house, name="De Zolder")
    activity = ActivityFactory(house=house, title="Zingen")
    SessionFactory(activity=activity, original_start=timezone.now() + dt.timedelta(days=1))
    sent = typed(activity, title="Dansen", location=place.pk, price_kind="paid", price_cents="2,50")
    shown = card(client, sent, activity)
    assert [word in shown for word in ("Dansen", "De Zolder", "2,50 euro", "Morgen", "Zingen")] == [
        True
    ] * 4 + [False]
    activity.refresh_from_db()
    assert activity.title == "Zingen"


def test_it_is_the_card_that_parents_get(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, title="Zingen", checked_on=timezone.localdate())
    preview = client.get(reverse("offer_edit", args=[activity.pk])).context["card"]
    listed = client.get(reverse("activity_list")).content.decode()
    assert preview.strip() in listed


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"title": "a\x00b", "age_min": "honderd", "capacity": "-1", "price_cents": "x"},
        {"age_min": "3 jaar", "age_max": "1 jaar"},
        {"house": "9999999", "offer_type": "toverij", "element": "x", "registration_mode": "x"},
        {"title": "<script>alert(1)</script>"},
    ],
)
def test_what_is_wrong_or_missing_is_left_out(client, coordinator, sent):
    client.force_login(coordinator)
    shown = card(client, sent)
    assert "offer-card" in shown
    assert "<script>" not in shown
    assert Activity.objects.count() == 0


def test_the_page_has_the_card_without_scripts(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    page = client.post(reverse("offer_edit", args=[activity.pk]), typed(activity, title="Dansen", lees="1"))
    assert "Dansen" in page.context["card"]
    assert (
        "Nederlands oefenen"
        in client.get(f"{reverse('offer_create')}?sjabloon=language_practice").context["card"]
    )


def test_others_see_no_card_of_it(client, house):
    activity = ActivityFactory(house=house)
    url = reverse("offer_card", args=[activity.pk])
    assert client.post(url).status_code == 302
    client.force_login(MembershipFactory().user)
    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405
    client.force_login(MembershipFactory(house=None, role=Role.OFFICER).user)
    assert client.post(url).status_code == 403
