"""Text messages: how long they are, what a provider answers, and that they wait for nobody's mail."""

import http.server
import json
import threading
from datetime import timedelta
from decimal import Decimal

import pytest

from huizen.models import Category, Channel, DeliveryAttempt, Message, Suppression
from huizen.outbox.sms import MessageBird, is_mobile, segments
from huizen.outbox.tick import tick
from tests.factories import NOW, HouseFactory
from tests.huizen.letters import Clock
from tests.huizen.letters import queue as queue_mail
from tests.huizen.phone_sink import PROVIDER, PhoneSink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter_template")]
State, Outcome = Message.State, DeliveryAttempt.Outcome
NUMBER = "+32470123456"
FACTS = {"house": "Huis", "title": "Zingen", "phone": "014 12 34 56"}


@pytest.fixture
def provider(settings):
    """The API of MessageBird, as far as we speak it: set `answers`, read `asked`."""

    class Handler(http.server.BaseHTTPRequestHandler):
        asked, answers = [], []

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.asked.append((self.headers["Authorization"], json.loads(body)))
            status, answer = self.answers.pop(0) if self.answers else (201, {"id": "abc"})
            if status == 0:
                self.close_connection = True
                return
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_PROVIDER = "huizen.outbox.sms.MessageBird"
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/messages"
    settings.SMS_KEY, settings.SMS_SENDER = "sleutel", "Huis"
    yield Handler
    server.shutdown()
    server.server_close()


def queue(key="s", **facts):
    facts = {"category": Category.CHANGE, "channel": Channel.SMS, "recipient": NUMBER} | facts
    return queue_mail(key, **({"template": "session_cancelled", "context": FACTS} | facts))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ë" * 70, 1),
        ("ë" * 71, 2),
        ("é" * 160, 1),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_a_text_counts_as_telephone_companies_count(text, number):
    assert segments(text) == number


@pytest.mark.parametrize(
    ("number", "mobile"),
    [
        (NUMBER, True),
        ("+3214123456", False),
        ("+31612345678", True),
        ("0470123456", False),
        ("+324701234567", False),
    ],
)
def test_only_a_mobile_number_takes_them(number, mobile):
    assert is_mobile(number) is mobile


def test_the_provider_gets_the_number_the_text_and_our_reference(provider, settings):
    settings.SMS_SEGMENT_PRICE = "0.075"
    message = queue(house=HouseFactory())
    assert tick(clock=Clock()) == {State.SENT: 1}
    [(key, body)] = provider.asked
    assert key == "AccessKey sleutel"
    assert body == {
        "originator": "Huis",
        "recipients": ["32470123456"],
        "body": "Huis: Zingen van vandaag gaat niet door. Vragen? Bel 014 12 34 56.",
        "datacoding": "auto",
        "reference": str(message.pk),
    }
    message.refresh_from_db()
    assert (message.segments, message.cost) == (1, Decimal("0.0750"))


@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [
        (422, {"errors": [{"code": 9, "description": "no", "parameter": "recipient"}]}, State.FAILED),
        (401, {"errors": [{"code": 2, "description": "Request not allowed"}]}, State.FAILED),
        (400, [], State.FAILED),
        (429, {}, State.QUEUED),
        (503, {}, State.QUEUED),
        (0, {}, State.QUEUED),
    ],
)
def test_what_it_answers_decides(provider, status, answer, state):
    provider.answers.append((status, answer))
    message = queue()
    tick(clock=Clock())
    message.refresh_from_db()
    assert message.state == state


def test_a_number_that_is_none_is_not_tried_again(provider):
    provider.answers.append((422, {"errors": [{"description": "no", "parameter": "recipients"}]}))
    queue()
    tick(clock=Clock())
    assert Suppression.objects.get().reason == "hard_bounce"


def test_no_answer_leaves_a_doubt_and_the_policy_decides(provider):
    provider.answers.append((0, {}))
    message = queue(policy=Message.Policy.AT_MOST_ONCE)
    tick(clock=Clock())
    message.refresh_from_db()
    assert (message.state, message.tries.get().outcome) == (State.UNKNOWN, Outcome.TIMEOUT)


def test_a_provider_that_is_away_costs_a_try_and_no_doubt(settings):
    settings.SMS_URL, settings.SMS_KEY = "http://127.0.0.1:1/messages", "x"
    answer = MessageBird().send(NUMBER, "dag", "1")
    assert answer.outcome == Outcome.TEMPORARY


def test_mail_and_text_messages_do_not_wait_for_each_other(settings, smtp_sink):
    settings.SMS_PROVIDER = PROVIDER
    PhoneSink.received.clear()
    smtp_sink.stop()
    queue()
    queue_mail("mail")
    assert tick(clock=Clock()) == {State.SENT: 1}
    assert len(PhoneSink.received) == 1
    smtp_sink.start()
    assert tick(clock=Clock()) == {State.SENT: 1}


def test_where_they_are_off_they_wait_and_then_end(smtp_sink):
    message = queue(expires_at=NOW + timedelta(hours=1))
    queue_mail("mail")
    assert tick(clock=Clock()) == {State.SENT: 1}
    assert tick(clock=Clock(NOW + timedelta(hours=2))) == {}
    message.refresh_from_db()
    assert message.state == State.EXPIRED
    assert len(smtp_sink.accepted) == 1


def test_the_signs_of_a_word_processor_do_not_double_the_price(settings):
    settings.SMS_PROVIDER = PROVIDER
    message = queue(context=FACTS | {"title": "“Zingen” – ’s avonds…"})
    tick(clock=Clock())
    message.refresh_from_db()
    assert '"Zingen" - \'s avonds...' in message.title
    assert message.segments == 1
