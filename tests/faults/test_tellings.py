"""What mail providers, mailboxes and mail programs tell, at once, twice, in any order, forged; and each guard taken away."""

import threading
import uuid

import pytest
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from huizen import links
from huizen.actions import bounce
from huizen.actions.bounce import Told, hear
from huizen.models import Category, DeliveryEvent, Message, Preference, Suppression
from huizen.outbox.preferences import token_of
from huizen.outbox.suppression import address_hash
from tests.at_once import at_once
from tests.faults.mailroom import nothing_waits, queue, ring, until, waiting_for_us
from tests.huizen.test_provider_events import KEY, mailgun

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.usefixtures("short_lease_and_no_night"),
]
State = Message.State
AN = "an@voorbeeld.example"


def told(message, name="1", kind="hard_bounce"):
    return Told("proef", name, kind, timezone.now(), message=message.pk)


# F42: a provider repeats itself.
@pytest.fixture
def sent(celery_worker_process, smtp_sink):
    """A mail that a real worker gave to a real mail server."""
    message = queue(recipient=AN)
    celery_worker_process(concurrency=1)
    ring()
    until(nothing_waits)
    message.refresh_from_db()
    assert message.state == State.SENT
    return message


@pytest.fixture
def provider(settings):
    settings.MAIL_PROVIDER = "mailgun"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY, "WEBHOOK_SECRET": ""}


def tell_mailgun(sent, **facts):
    return lambda: mailgun(Client(raise_request_exception=False), sent, **facts).status_code


def test_a_webhook_that_is_replayed_at_once_and_later_is_one_event(sent, provider):
    """F42: three at the same moment, one more later, and "delivered" when all is over."""
    assert at_once([tell_mailgun(sent)] * 3, threads=3) == [204] * 3
    assert tell_mailgun(sent)() == 204
    assert tell_mailgun(sent, event="delivered", number="e0")() == 204
    sent.refresh_from_db()
    assert (sent.state, DeliveryEvent.objects.filter(kind="hard_bounce").count()) == (State.BOUNCED, 1)
    assert Suppression.objects.get().reason == "hard_bounce"


def heard_under_a_new_name(told, *, now):
    """The same telling, as if we did not know its name."""
    return hear(Told(**{**told.__dict__, "event_id": str(uuid.uuid4())}), now=now)


def test_the_same_telling_by_ten_at_once_is_one_event():
    """F42: ten soft bounces of one mail under one name do not close the address."""
    message = queue()
    acts = [lambda: hear(told(message, kind="soft_bounce"), now=timezone.now())] * 10
    assert sorted(at_once(acts, threads=10)) == [False] * 9 + [True]
    message.refresh_from_db()
    assert (message.state, DeliveryEvent.objects.count()) == (State.BOUNCED, 1)
    assert not Suppression.objects.exists()


def test_without_the_name_that_exists_once_the_same_ten_would_close_the_address():
    """F42n: the same, with the guard taken away."""
    message = queue()
    acts = [lambda: heard_under_a_new_name(told(message, kind="soft_bounce"), now=timezone.now())] * 10
    at_once(acts, threads=10)
    assert DeliveryEvent.objects.count() == 10
    assert Suppression.objects.get().reason == "soft_bounce"


def state_after_both(message, monkeypatch):
    """A bounce that has read the mail lets a complaint go first, where that does not have to wait for it."""
    was_read, has_complained, advance = threading.Event(), threading.Event(), bounce._advance

    def slowly(message, told):
        if told.kind == "hard_bounce":
            was_read.set()
            until(lambda: has_complained.is_set() or waiting_for_us())
        advance(message, told)

    def complains():
        was_read.wait(60)
        hear(told(message, "klacht", "complaint"), now=timezone.now())
        has_complained.set()

    monkeypatch.setattr(bounce, "_advance", slowly)
    at_once([lambda: hear(told(message, "terug"), now=timezone.now()), complains], threads=2)
    message.refresh_from_db()
    return message.state


def test_a_state_never_goes_back_whoever_is_first(monkeypatch):
    """F42: a complaint that comes while a bounce is written down is the last word."""
    assert state_after_both(queue(), monkeypatch) == State.COMPLAINED


