"""Everything that we hold of a parent: to read, to take along, to correct, to erase at once."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from activities.models import FamilyCalendar, Follow, Participant, Registration, SavedActivity
from families import holdings
from huizen.models import Message, PlannedMessage, User
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.factories import (
    ChildFactory,
    FamilyCalendarFactory,
    FollowFactory,
    SavedActivityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def tomorrow(**facts):
    return a_moment(original_start=timezone.now() + dt.timedelta(days=1), **facts)


@pytest.fixture
def parent(client):
    """Somebody of whom everything is held that can be."""
    user = UserFactory(email="alice@voorbeeld.example", name="")
    client.force_login(user)
    family = ChildFactory(family__user=user, family__languages=["tr"], first_name="Emma").family
    SavedActivityFactory(family=family, activity__title="Samen zingen")
    FamilyCalendarFactory(family=family)
    FollowFactory(email=user.email, label="Huis van het Kind Mol")
    sign_up(tomorrow(activity={"title": "Babymassage"}), "Alice", now=timezone.now())
    return user


def test_all_of_it_can_be_read_with_the_way_to_change_it(client, parent):
    page = client.get("/mijn/gegevens/").content.decode()
    for words in (
        "alice@voorbeeld.example",
        "Emma",
        "Turks",
        "Samen zingen",
        "Huis van het Kind Mol",
        "Babymassage",
        "Kind 0",
        "Een geheim adres",
    ):
        assert words in page
    for path in ("/mijn/gezin/", "/bewaard/", "/mijn/"):
        assert f'<a href="{path}">Wijzig' in page


def test_all_of_it_comes_along(client, parent):
    data = json.loads(client.get("/mijn/gegevens.json").content)
    assert data["e-mailadres"] == parent.email
    assert [row["activiteit"] for row in data["inschrijvingen"]] == ["Babymassage"]
    assert data["inschrijvingen"][0]["kinderen"] == [{"voornaam": "Kind 0", "geboortemaand": ""}]
    assert [row["activiteit"] for row in data["bewaarde activiteiten"]] == ["Samen zingen"]
    assert [row["wat"] for row in data["wat je volgt"]] == ["Huis van het Kind Mol"]
    assert data["agenda-adres"]["geheim"] == FamilyCalendar.objects.get().secret
    assert data["talen"] == ["tr"]


def test_nothing_of_another_is_in_it(client, parent):
    sign_up(tomorrow(activity={"title": "Van Bob"}), "Bob")
    SavedActivityFactory(activity__title="Van Bob")
    FollowFactory(label="Van Bob")
    assert "Van Bob" not in client.get("/mijn/gegevens/").content.decode()
    assert "Van Bob" not in client.get("/mijn/gegevens.json").content.decode()


def test_who_has_nothing_sees_so(client):
    client.force_login(UserFactory())
    assert client.get("/mijn/gegevens/").content.decode().count("<p>Niets.</p>") == 5
    assert client.get("/mijn/gegevens.json").status_code == 200


def test_erasing_leaves_nothing_but_the_sign_ups_to_come(client, parent):
    Message.objects.filter(recipient=parent.email).update(state="sent", sent_at=timezone.now())
    client.post("/mijn/wissen/")
    assert not User.objects.filter(pk=parent.pk).exists()
    assert not SavedActivity.objects.exists()
    assert not FamilyCalendar.objects.exists()
    assert not Follow.objects.exists()
    assert not Message.objects.filter(recipient=parent.email).exists()
    kept = Registration.objects.get()
    assert (kept.state, kept.email, kept.family) == ("confirmed", parent.email, None)
    planned = PlannedMessage.objects.filter(state="planned").values_list("kind", flat=True)
    assert set(planned) <= {"session_reminder", "feedback_request"}


def test_erasing_with_the_sign_ups_gives_the_place_back_and_forgets_the_names(client, parent):
    session = Registration.objects.get().session
    client.post("/mijn/wissen/", {"ook": "inschrijvingen"})
    gone = Registration.objects.get()
    assert (gone.state, gone.name, gone.email, gone.contact_key) == ("cancelled", "", "", "")
    assert not Participant.objects.exists()
    assert counters(session) == (0, 0, 0)
    assert not PlannedMessage.objects.filter(state="planned").exists()


def test_what_is_over_is_forgotten_at_once(client, parent):
    session = Registration.objects.get().session
    session.starts_at, session.ends_at = (
        timezone.now() - dt.timedelta(hours=3),
        timezone.now() - dt.timedelta(hours=1),
    )
    session.save()
    client.post("/mijn/wissen/")
    assert Registration.objects.get().email == ""


def test_when_something_cannot_be_erased_nothing_is(client, parent, monkeypatch):
    def refuse(user, now, asked):
        raise holdings.CannotEraseError("Het is nu heel druk.")

    holding = holdings.Holding("proef", "Proef", "", lambda user, now: holdings.Held(), refuse, order=99)
    monkeypatch.setitem(holdings._holdings, "proef", holding)
    answer = client.post("/mijn/wissen/", {"ook": "inschrijvingen"}, follow=True)
    assert "Het is nu heel druk." in answer.content.decode()
    assert User.objects.filter(pk=parent.pk).exists()
    assert Follow.objects.exists()
    assert Registration.objects.get().state == "confirmed"


def test_the_question_is_asked_before_anything_goes(client, parent):
    page = client.get("/mijn/wissen/").content.decode()
    assert "Meld ons ook af voor alles wat nog komt." in page
    assert Follow.objects.exists()


@pytest.mark.parametrize("path", ["/mijn/gegevens/", "/mijn/gegevens.json", "/mijn/wissen/"])
def test_a_stranger_sees_none_of_it(client, path):
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_questions(client, number, django_assert_num_queries):
    user = UserFactory(email="alice@voorbeeld.example")
    client.force_login(user)
    family = ChildFactory(family__user=user).family
    for _ in range(number):
        ChildFactory(family=family)
        SavedActivityFactory(family=family)
        FollowFactory(email=user.email)
        sign_up(tomorrow(), "Alice")
    with django_assert_num_queries(11):
        client.get("/mijn/gegevens/")


def test_without_an_account_the_page_of_a_sign_up_says_what_is_held_and_erases_it(client):
    from activities.actions.registration_mail import manage_path

    row = sign_up(tomorrow(), "Alice", now=timezone.now())
    path = manage_path(row)
    page = client.get(path).content.decode()
    assert "Je e-mailadres: alice@voorbeeld.example" in page
    assert "Wis het nu" not in page
    client.post(path, {"wat": "wis"})
    row.refresh_from_db()
    assert row.email == "alice@voorbeeld.example"
    client.post(path, {"wat": "annuleer"})
    assert "Wis het nu" in client.get(path).content.decode()
    client.post(path, {"wat": "wis"})
    row.refresh_from_db()
    assert (row.email, row.name, row.participants.count()) == ("", "", 0)
    assert "Niets meer." in client.get(path).content.decode()
