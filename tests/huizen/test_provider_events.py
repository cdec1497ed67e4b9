"""What a mail provider tells by its webhook: proven to be theirs, heard once, in any order."""

import hashlib
import hmac
import json
import secrets
from base64 import b64encode

import pytest

from huizen.models import DeliveryEvent, Message, Suppression
from huizen.outbox.tick import tick
from tests.factories import NOW
from tests.huizen.letters import Clock, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter_template")]
State = Message.State
KEY, AN = "sleutel", "an@voorbeeld.example"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.MAIL_PROVIDER = "mailgun"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY, "WEBHOOK_SECRET": ""}


@pytest.fixture
def sent(smtp_sink):
    message = queue("a", recipient=AN)
    tick(clock=Clock())
    message.refresh_from_db()
    return message


def mailgun(client, mail, *, event="failed", key=KEY, number="e1", **facts):
    token, stamp = secrets.token_hex(25), str(int(NOW.timestamp()))
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    data = {
        "event": event,
        "severity": "permanent",
        "reason": "bounce",
        "id": number,
        "timestamp": NOW.timestamp(),
        "recipient": AN,
        "message": {"headers": {"message-id": mail.message_id.strip("<>")}},
        "delivery-status": {"code": 550, "message": "5.1.1 no such user"},
    } | facts
    body = {"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": data}
    return client.post("/terugmelding/mailgun/", json.dumps(body), content_type="application/json")


def test_the_same_telling_three_times_and_out_of_order_is_one_event(client, sent):
    """F42."""
    for _ in range(3):
        assert mailgun(client, sent).status_code == 204
    mailgun(client, sent, event="delivered", number="e0")
    sent.refresh_from_db()
    assert (sent.state, DeliveryEvent.objects.count()) == (State.BOUNCED, 2)
    assert Suppression.objects.get().reason == "hard_bounce"


def test_who_cannot_sign_is_refused_and_changes_nothing(client, sent):
    """F42."""
    assert mailgun(client, sent, key="geraden").status_code == 400
    sent.refresh_from_db()
    assert (sent.state, DeliveryEvent.objects.count()) == (State.SENT, 0)


def test_a_temporary_trouble_is_told_and_changes_no_state(client, sent):
    mailgun(client, sent, severity="temporary")
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert DeliveryEvent.objects.get().kind == "delayed"


def test_a_complaint_keeps_the_address_away(client, sent):
    mailgun(client, sent, event="complained")
    sent.refresh_from_db()
    assert (sent.state, Suppression.objects.get().reason) == (State.COMPLAINED, "complaint")


@pytest.mark.parametrize("event", ["opened", "clicked", "unsubscribed", "iets-nieuws"])
def test_what_we_do_not_follow_is_not_kept(client, sent, event):
    assert mailgun(client, sent, event=event).status_code == 204
    assert DeliveryEvent.objects.count() == 0


def test_a_mail_that_we_did_not_send_still_says_that_an_address_is_gone(client, sent):
    mailgun(client, sent, message={"headers": {"message-id": "anders@mailgun.example"}})
    sent.refresh_from_db()
    assert (sent.state, DeliveryEvent.objects.get().message) == (State.SENT, None)
    assert Suppression.objects.count() == 1


def postmark(client, event, secret="naam:geheim"):
    head = {"Authorization": "Basic " + b64encode(secret.encode()).decode()}
    return client.post(
        "/terugmelding/postmark/", json.dumps(event), content_type="application/json", headers=head
    )


@pytest.mark.parametrize(("kind", "expected"), [("HardBounce", "hard_bounce"), ("SoftBounce", "soft_bounce")])
def test_a_provider_that_proves_itself_by_a_password(client, settings, kind, expected):
    settings.MAIL_PROVIDER, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": "naam:geheim"}
    told = {"RecordType": "Bounce", "ID": 7, "Type": kind, "Email": AN, "BouncedAt": "2026-03-04T09:00:00Z"}
    assert postmark(client, told, secret="naam:fout").status_code == 400
    assert postmark(client, told).status_code == 204
    assert DeliveryEvent.objects.get().kind == expected


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', "null", '{"RecordType": "Bounce"}'])
def test_nonsense_from_the_provider_is_no_fault_of_ours(client, settings, body):
    settings.MAIL_PROVIDER, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": "naam:geheim"}
    head = {"Authorization": "Basic " + b64encode(b"naam:geheim").decode()}
    answer = client.post("/terugmelding/postmark/", body, content_type="application/json", headers=head)
    assert answer.status_code in {204, 400}
    assert DeliveryEvent.objects.count() == 0


def test_another_provider_than_that_of_the_settings_is_not_there(client, settings):
    assert postmark(client, {}).status_code == 404
    settings.MAIL_PROVIDER = ""
    assert client.post("/terugmelding/mailgun/").status_code == 404
    assert client.get("/terugmelding/mailgun/").status_code == 405