def test_without_the_lock_on_the_mail_its_state_would_go_back(monkeypatch):
    """F42n: the bounce that read the mail before writes over the complaint."""

    def unlocked(told):
        return Message.objects.select_related("house").filter(pk=told.message).first()

    monkeypatch.setattr(bounce, "_message_of", unlocked)
    assert state_after_both(queue(), monkeypatch) == State.BOUNCED


def test_who_cannot_sign_changes_nothing(sent, provider):
    """F42: refused, whatever is told."""
    assert {tell_mailgun(sent, key="geraden", event=event)() for event in ("failed", "complained")} == {400}
    sent.refresh_from_db()
    assert (sent.state, DeliveryEvent.objects.count(), Suppression.objects.count()) == (State.SENT, 0, 0)


def test_without_the_proof_anybody_could_close_an_address(sent, provider, monkeypatch):
    """F42n: the same call, with the check of the signature taken away."""
    monkeypatch.setattr(MailgunTrackingWebhookView, "run_validators", lambda self, request: None)
    monkeypatch.setattr(MailgunTrackingWebhookView, "validate_request", lambda self, request: None)
    assert tell_mailgun(sent, key="geraden")() == 204
    assert Suppression.objects.count() == 1


# F41: a mail program stops a kind of mail.
def stop_path(token=None):
    return reverse("mail_stop", args=[token or token_of(address_hash(AN), Category.CHECK)])


def click():
    """As RFC 8058 has it: without cookies, without anything of our pages, from wherever somebody reads her mail."""
    program = Client(enforce_csrf_checks=True, raise_request_exception=False)
    headers = {"Origin": "https://webmail.example", "Sec-Fetch-Site": "cross-site"}
    return lambda: program.post(stop_path(), {"List-Unsubscribe": "One-Click"}, headers=headers).status_code


def test_one_click_by_six_at_once_stops_it_once():
    """F41: from a mail program that does not wait, and that clicks again the next day."""
    assert at_once([click() for _ in range(6)], threads=6) == [200] * 6
    assert click()() == 200
    assert (Suppression.objects.count(), Preference.objects.count()) == (1, 0)


def test_without_the_row_that_exists_once_the_mail_program_would_hear_an_error(monkeypatch):
    """F41n: who comes second raises instead of finding that all is done."""
    create = Suppression.objects.bulk_create
    monkeypatch.setattr(Suppression.objects, "bulk_create", lambda rows, ignore_conflicts: create(rows))
    answers = at_once([click() for _ in range(6)], threads=6)
    assert sorted(set(answers)) == [200, 500]


def test_with_a_token_against_forgery_no_mail_program_could_stop_anything(monkeypatch):
    """F41n: the exemption taken away."""
    monkeypatch.setattr(resolve(stop_path()).func, "csrf_exempt", False)
    assert click()() == 403
    assert not Suppression.objects.exists()


FORGED = [
    f"{address_hash(AN)}.{Category.CHECK}",
    f"{address_hash(AN)}.{Category.CHECK}~vals",
    links.sign("iets-anders", f"{address_hash(AN)}.{Category.CHECK}"),
]


@pytest.mark.parametrize("token", FORGED)
def test_a_forged_link_stops_nothing_and_answers_the_same_for_who_is_known_and_who_is_not(token):
    """F41: 404 for both, with the same words."""
    queue(recipient=AN)
    known = Client().post(stop_path(token))
    unknown = Client().post(stop_path(token.replace(address_hash(AN), "0" * 64)))
    # The address of the page itself stands on it.
    same = known.content.replace(address_hash(AN).encode(), b"0" * 64)
    assert (known.status_code, unknown.status_code, same) == (404, 404, unknown.content)
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("token", FORGED)
def test_without_the_signature_anybody_could_stop_the_mail_of_anybody(token, monkeypatch):
    """F41n: the link is taken at its word."""
    monkeypatch.setattr(links, "read", lambda purpose, signed: signed.partition("~")[0])
    assert Client().post(stop_path(token)).status_code == 200
    assert Suppression.objects.count() == 1
