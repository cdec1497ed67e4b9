"""Support tracks: the agency bundles what there is to learn, professionals see it together and sign up as before."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.actions.support_track import keep_track
from activities.models import SupportTrack
from huizen.roles import Role
from tests.factories import (
    NOW,
    ActivityFactory,
    MembershipFactory,
    RegistrationFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("track_list")


@pytest.fixture
def officer():
    return MembershipFactory(house=None, role=Role.OFFICER).user


@pytest.fixture
def coordinator():
    return MembershipFactory(role=Role.COORDINATOR).user


def learning(**facts):
    return ActivityFactory(audience="professionals", counts="persons", asks_birth_month=False, **facts)


def make_track(*activities, **facts):
    usual = {
        "title": f"Traject {SupportTrack.objects.count()}",
        "text": "Voor wie begint.",
        "changed_at": NOW,
    }
    track = SupportTrack.objects.create(**{"is_online": True} | usual | facts)
    track.activities.set(activities)
    return track


def at(name, track):
    return reverse(f"track_{name}", args=[track.pk])


def test_the_agency_bundles_and_takes_apart(client, officer):
    first, second = learning(), learning()
    client.force_login(officer)
    sent = {"title": "Nieuw als coördinator", "text": "Voor wie begint.", "activities": [first.pk, second.pk]}
    page = client.post(reverse("track_create"), sent).url
    track = SupportTrack.objects.get()
    assert (page, track.activities.count(), track.is_online) == (at("detail", track), 2, False)
    client.post(at("edit", track), sent | {"activities": [first.pk], "is_online": "on"})
    track.refresh_from_db()
    assert (list(track.activities.all()), track.is_online) == ([first], True)
    client.post(at("remove", track))
    assert not SupportTrack.objects.exists()
    first.refresh_from_db()


def test_bad_input_is_told_at_the_field(client, officer):
    make_track(title="Bezet")
    client.force_login(officer)
    good = {"title": "Vrij", "text": "Voor wie begint.", "activities": [learning().pk]}
    for wrong in (
        {"title": "Bezet"},
        {"text": ""},
        {"activities": []},
        {"activities": [ActivityFactory().pk]},
        {"activities": ["9" * 30]},
        {"title": "a\x00b"},
    ):
        answer = client.post(reverse("track_create"), good | wrong)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(wrong))


def test_what_is_for_families_never_comes_along(officer):
    own, families = learning(), ActivityFactory()
    facts = {"title": "Mijn", "text": "x", "is_online": True, "activities": [own, families]}
    assert list(keep_track(track=SupportTrack(), **facts, by=officer, now=NOW).activities.all()) == [own]


def test_a_professional_sees_it_with_moments_and_her_own_sign_up(client, coordinator):
    activity = learning(title="Leerlab", registration_mode="required", channels=["online"])
    soon = timezone.now() + dt.timedelta(days=3)
    mine, other = (
        SessionFactory(activity=activity, original_start=soon + dt.timedelta(days=day)) for day in (0, 7)
    )
    RegistrationFactory(session=mine, email=coordinator.email, contact_key=coordinator.email)
    track = make_track(activity, ActivityFactory(title="Babymassage"))
    client.force_login(coordinator)
    page = client.get(at("detail", track)).content.decode()
    assert "Leerlab" in page
    assert "ingeschreven" in page
    assert reverse("learning_sign_up", args=[other.pk]) in page
    assert reverse("learning_sign_up", args=[mine.pk]) not in page
    assert "Babymassage" not in page
    assert "Wijzig" not in page.partition("<main")[2]


def test_what_is_not_online_is_there_for_who_makes_it(client, coordinator, officer):
    track = make_track(is_online=False)
    client.force_login(coordinator)
    assert client.get(at("detail", track)).status_code == 404
    assert "Er is nog geen traject." in client.get(LIST).content.decode()
    client.force_login(officer)
    assert "nog niet zichtbaar" in client.get(LIST).content.decode()
    assert "In dit traject zit nu niets." in client.get(at("detail", track)).content.decode()


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_three_cost_as_much_as_one(client, officer):
    client.force_login(officer)
    soon = timezone.now() + dt.timedelta(days=3)
    track = make_track(SessionFactory(activity=learning(), original_start=soon).activity)
    pages = [LIST, at("detail", track)]
    one = [queries(client, page) for page in pages]
    for _ in range(2):
        more = SessionFactory(activity=learning(), original_start=soon).activity
        track.activities.add(more)
        make_track(more)
    assert [queries(client, page) for page in pages] == one


def test_who_may_not_is_refused(client, coordinator, officer):
    track = make_track()
    client.force_login(coordinator)
    for name in ("edit", "remove"):
        assert client.post(at(name, track)).status_code == 403
    assert client.get(reverse("track_create")).status_code == 403
    client.force_login(UserFactory())
    assert (client.get(LIST).status_code, client.get(at("detail", track)).status_code) == (403, 403)
    client.logout()
    assert client.get(LIST).url.startswith("/aanmelden/")
    client.force_login(officer)
    assert client.get(at("remove", track)).status_code == 405
