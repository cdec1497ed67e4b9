"""Mail that comes back: read from the report, heard once in any order, and somebody is asked to call."""

import mailbox
import subprocess
import sys
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huizen.actions.bounce import Told, hear, hear_bounce, hear_maildir
from huizen.models import DeliveryEvent, Event, Message, Suppression
from huizen.outbox.bounce_mail import read_bounce
from huizen.outbox.return_path import message_of, return_path
from huizen.outbox.suppression import address_hash, suppress
from huizen.outbox.tick import tick
from huizen.outbox.tile import people_to_call, undelivered
from huizen.roles import Role
from tests.factories import NOW, HouseFactory, MembershipFactory, RegistrationFactory, UserFactory
from tests.huizen.letters import Clock, queue
from tests.huizen.reports import AN, report
from tests.processes import BASE, environment_for_children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter_template")]
State, Kind, Reason = Message.State, DeliveryEvent.Kind, Suppression.Reason


@pytest.fixture(autouse=True)
def bounce_address(settings):
    settings.BOUNCE_ADDRESS = "terug@portaal.example"


@pytest.fixture
def sent(smtp_sink):
    """A mail that the server took; the sender on its envelope is the way back."""
    message = queue("a", recipient=AN)
    tick(clock=Clock())
    message.refresh_from_db()
    assert smtp_sink.accepted[0].sender == return_path(message.pk)
    return message


def state_of(message):
    message.refresh_from_db()
    return message.state


def told(kind, message, number=1, at=NOW):
    return Told("proef", f"{kind}-{number}", kind, at, message=message.pk, text="550 5.1.1 onbekend")


def test_a_return_path_knows_its_message_and_nobody_makes_one_up(sent):
    path = return_path(sent.pk)
    assert len(path.partition("@")[0]) <= 64
    assert message_of(path) == message_of(f"<{path.upper()}>") == sent.pk
    for wrong in (
        path.replace(".", ".0", 1),
        "terug@portaal.example",
        "x",
        "",
        path.replace("terug", "ander"),
    ):
        assert message_of(wrong) is None


def test_without_an_address_to_come_back_to_the_sender_is_that_of_all_mail(settings, sent):
    settings.BOUNCE_ADDRESS = ""
    assert return_path(sent.pk) == "portaal@huizenportaal.example"
    assert message_of("terug+00@portaal.example") is None


@pytest.mark.parametrize(
    ("action", "status", "diagnostic", "kind"),
    [
        ("failed", "5.1.1", "smtp; 550 5.1.1 <an> unknown", Kind.HARD_BOUNCE),
        ("failed", "5.2.1", "smtp; 550 mailbox disabled", Kind.HARD_BOUNCE),
        ("failed", "5.4.4", "dns; no such domain", Kind.HARD_BOUNCE),
        ("failed", "5.0.0", "smtp; 550 No such user here", Kind.HARD_BOUNCE),
        ("failed", "5.2.2", "smtp; 552 5.2.2 mailbox full", Kind.SOFT_BOUNCE),
        ("failed", "5.7.1", "smtp; 554 5.7.1 spam", Kind.SOFT_BOUNCE),
        ("failed", "4.4.7", "smtp; 421 try later", Kind.SOFT_BOUNCE),
        ("delayed", "4.4.1", "smtp; 451 busy", Kind.DELAYED),
        ("delivered", "2.0.0", "", Kind.DELIVERED),
    ],
)
def test_a_report_says_what_became_of_the_mail(sent, action, status, diagnostic, kind):
    found = read_bounce(report(sent, action=action, status=status, diagnostic=diagnostic))
    assert (found.kind, found.message) == (kind, sent.pk)


