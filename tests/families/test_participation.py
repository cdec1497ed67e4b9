"""Parents take part: an idea without an account, and what a House does with it."""

import datetime as dt

import pytest
from django.utils import timezone

from families.actions.participation import forget_ideas
from families.dashboard import ideas_to_read
from families.models import Idea, Talk
from families.participation import QUESTION
from huizen.models import Event, House
from huizen.roles import Role
from huizen.throttle import MOST
from tests.factories import NOW, HouseFactory, IdeaFactory, MembershipFactory, TalkFactory

pytestmark = pytest.mark.django_db
PAGE = "/huizen/mol/meedenken/"


@pytest.fixture
def house():
    return HouseFactory(slug="mol", name="Baldemore")


@pytest.fixture
def coordinator(house):
    return MembershipFactory(house=house).user


def html(client, path):
    return client.get(path).content.decode()


# A parent.
def test_a_parent_gives_an_idea_without_an_account(client, house, coordinator):
    assert QUESTION in html(client, PAGE)
    answer = client.post(PAGE, {"text": "Een plek voor buggy's."})
    assert (answer.status_code, answer.url) == (302, PAGE)
    idea = Idea.objects.get()
    assert (idea.house, idea.text, idea.state) == (house, "Een plek voor buggy's.", "new")
    assert [(event.verb, event.actor) for event in Event.objects.all()] == [("idea", None)]
    assert [tile.count for tile in ideas_to_read(coordinator, NOW)] == [1]
    assert "buggy" not in html(client, PAGE)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Schrijf wat je denkt."),
        ({"text": "  "}, "Schrijf wat je denkt."),
        ({"text": "x" * 601}, "600"),
        ({"text": "Hallo", "laat_leeg": "x"}, "Maak dit veld leeg"),
    ],
)
def test_a_wrong_form_says_what_to_mend(client, house, typed, sentence):
    answer = client.post(PAGE, {"laat_leeg": "", **typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Idea.objects.exists()


def test_who_comes_too_often_is_stopped(client, house):
    for _ in range(MOST):
        assert client.post(PAGE, {"text": "Hallo"}).status_code == 302
    answer = client.post(PAGE, {"text": "Hallo daar"})
    assert answer.status_code == 429
    assert "Hallo daar" in answer.content.decode()


def test_a_hidden_house_hears_nobody(client):
    HouseFactory(slug="mol", is_published=False)
    assert client.get(PAGE).status_code == 404
    assert client.put("/huizen/mol/meedenken/").status_code == 405


# What parents see.
def test_only_what_the_house_shows_stands_on_its_pages(client, house):
    IdeaFactory(house=house, text="Getoond idee", state="shown", answer="We kochten een rek.")
    IdeaFactory(house=house, text="Geheim idee", state="read")
    TalkFactory(house=house, heard="Het is koud.", done="De verwarming staat aan.", is_public=True)
    TalkFactory(house=house, heard="Geheim gesprek")
    IdeaFactory(text="Ander Huis", state="shown")
    for path in (PAGE, "/huizen/mol/"):
        page = html(client, path)
        told = ["Getoond idee", "We kochten een rek.", "Het is koud.", "De verwarming staat aan.", QUESTION]
        assert [words for words in told if words not in page] == []
        assert [words for words in ["Geheim", "Ander Huis"] if words in page] == []


def test_the_page_takes_the_same_queries_for_one_and_three(client, house, django_assert_num_queries):
    for number in (1, 2):
        for _ in range(number):
            IdeaFactory(house=house, state="shown")
            TalkFactory(house=house, is_public=True)
        with django_assert_num_queries(3):
            client.get(PAGE)


# A House.
def test_a_house_answers_shows_and_hides(client, house, coordinator):
    idea = IdeaFactory(house=house)
    client.force_login(coordinator)
    path = f"/beheer/meedenken/idee/{idea.pk}/"
    assert "Een plek voor buggy" in html(client, path)
    for shown, state in [("on", "shown"), ("", "read")]:
        answer = client.post(path, {"answer": "We kochten een rek.", **({"shown": shown} if shown else {})})
        assert (answer.status_code, answer.url) == (302, "/beheer/meedenken/")
        idea.refresh_from_db()
        assert (idea.state, idea.answer, idea.text) == (
            state,
            "We kochten een rek.",
            "Een plek voor buggy's.",
        )
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["shown", "unshown"]
    assert list(ideas_to_read(coordinator, NOW)) == []


def test_a_house_logs_a_talk_and_says_later_what_it_did(client, house, coordinator):
    client.force_login(coordinator)
    facts = {"house": house.pk, "held_on": "2026-03-04", "place": "Pleintje", "heard": "Het is koud."}
    assert client.post("/beheer/meedenken/gesprek/nieuw/", facts).status_code == 302
    talk = Talk.objects.get()
    later = {**facts, "done": "De verwarming staat aan.", "is_public": "on"}
    assert client.post(f"/beheer/meedenken/gesprek/{talk.pk}/", later).status_code == 302
    talk.refresh_from_db()
    assert (talk.house, talk.done, talk.is_public) == (house, "De verwarming staat aan.", True)


@pytest.mark.parametrize("day", ["1850-01-01", "2100-01-01", "gisteren"])
def test_a_talk_on_an_absurd_day_is_asked_again(client, house, coordinator, day):
    client.force_login(coordinator)
    facts = {"house": house.pk, "held_on": day, "place": "Pleintje", "heard": "Het is koud."}
    answer = client.post("/beheer/meedenken/gesprek/nieuw/", facts)
    assert answer.status_code == 422
    assert "Het is koud." in answer.content.decode()
    assert not Talk.objects.exists()


def test_a_house_asks_its_own_question(client, house, coordinator):
    client.force_login(coordinator)
    path = "/beheer/meedenken/vraag/mol/"
    assert QUESTION in html(client, path)
    assert client.post(path, {"question": "Wat mis je in de zomer?"}).status_code == 302
    assert "Wat mis je in de zomer?" in html(client, "/huizen/mol/")
    assert House.objects.get().checked_on is None
    assert client.post(path, {"question": "x" * 161}).status_code == 422


def test_other_houses_and_other_roles_are_kept_out(client, house):
    idea, talk = IdeaFactory(house=house), TalkFactory(house=house)
    paths = [
        f"/beheer/meedenken/idee/{idea.pk}/",
        f"/beheer/meedenken/gesprek/{talk.pk}/",
        "/beheer/meedenken/vraag/mol/",
    ]
    other = MembershipFactory()
    client.force_login(other.user)
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert list(client.get("/beheer/meedenken/").context["page"]) == []
    facts = {"house": house.pk, "held_on": "2026-03-04", "place": "Pleintje", "heard": "Koud"}
    assert client.post("/beheer/meedenken/gesprek/nieuw/", facts).status_code == 422
    client.force_login(MembershipFactory(house=house, role=Role.PARTNER_EDITOR).user)
    assert [client.get(path).status_code for path in paths] == [403, 403, 403]


def test_the_list_shows_the_unread_first_with_the_same_queries(
    client, house, coordinator, django_assert_max_num_queries
):
    client.force_login(coordinator)
    shown = IdeaFactory(house=house, state="shown", created_at=NOW + dt.timedelta(days=1))
    new = IdeaFactory(house=house)
    assert list(client.get("/beheer/meedenken/").context["page"]) == [new, shown]
    for _ in range(2):
        IdeaFactory(house=house)
        TalkFactory(house=house)
        with django_assert_max_num_queries(7):
            client.get("/beheer/meedenken/")


def test_ideas_are_forgotten_after_two_years():
    IdeaFactory(created_at=NOW - dt.timedelta(days=731))
    kept = IdeaFactory(created_at=NOW)
    assert forget_ideas(before=NOW - dt.timedelta(days=730), now=timezone.now()) == 1
    assert list(Idea.objects.all()) == [kept]
