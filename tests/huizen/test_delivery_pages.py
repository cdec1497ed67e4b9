"""`/beheer/post/`: who follows delivery sees the mail of her Houses, and can send one again with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse

from huizen.models import Category, DeliveryAttempt, Event, Message, PlannedMessage, Suppression
from huizen.outbox.suppression import suppress
from huizen.outbox.tick import tick
from huizen.outbox.tile import undelivered
from huizen.roles import Role
from tests.factories import NOW, HouseFactory, MembershipFactory, UserFactory
from tests.huizen.letters import Clock, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter_template")]
State = Message.State
LIST = "/beheer/post/"


@pytest.fixture
def house():
    return HouseFactory(name="Huis Eén")


@pytest.fixture
def coordinator(house, client):
    user = MembershipFactory(house=house, role=Role.COORDINATOR).user
    client.force_login(user)
    return user


def planned(house, key="p", **facts):
    facts = {"state": "planned", "due_at": NOW, "expires_at": NOW + timedelta(hours=3)} | facts
    return PlannedMessage.objects.create(
        key=key,
        kind="proef",
        category=Category.SESSION_REMINDER,
        subject_type="x",
        subject_id="1",
        recipient=f"{key}@voorbeeld.example",
        house=house,
        **facts,
    )


def ended(house, state, key="a", **facts):
    message = queue(key, house=house, **facts)
    Message.objects.filter(pk=message.pk).update(state=state, reason="geweigerd: 550", sent_at=NOW)
    message.refresh_from_db()
    return message


def detail(message):
    return reverse("delivery_detail", args=[message.pk])


def test_the_list_shows_the_mail_of_her_own_houses(client, coordinator, house):
    queue("een", house=house)
    queue("ander", house=HouseFactory())
    queue("niemand")
    answer = client.get(LIST)

    assert [row.recipient for row in answer.context["page"]] == ["een@voorbeeld.example"]
    assert "een@voorbeeld.example" in answer.text


def test_the_reminders_that_will_leave_are_a_page_of_their_own(client, coordinator, house):
    planned(house, "een")
    planned(HouseFactory(), "ander")
    answer = client.get(LIST + "gepland/")
    assert [row.recipient for row in answer.context["page"]] == ["een@voorbeeld.example"]


def test_the_reminders_to_come_begin_with_the_soonest(client, coordinator, house):
    planned(house, "morgen", due_at=NOW + timedelta(days=1))
    planned(house, "straks")
    order = [row.key for row in client.get(LIST + "gepland/", {"toestand": "planned"}).context["page"]]
    assert order == ["straks", "morgen"]
    assert [row.key for row in client.get(LIST + "gepland/").context["page"]] == ["morgen", "straks"]


def test_a_state_is_a_filter_and_nonsense_is_none(client, coordinator, house):
    ended(house, State.FAILED)
    queue("b", house=house)
    assert [row.key for row in client.get(LIST, {"toestand": "failed"}).context["page"]] == ["a"]
    assert len(client.get(LIST, {"toestand": "x\x00"}).context["page"]) == 2
    assert [n for _, _, n in client.get(LIST).context["choices"]] == [1, 1]


@pytest.mark.parametrize("number", ["9999999", "0", "-1", "x", "9" * 400])
def test_a_page_that_does_not_exist_is_one_that_does(client, coordinator, house, number):
    queue("a", house=house)
    assert client.get(LIST, {"pagina": number}).status_code == 200


@pytest.mark.parametrize("address", [LIST, LIST + "gepland/"])
def test_three_rows_ask_no_more_than_one(client, coordinator, house, address, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = []
    for number in (1, 2):
        for key in range(number):
            queue(f"{number}-{key}", house=house)
            planned(house, f"{number}-{key}")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_one_mail_shows_every_try_with_the_answer_of_the_server(client, coordinator, house):
    message = ended(house, State.FAILED)
    DeliveryAttempt.objects.create(
        message=message, number=1, started_at=NOW, outcome="permanent", smtp_code=550, text="5.1.1 onbekend"
    )
    answer = client.get(detail(message))
    assert "550 5.1.1 onbekend" in answer.text
    assert "Geweigerd: 550" in answer.text


def test_a_mail_that_failed_goes_again_written_anew_with_a_reason(client, coordinator, house, smtp_sink):
    message = ended(house, State.FAILED)
    suppress(message.recipient, reason=Suppression.Reason.HARD_BOUNCE, now=NOW)
    answer = client.post(detail(message), {"reason": "Adres verbeterd"})

    assert answer.url == detail(message)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.body_mime) == (State.QUEUED, 0, None)
    event = Event.objects.get()
    assert (event.verb, event.reason, event.actor) == ("resent", "Adres verbeterd", coordinator)
    assert "@" not in event.subject_label
    assert tick(clock=Clock(message.not_before)) == {State.SENT: 1}


def test_a_mail_that_may_have_arrived_goes_again_with_the_same_bytes(client, coordinator, house, smtp_sink):
    message = queue(house=house, policy=Message.Policy.AT_MOST_ONCE)
    smtp_sink.hang_ups = 1
    tick(clock=Clock())
    client.post(detail(message), {"reason": "Niets gekregen"})
    message.refresh_from_db()
    tick(clock=Clock(message.not_before))

    assert len(smtp_sink.accepted) == 2
    assert len({mail.raw for mail in smtp_sink.accepted}) == 1


def test_who_wants_no_mail_is_left_alone_whoever_sends_again(client, coordinator, house):
    message = ended(house, State.UNKNOWN)
    suppress(message.recipient, reason=Suppression.Reason.UNSUBSCRIBED, now=NOW)
    answer = client.post(detail(message), {"reason": "Toch"}, follow=True)
    message.refresh_from_db()
    assert message.state == State.UNKNOWN
    assert "Deze persoon wil deze berichten niet meer." in answer.text


def test_without_a_reason_nothing_happens_and_the_page_says_so(client, coordinator, house):
    message = ended(house, State.FAILED)
    answer = client.post(detail(message), {"reason": " "})
    message.refresh_from_db()
    assert (answer.status_code, message.state) == (200, State.FAILED)
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    ("state", "facts", "words"),
    [
        (State.QUEUED, {}, "Dit bericht is nog onderweg."),
        (State.FAILED, {"expires_at": NOW}, "Dit bericht heeft geen zin meer: het is te laat."),
        (State.SENT, {"recipient": ""}, "De tekst en het adres van dit bericht zijn gewist."),
    ],
)
def test_what_cannot_go_again_says_why(client, coordinator, house, state, facts, words):
    message = ended(house, state, **facts)
    assert words in client.get(detail(message)).text
    answer = client.post(detail(message), {"reason": "Toch"}, follow=True)
    message.refresh_from_db()
    assert message.state == state
    assert words in answer.text


def test_looking_changes_nothing(client, coordinator, house):
    message = ended(house, State.FAILED)
    client.get(detail(message))
    client.head(detail(message))
    message.refresh_from_db()
    assert message.state == State.FAILED


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_mail_of_another_house_is_not_there(client, coordinator, method):
    message = ended(HouseFactory(), State.FAILED)
    assert getattr(client, method)(detail(message), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("address", [LIST, LIST + "gepland/"])
def test_only_reading_and_only_who_follows_delivery(client, house, address):
    assert client.get(address).url.startswith("/aanmelden/")
    client.force_login(MembershipFactory(house=house, role=Role.PARTNER_EDITOR).user)
    assert client.get(address).status_code == 403
    client.force_login(MembershipFactory(house=house, role=Role.STAFF).user)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


def test_who_keeps_the_portal_sees_all_mail_also_of_no_house(client, house):
    client.force_login(UserFactory(is_superuser=True))
    queue("een", house=house)
    queue("code", category=Category.ACCOUNT)
    assert len(client.get(LIST).context["page"]) == 2
    assert client.get(LIST + "gepland/").status_code == 200


def test_the_desk_says_which_mail_did_not_arrive(coordinator, house):
    assert list(undelivered(coordinator, NOW)) == []
    ended(house, State.FAILED)
    ended(house, State.SENT, "b")
    ended(HouseFactory(), State.FAILED, "c")
    tiles = list(undelivered(coordinator, NOW))
    assert [(tile.text, tile.count) for tile in tiles] == [
        ("1 bericht kwam misschien niet aan. Bel deze mensen.", 1)
    ]
    assert list(undelivered(coordinator, NOW + timedelta(days=8))) == []
    assert list(undelivered(UserFactory(), NOW)) == []