def test_a_report_to_another_address_is_known_by_the_mail_that_it_quotes(sent):
    found = read_bounce(report(sent, to="postmaster@portaal.example"))
    assert (found.message, found.message_id) == (None, sent.message_id)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff",
        b"To: terug+x@portaal.example\n\nIk ben er niet.",
        b"Content-Type: multipart/report\n\n--",
    ],
)
def test_any_other_mail_is_no_bounce(raw):
    assert read_bounce(raw) is None
    assert hear_bounce(raw, now=NOW) is False


@given(
    raw=st.binary(max_size=400),
    head=st.sampled_from([b"", b"Content-Type: multipart/report; boundary=x\n\n--x\n"]),
)
def test_nothing_that_comes_in_breaks_the_reader(raw, head):
    read_bounce(head + raw)


def test_a_hard_bounce_ends_the_mail_and_keeps_the_address_away(sent, smtp_sink):
    """F30 by mail: twice in the box is one telling."""
    assert [hear_bounce(report(sent), now=NOW) for _ in range(2)] == [True, False]
    assert state_of(sent) == State.BOUNCED
    assert "5.1.1" in sent.reason
    assert DeliveryEvent.objects.get().kind == Kind.HARD_BOUNCE
    queue("b", recipient=AN)
    assert tick(clock=Clock()) == {State.SUPPRESSED: 1}


def test_three_soft_bounces_in_two_weeks_are_enough(settings):
    for number, days in enumerate([0, 20, 25, 27]):
        message = queue(f"k{number}", recipient=AN)
        at = NOW + timedelta(days=days)
        assert not Suppression.objects.exists()
        hear(told(Kind.SOFT_BOUNCE, message, number, at), now=at)
    assert Suppression.objects.get().reason == Reason.SOFT_BOUNCE


@pytest.mark.parametrize(
    ("tellings", "state"),
    [
        ([Kind.DELIVERED, Kind.HARD_BOUNCE], State.BOUNCED),
        ([Kind.HARD_BOUNCE, Kind.DELIVERED, Kind.DELAYED], State.BOUNCED),
        ([Kind.COMPLAINT, Kind.HARD_BOUNCE, Kind.DELIVERED], State.COMPLAINED),
        ([Kind.HARD_BOUNCE, Kind.COMPLAINT], State.COMPLAINED),
        ([Kind.DELAYED], State.SENT),
    ],
)
def test_in_whatever_order_it_is_told_a_state_never_goes_back(sent, tellings, state):
    """F42."""
    for kind in tellings * 3:
        hear(told(kind, sent), now=NOW)
    assert state_of(sent) == state
    assert DeliveryEvent.objects.count() == len(tellings)


def test_a_doubt_ends_when_the_provider_says_that_it_arrived():
    message = queue("a", recipient=AN)
    Message.objects.update(state=State.UNKNOWN)
    hear(told(Kind.DELIVERED, message), now=NOW)
    assert state_of(message) == State.SENT
    assert message.sent_at == NOW


def test_what_comes_back_before_the_answer_was_written_down_is_not_sent_again(smtp_sink):
    from huizen.outbox.claim import claim, record
    from huizen.outbox.prepare import prepare

    queue("a", recipient=AN)
    prepare(now=NOW)
    message = claim(now=NOW)
    hear(told(Kind.HARD_BOUNCE, message), now=NOW)
    assert record(message, state=State.SENT, outcome="accepted", now=NOW) is False
    assert state_of(message) == State.BOUNCED
    assert tick(clock=Clock(NOW + timedelta(hours=1))) == {}


def test_an_address_that_nobody_wrote_to_says_nothing():
    assert hear(Told("proef", "1", Kind.HARD_BOUNCE, NOW), now=NOW) is False
    assert DeliveryEvent.objects.count() == 0


