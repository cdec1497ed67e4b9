"""Two people save the same offer: the second sees both versions, keeps what she typed, and chooses."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from activities.actions import offer
from activities.actions.offer import ConflictError, change_activity
from activities.models import Activity
from tests.activities.offer_forms import typed_again as typed
from tests.factories import NOW, ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(house):
    return ActivityFactory(house=house, title="Zingen", summary="Zing mee.", age_max=300)


def other_saves(activity, by, **facts):
    row = Activity.objects.get(pk=activity.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    change_activity(activity=row, seen_at=None, by=by, now=NOW + dt.timedelta(minutes=1))


def post(client, activity, **sent):
    return client.post(reverse("offer_edit", args=[activity.pk]), sent)


def choices(response):
    return {one.name: (one.theirs, one.mine, one.kept) for one in response.context["both"]}


def said(activity):
    row = Activity.objects.get(pk=activity.pk)
    return row.title, row.summary


def test_the_second_sees_both_and_nothing_is_overwritten(client, activity, coordinator):
    client.force_login(coordinator)
    form = typed(activity, title="Koken", summary="Kook mee.")
    other_saves(activity, coordinator, title="Dansen", bring="Sloffen.")
    response = post(client, activity, **form)
    assert choices(response) == {
        "title": ("Dansen", "Koken", ""),
        "summary": ("Zing mee.", "Kook mee.", "mijn"),
        "bring": ("Sloffen.", "", "ander"),
    }
    assert response.context["form"]["title"].value() == "Koken"
    assert said(activity) == ("Dansen", "Zing mee.")


def test_she_chooses_for_each_place(client, activity, coordinator):
    client.force_login(coordinator)
    form = typed(activity, title="Koken", summary="Kook mee.")
    other_saves(activity, coordinator, title="Dansen", languages=["fr", "nl"], childcare=True)
    shown = post(client, activity, **form)
    form |= {
        "seen_at": shown.context["form"]["seen_at"].value(),
        "botsing": list(choices(shown)),
        "keuze-title": "ander",
        "keuze-summary": "mijn",
        "keuze-languages": "ander",
        "keuze-childcare": "ander",
    }
    assert post(client, activity, **form).status_code == 302
    row = Activity.objects.get(pk=activity.pk)
    assert (row.title, row.summary, row.languages, row.childcare) == (
        "Dansen",
        "Kook mee.",
        ["fr", "nl"],
        True,
    )


def test_a_place_without_a_choice_is_asked_again_and_what_she_typed_stays(client, activity, coordinator):
    client.force_login(coordinator)
    form = typed(activity, title="Koken", summary="Kook mee.")
    other_saves(activity, coordinator, title="Dansen", summary="Dans mee.")
    shown = post(client, activity, **form)
    form |= {
        "seen_at": shown.context["form"]["seen_at"].value(),
        "botsing": ["title", "summary"],
        "keuze-summary": "ander",
    }
    again = post(client, activity, **form)
    assert choices(again)["title"] == ("Dansen", "Koken", "")
    assert choices(again)["summary"][2] == "ander"
    assert "Kies bij elk verschil" in again.content.decode()
    assert said(activity) == ("Dansen", "Dans mee.")


def test_a_third_change_while_she_chooses_is_shown_too(client, activity, coordinator):
    client.force_login(coordinator)
    form = typed(activity, title="Koken")
    other_saves(activity, coordinator, title="Dansen")
    shown = post(client, activity, **form)
    Activity.objects.filter(pk=activity.pk).update(title="Turnen", changed_at=NOW + dt.timedelta(minutes=2))
    form |= {"seen_at": shown.context["form"]["seen_at"].value(), "botsing": ["title"], "keuze-title": "mijn"}
    assert choices(post(client, activity, **form))["title"][0] == "Turnen"


def test_only_another_state_is_no_conflict(client, activity, coordinator):
    client.force_login(coordinator)
    other_saves(activity, coordinator, title="Dansen")
    row = Activity.objects.get(pk=activity.pk)
    form = typed(row, title="Koken")
    offer.check_activity(activity=row, by=coordinator, now=NOW + dt.timedelta(minutes=5))
    assert post(client, activity, **form).status_code == 302
    assert said(activity)[0] == "Koken"


def test_forged_choices_change_nothing_that_is_no_field(client, activity, coordinator):
    client.force_login(coordinator)
    form = typed(activity) | {
        "botsing": ["status", "pk", "x" * 500],
        "keuze-status": "ander",
        "keuze-pk": "ander",
    }
    assert post(client, activity, **form).status_code == 200
    assert Activity.objects.get(pk=activity.pk).status == "published"


def race(activity, users, *, blind):
    """Two people save at once what both opened at the same time; how many were stopped."""
    start = Barrier(2)
    seen = None if blind else activity.changed_at

    def save(number):
        row = Activity.objects.get(pk=activity.pk)
        setattr(row, ("title", "summary")[number], "Gewijzigd")
        start.wait()
        try:
            change_activity(
                activity=row, seen_at=seen, by=users[number], now=NOW + dt.timedelta(minutes=number + 1)
            )
        except ConflictError:
            return 1
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(save, range(2)))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_stopped(activity, coordinator):
    assert race(activity, [coordinator, coordinator], blind=False) == 1
    assert said(activity) in {("Gewijzigd", "Zing mee."), ("Zingen", "Gewijzigd")}


@pytest.mark.django_db(transaction=True)
def test_without_what_was_seen_one_of_the_two_is_lost(activity, coordinator):
    """The negative control: both get through, and the last one wipes out the first."""
    assert race(activity, [coordinator, coordinator], blind=True) == 0
    assert said(activity) in {("Gewijzigd", "Zing mee."), ("Zingen", "Gewijzigd")}
