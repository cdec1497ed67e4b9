"""Following a House or a search: the letter box itself says yes, nobody learns of an address, one tap ends it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from activities.actions import follow
from activities.actions.follow import (
    Followed,
    ask_to_follow,
    confirm_follow,
    end_follow,
    forget_follows,
    why_not,
)
from activities.models import Follow
from activities.saved_search import read_search
from huizen import throttle
from huizen.models import Message
from huizen.outbox.kinds import kind_named
from tests.factories import NOW, FollowFactory, HouseFactory, LocalityFactory, UserFactory

pytestmark = pytest.mark.django_db
AN = {"email": "An@Voorbeeld.example"}


@pytest.fixture
def mol():
    return HouseFactory(slug="mol", name="Huis van het Kind Mol")


def mails():
    return list(Message.objects.order_by("created_at", "template"))


def link(message) -> str:
    return "/" + message.context["link"].split("/", 3)[3]


def test_the_letter_box_says_yes_before_anything_is_sent(client, mol):
    assert "Huis van het Kind Mol" in client.get("/volgen/?huis=mol").content.decode()
    assert client.post("/volgen/?huis=mol", AN).url == "/volgen/gevraagd/"
    (row,) = Follow.objects.all()
    assert (row.email, row.house, row.confirmed_at) == ("an@voorbeeld.example", mol, None)
    (mail,) = mails()
    assert (mail.template, mail.recipient, mail.category) == (
        "follow_confirm",
        "an@voorbeeld.example",
        "follow",
    )
    assert "Wil je elke week een mail?" in client.get(link(mail)).content.decode()
    row.refresh_from_db()
    assert row.confirmed_at is None
    client.post(link(mail), {"wat": "bevestig"})
    row.refresh_from_db()
    assert row.confirmed_at is not None
    assert "Je volgt: Huis van het Kind Mol" in client.get(link(mail)).content.decode()


def test_every_address_gets_the_same_answer(client, mol):
    FollowFactory(email="kent@voorbeeld.example", house=mol)
    answers = [
        client.post("/volgen/?huis=mol", {"email": email}, follow=True)
        for email in ("kent@voorbeeld.example", "nieuw@voorbeeld.example")
    ]
    assert answers[0].content == answers[1].content
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert {mail.template for mail in mails()} == {"follow_known", "follow_confirm"}


def test_asking_again_is_one_mail_a_day(client, mol):
    for _ in range(3):
        client.post("/volgen/?huis=mol", AN)
    assert (Follow.objects.count(), Message.objects.count()) == (1, 1)


def test_a_machine_that_types_one_address_gets_no_further(client):
    for number in range(8):
        HouseFactory(slug=f"h{number}")
        assert client.post(f"/volgen/?huis=h{number}", AN).url == "/volgen/gevraagd/"
    assert Message.objects.count() == follow.MOST_OPEN


def test_too_many_forms_of_one_visitor_get_a_sentence(client, mol, monkeypatch):
    monkeypatch.setattr(throttle, "MOST", 1)
    client.post("/volgen/?huis=mol", AN)
    answer = client.post("/volgen/?huis=mol", {"email": "bob@voorbeeld.example"})
    assert answer.status_code == 429
    assert "Wacht tien minuten." in answer.content.decode()
    assert "bob@voorbeeld.example" in answer.content.decode()
    assert Follow.objects.count() == 1


@pytest.mark.parametrize("email", ["", "geen adres", "a@b\x00.be", "x" * 300 + "@voorbeeld.example"])
def test_a_wrong_address_gets_a_sentence_and_changes_nothing(client, mol, email):
    answer = client.post("/volgen/?huis=mol", {"email": email})
    assert answer.status_code == 422
    assert not Follow.objects.exists()


def test_a_search_is_followed_in_one_spelling_with_its_words(client):
    LocalityFactory(postcode="2400", name="Mol", municipality__name="Mol")
    for query in ("gratis=1&plaats=2400&pagina=3&element=", "plaats=2400-mol&volgorde=eerst&gratis=1"):
        client.post(f"/volgen/?{query}", AN)
    (row,) = Follow.objects.all()
    assert (row.query, row.label, row.house) == ("gratis=1&plaats=2400-mol", "Gratis, rond Mol", None)
    assert "/activiteiten/?gratis=1&amp;plaats=2400-mol" in client.get(link(mails()[0])).content.decode()


@pytest.mark.parametrize(
    "query",
    ["", "pagina=2", "onbekend=1", "gratis=misschien", "huis=bestaat-niet", "huis=%00", "q=" + "a" * 900],
)
def test_nothing_to_follow_gets_the_way_on(client, query):
    answer = client.get(f"/volgen/?{query}")
    assert (answer.status_code, "Wat wil je volgen?" in answer.content.decode()) == (404, True)


def test_a_house_that_parents_do_not_see_cannot_be_followed(client):
    HouseFactory(slug="verborgen", is_published=False)
    assert client.get("/volgen/?huis=verborgen").status_code == 404


@given(
    st.dictionaries(
        st.sampled_from(["q", "gratis", "leeftijd", "wanneer", "huis", "plaats", "dag"]),
        st.text(max_size=20),
        max_size=4,
    )
)
def test_any_address_is_a_search_or_none(asked):
    query = QueryDict(mutable=True)
    query.update(asked)
    search = read_search(query, now=NOW)
    assert search is None or read_search(QueryDict(search.query), now=NOW).query == search.query


def test_who_is_signed_in_follows_with_one_tap(client, mol):
    client.force_login(UserFactory(email="an@voorbeeld.example"))
    assert 'name="email"' not in client.get("/volgen/?huis=mol").content.decode()
    assert client.post("/volgen/?huis=mol", {"email": "ander@voorbeeld.example"}).url == "/mijn/#volgen"
    (row,) = Follow.objects.current()
    assert row.email == "an@voorbeeld.example"
    assert not Message.objects.exists()
    page = client.get("/mijn/").content.decode()
    assert "Huis van het Kind Mol" in page


def test_the_mail_program_of_a_parent_ends_it_by_one_post(client, mol):
    row = FollowFactory(house=mol)
    mail_program = Client(enforce_csrf_checks=True)
    path = follow.stop_path(row)
    assert "Wil je stoppen" in mail_program.get(path).content.decode()
    row.refresh_from_db()
    assert row.ended_at is None
    answer = mail_program.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    row.refresh_from_db()
    assert row.ended_at is not None
    ended = row.ended_at
    mail_program.post(path, {"List-Unsubscribe": "One-Click"})
    row.refresh_from_db()
    assert row.ended_at == ended


def test_a_person_ends_it_with_a_button_and_can_come_back(client, mol):
    row = FollowFactory(house=mol)
    assert client.post(follow.stop_path(row), {"wat": "stop"}).url == follow.manage_path(row)
    assert "Toch weer volgen" in client.get(follow.manage_path(row)).content.decode()
    client.post(follow.manage_path(row), {"wat": "bevestig"})
    row.refresh_from_db()
    assert (row.ended_at, row.covered_until > NOW) == (None, True)


def test_all_of_an_address_end_together_and_no_other(client):
    mine = [FollowFactory(email="an@voorbeeld.example") for _ in range(2)]
    other = FollowFactory()
    client.post(follow.manage_path(mine[0]), {"wat": "stop-alles"})
    assert list(Follow.objects.current()) == [other]


@pytest.mark.parametrize("name", ["follow_manage", "follow_stop"])
@pytest.mark.parametrize("token", ["1", "1~x", "\x00", "x" * 500])
def test_a_forged_link_opens_nothing(client, name, token):
    from django.urls import reverse

    path = reverse(name, args=[token])
    assert client.get(path).status_code == 404
    assert client.post(path, {"wat": "bevestig"}).status_code == 404


def test_a_link_for_something_else_opens_nothing(client):
    from huizen.links import sign

    row = FollowFactory()
    assert client.get(f"/volgen/{sign('registration', row.pk)}/").status_code == 404


def test_an_unknown_button_changes_nothing(client):
    row = FollowFactory()
    assert client.post(follow.manage_path(row), {"wat": "iets"}).status_code == 302
    assert Follow.objects.current().get() == row


def test_confirming_twice_is_once():
    row = FollowFactory(confirmed_at=None)
    first = confirm_follow(follow_id=row.pk, now=NOW)
    second = confirm_follow(follow_id=row.pk, now=NOW + dt.timedelta(days=1))
    assert first.confirmed_at == second.confirmed_at == NOW


def test_what_was_ended_is_asked_anew_and_not_sent_meanwhile(mol):
    row = FollowFactory(email="an@voorbeeld.example", house=mol, ended_at=NOW)
    ask_to_follow(email="an@voorbeeld.example", followed=Followed("Mol", house=mol), now=NOW)
    row.refresh_from_db()
    assert (row.ended_at, row.confirmed_at) == (None, None)
    assert not Follow.objects.current().exists()


def test_the_night_forgets_what_nobody_confirmed_and_what_was_ended():
    long_ago = NOW - dt.timedelta(days=8)
    FollowFactory(confirmed_at=None, created_at=long_ago)
    FollowFactory(ended_at=long_ago)
    kept = [
        FollowFactory(created_at=long_ago, confirmed_at=long_ago),
        FollowFactory(confirmed_at=None),
        FollowFactory(ended_at=NOW),
    ]
    assert forget_follows(before=NOW - dt.timedelta(days=7), now=NOW) == 2
    assert list(Follow.objects.order_by("pk")) == kept


def test_a_mail_about_what_was_ended_is_held_back(mol):
    ask_to_follow(email="an@voorbeeld.example", followed=Followed("Mol", house=mol), now=NOW)
    (mail,) = mails()
    assert kind_named(mail.kind).why_not(mail, NOW) == ""
    end_follow(follow_id=int(mail.subject_id), now=NOW)
    assert why_not(mail, NOW) == "volgt niet meer"


@pytest.mark.parametrize(
    "facts",
    [{"house": None, "query": ""}, {"query": "gratis=1"}, {"email": "An@voorbeeld.example"}],
    ids=["nothing", "two things", "capitals"],
)
def test_the_database_refuses_what_is_no_follow(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowFactory(**facts)


def test_the_database_keeps_each_address_and_thing_once():
    row = FollowFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowFactory(email=row.email, house=row.house)
    FollowFactory(email=row.email, house=None, query="gratis=1")
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowFactory(email=row.email, house=None, query="gratis=1")


def test_the_results_and_the_house_lead_to_it_and_set_no_cookie(client, mol):
    answer = client.get("/activiteiten/?gratis=1&pagina=1&q=")
    assert '/volgen/?gratis=1"' in answer.content.decode()
    assert not answer.cookies
    assert "/volgen/" not in client.get("/activiteiten/").content.decode()
    answer = client.get("/huizen/mol/")
    assert "/volgen/?huis=mol" in answer.content.decode()
    assert not answer.cookies