def test_a_maildir_is_emptied_of_what_was_heard_and_keeps_the_rest(sent, tmp_path):
    box = mailbox.Maildir(tmp_path / "terug")
    box.add(report(sent))
    box.add(b"Subject: hallo\n\nDag\n")
    assert hear_maildir(str(tmp_path / "terug"), now=NOW) == 1
    assert hear_maildir(str(tmp_path / "terug"), now=NOW) == 0
    left = mailbox.Maildir(tmp_path / "terug")
    assert [mail["Subject"] for mail in left] == ["hallo"]
    assert state_of(sent) == State.BOUNCED


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_hands_it_over_by_a_pipe(sent):
    command = [sys.executable, "manage.py", "read_bounce"]
    environment = environment_for_children() | {"BOUNCE_ADDRESS": "terug@portaal.example"}
    for mail in (report(sent), b"Dag\n\nIk ben op reis."):
        subprocess.run(command, cwd=BASE, env=environment, input=mail, check=True)
    assert state_of(sent) == State.BOUNCED


# Who to call.
@pytest.fixture
def coordinator(client, house):
    user = MembershipFactory(house=house, role=Role.COORDINATOR).user
    client.force_login(user)
    return user


def gone(house, key="a", reason=Reason.HARD_BOUNCE, **facts):
    message = queue(key, house=house, **facts)
    suppress(message.recipient, reason=reason, now=NOW)
    return message


def test_the_desk_and_a_list_say_whom_to_call_with_the_number(client, coordinator, house):
    RegistrationFactory(
        session__activity__house=house, name="An Peeters", email="a@voorbeeld.example", phone="0470 12 34 56"
    )
    gone(house)
    gone(HouseFactory(), "ander")
    gone(house, "wil-niet", reason=Reason.UNSUBSCRIBED)
    [tile] = people_to_call(coordinator, NOW)
    assert (tile.count, tile.url) == (1, "/beheer/post/bellen/")
    text = client.get(tile.url).text
    assert "An Peeters" in text
    assert 'href="tel:0470 12 34 56"' in text
    assert "Adres bestaat niet" in text
    assert "ander@" not in text


def test_who_must_be_called_is_not_told_of_twice(coordinator, house):
    Message.objects.filter(pk=gone(house).pk).update(state=State.FAILED)
    assert list(undelivered(coordinator, NOW)) == []


def test_after_a_call_the_address_is_tried_again_and_the_count_begins_anew(
    client, coordinator, house, smtp_sink
):
    message = gone(house)
    DeliveryEvent.objects.create(
        provider="x", event_id="1", address_hash=message.address_hash, kind=Kind.SOFT_BOUNCE, at=NOW
    )
    answer = client.post(reverse("address_retry", args=[message.pk]), follow=True)
    assert "Vanaf nu vertrekt er weer post naar dit adres." in answer.text
    assert not Suppression.objects.exists()
    assert not DeliveryEvent.objects.filter(address_hash=address_hash(message.recipient)).exists()
    event = Event.objects.get()
    assert (event.verb, event.actor) == ("tried_again", coordinator)
    again = client.post(reverse("address_retry", args=[message.pk]), follow=True)
    assert "Naar dit adres vertrekt al opnieuw post." in again.text


def test_who_complained_is_left_alone(client, coordinator, house):
    message = gone(house, reason=Reason.COMPLAINT)
    assert "opnieuw-proberen" not in client.get("/beheer/post/bellen/").text
    client.post(reverse("address_retry", args=[message.pk]))
    assert Suppression.objects.get().reason == Reason.COMPLAINT


def test_only_who_follows_delivery_of_that_house(client, coordinator, house):
    other = gone(HouseFactory(), "ander")
    assert client.post(reverse("address_retry", args=[other.pk])).status_code == 404
    assert client.get(reverse("address_retry", args=[other.pk])).status_code == 405
    client.force_login(UserFactory())
    assert client.get("/beheer/post/bellen/").status_code == 403
    assert client.post(reverse("address_retry", args=[other.pk])).status_code == 403


def test_three_people_ask_no_more_than_one(client, coordinator, house):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = []
    for keys in (["a"], ["b", "c"]):
        for key in keys:
            gone(house, key)
        with CaptureQueriesContext(connection) as queries:
            client.get("/beheer/post/bellen/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
