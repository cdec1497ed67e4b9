"""Delivery: what the mail server says decides what becomes of a mail."""

from datetime import timedelta

import pytest

from huizen.models import Category, DeliveryAttempt, Message, Suppression
from huizen.outbox import kinds
from huizen.outbox.kinds import Kind
from huizen.outbox.suppression import suppress
from huizen.outbox.tick import tick
from tests.factories import NOW, HouseFactory
from tests.huizen.letters import Clock, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter_template")]
State, Outcome = Message.State, DeliveryAttempt.Outcome
FOR_THE_TICK = 17


@pytest.fixture
def clock():
    return Clock()


def outcomes():
    return list(DeliveryAttempt.objects.order_by("pk").values_list("number", "outcome", "smtp_code"))


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_a_mail_that_is_accepted_is_sent(smtp_sink, clock):
    message = queue()

    assert tick(clock=clock) == {State.SENT: 1}

    assert (state_of(message), message.sent_at, message.attempts) == (State.SENT, NOW, 1)
    assert (message.claim_token, message.lease_until) == (None, None)
    assert outcomes() == [(1, Outcome.ACCEPTED, 250)]
    assert [mail.recipients for mail in smtp_sink.accepted] == [("a@voorbeeld.example",)]
    assert smtp_sink.accepted[0].raw == bytes(message.body_mime)


def test_a_line_that_begins_with_a_dot_ends_no_mail(smtp_sink, clock, letter_template):
    (letter_template / "proef.txt").write_text("Dag\n\n.\n.een\n..twee\n", encoding="utf-8")
    queue("a")
    queue("b")
    assert tick(clock=clock) == {State.SENT: 2}
    assert smtp_sink.accepted[0].message.get_body(("plain",)).get_content().split()[:3] == [
        ".",
        ".een",
        "..twee",
    ]


def test_many_mails_go_over_one_connection_one_recipient_each(smtp_sink, clock, monkeypatch):
    for number in range(60):
        queue(f"k{number:02}")

    assert tick(clock=clock) == {State.SENT: 60}
    assert sorted(mail.recipients for mail in smtp_sink.accepted) == [
        (f"k{number:02}@voorbeeld.example",) for number in range(60)
    ]


def test_nothing_waits_and_nobody_is_called(clock, settings):
    settings.EMAIL_PORT = 1
    assert tick(clock=clock) == {}


def test_who_waits_at_a_screen_comes_before_news_and_reminders(smtp_sink, clock):
    queue("herinnering", category=Category.SESSION_REMINDER)
    queue("wijziging", category=Category.CHANGE)
    queue("code", category=Category.ACCOUNT)
    tick(clock=clock)

    assert [mail.recipients[0].partition("@")[0] for mail in smtp_sink.accepted] == [
        "code",
        "wijziging",
        "herinnering",
    ]


def test_a_mail_is_not_sent_before_its_time(smtp_sink, clock):
    message = queue(not_before=NOW + timedelta(minutes=5))
    assert tick(clock=clock) == {}
    clock.forward(minutes=5)
    assert tick(clock=clock) == {State.SENT: 1}
    assert state_of(message) == State.SENT


def test_later_again_waits_longer_each_time_and_then_arrives_once(smtp_sink, clock):
    """F29: greylisting for half an hour."""
    message = queue(expires_at=NOW + timedelta(hours=5))
    smtp_sink.answers.extend(["421 4.7.0 te druk", "451 4.7.1 later", "451 4.7.1 later", "451 4.7.1 later"])
    waits = []
    while tick(clock=clock) == {State.QUEUED: 1}:
        message.refresh_from_db()
        waits.append((message.not_before - clock.now).total_seconds() / 60)
        assert tick(clock=clock) == {}
        clock.forward(minutes=waits[-1])

    assert waits == [1, 2, 4, 8]
    assert state_of(message) == State.SENT
    assert len(smtp_sink.accepted) == 1
    assert len({(mail.message_id, mail.date) for mail in smtp_sink.received}) == 1
    assert [outcome for _, outcome, _ in outcomes()] == [Outcome.TEMPORARY] * 4 + [Outcome.ACCEPTED]


def test_later_again_after_it_is_of_no_use_ends_the_mail(smtp_sink, clock):
    message = queue(expires_at=NOW + timedelta(seconds=30))
    smtp_sink.answers.append("451 4.7.1 later")
    assert tick(clock=clock) == {State.EXPIRED: 1}
    assert state_of(message) == State.EXPIRED
    assert message.reason == "te laat na: DATA: 4.7.1 later"


def test_later_again_has_an_end(smtp_sink, clock, settings):
    settings.OUTBOX_MAX_ATTEMPTS = 2
    message = queue()
    smtp_sink.answers.extend(["451 nee", "451 nee", "451 nee"])
    tick(clock=clock)
    clock.forward(hours=1)
    tick(clock=clock)

    assert state_of(message) == State.FAILED
    assert message.reason == "na 2 pogingen: DATA: nee"


def test_a_mail_that_came_too_late_is_not_sent(smtp_sink, clock):
    message = queue(expires_at=NOW + timedelta(hours=1))
    clock.forward(hours=2)
    assert tick(clock=clock) == {}
    assert (state_of(message), message.reason) == (State.EXPIRED, "te laat om nog nuttig te zijn")


@pytest.mark.parametrize("answer", ["550 5.1.1 onbekend", "550 wie is dat", "553 5.1.3 geen adres"])
def test_an_address_that_does_not_exist_is_not_written_to_again(smtp_sink, clock, answer):
    """F30."""
    first = queue("a", recipient="weg@voorbeeld.example")
    smtp_sink.recipient_answers["weg@voorbeeld.example"] = answer
    assert tick(clock=clock) == {State.FAILED: 1}
    assert tick(clock=clock) == {}

    assert state_of(first) == State.FAILED
    assert first.reason == f"geweigerd: RCPT: {answer[4:]}"
    assert Suppression.objects.get().reason == Suppression.Reason.HARD_BOUNCE
    second = queue("b", recipient="Weg@voorbeeld.example")
    assert tick(clock=clock) == {State.SUPPRESSED: 1}
    assert (state_of(second), second.reason) == (State.SUPPRESSED, "adres bestaat niet")


@pytest.mark.parametrize("answer", ["550 5.7.1 geen toegang", "552 5.2.2 vol", "554 5.7.1 ongewenst"])
def test_a_no_that_is_not_about_the_address_suppresses_nobody(smtp_sink, clock, answer):
    message = queue()
    smtp_sink.recipient_answers[message.recipient] = answer
    assert tick(clock=clock) == {State.FAILED: 1}
    assert not Suppression.objects.exists()


def test_a_no_after_one_mail_does_not_hurt_the_next(smtp_sink, clock):
    queue("a")
    queue("b")
    smtp_sink.answers.append("554 5.6.0 nee")
    assert tick(clock=clock) == {State.FAILED: 1, State.SENT: 1}


def test_who_signs_in_gets_a_mail_even_at_an_address_that_once_bounced(smtp_sink, clock):
    suppress("an@voorbeeld.example", reason=Suppression.Reason.HARD_BOUNCE, now=NOW)
    queue("a", recipient="an@voorbeeld.example", category=Category.ACCOUNT)
    assert tick(clock=clock) == {State.SENT: 1}


def test_who_wants_no_reminders_still_hears_of_a_change(smtp_sink, clock):
    suppress(
        "an@voorbeeld.example",
        reason=Suppression.Reason.UNSUBSCRIBED,
        category=Category.SESSION_REMINDER,
        now=NOW,
    )
    queue("a", recipient="an@voorbeeld.example", category=Category.SESSION_REMINDER)
    queue("b", recipient="an@voorbeeld.example", category=Category.CHANGE)
    assert tick(clock=clock) == {State.SUPPRESSED: 1, State.SENT: 1}


def test_who_unsubscribes_while_the_mail_waits_does_not_get_it(smtp_sink, clock):
    """F34."""
    smtp_sink.answers.append("451 later")
    message = queue(category=Category.SESSION_REMINDER)
    tick(clock=clock)
    suppress(message.recipient, reason=Suppression.Reason.UNSUBSCRIBED, now=NOW)
    clock.forward(hours=1)

    assert tick(clock=clock) == {}
    assert (state_of(message), message.reason) == (State.SUPPRESSED, "wil dit niet meer")
    assert smtp_sink.accepted == []


@pytest.fixture
def kind(monkeypatch):
    """A kind of mail whose wish the test sets."""
    wishes = {"reason": ""}
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(Kind("proef", why_not=lambda row, now: wishes["reason"]))
    return wishes


def test_a_mail_that_is_no_longer_wanted_is_held_back_just_before_sending(smtp_sink, clock, kind):
    """F33, F34."""
    message = queue(kind="proef")
    kind["reason"] = "het overleg gaat niet door"
    assert tick(clock=clock) == {State.SUPPRESSED: 1}
    assert (state_of(message), message.reason) == (State.SUPPRESSED, "het overleg gaat niet door")
    assert smtp_sink.received == []


def test_a_mail_of_a_kind_that_nobody_knows_fails_alone(smtp_sink, clock, kind):
    message = queue("a", kind="onbekend")
    queue("b")
    assert tick(clock=clock) == {State.FAILED: 1, State.SENT: 1}
    assert state_of(message) == State.FAILED
    assert message.reason == "UnknownKindError: Geen app kent de soort 'onbekend'."


def test_a_template_that_cannot_be_written_fails_alone_with_its_reason(smtp_sink, clock, caplog):
    """F31."""
    broken = queue("k25", template="kapot")
    for number in range(50):
        if number != 25:
            queue(f"k{number:02}")

    assert tick(clock=clock) == {State.FAILED: 1, State.SENT: 49}
    assert (state_of(broken), broken.reason) == (State.FAILED, "TemplateDoesNotExist: bestaat-niet.txt")
    assert "Traceback" in caplog.text


def test_an_address_that_no_mail_can_carry_fails_alone(smtp_sink, clock):
    queue("a", recipient="a@b.example\r\nBcc: x@voorbeeld.example")
    queue("b", recipient=f"x@{'a' * 70}.example")
    queue("c")
    assert tick(clock=clock) == {State.FAILED: 2, State.SENT: 1}
    assert [mail.recipients for mail in smtp_sink.received] == [("c@voorbeeld.example",)]


@pytest.mark.parametrize(
    ("policy", "state", "accepted"),
    [(Message.Policy.AT_LEAST_ONCE, State.SENT, 2), (Message.Policy.AT_MOST_ONCE, State.UNKNOWN, 1)],
)
def test_a_server_that_hangs_up_after_the_last_dot_leaves_a_doubt(smtp_sink, clock, policy, state, accepted):
    message = queue(policy=policy)
    smtp_sink.hang_ups = 1
    tick(clock=clock)
    clock.forward(hours=1)
    tick(clock=clock)

    assert state_of(message) == state
    assert outcomes()[0][1] == Outcome.TIMEOUT
    assert len(smtp_sink.accepted) == accepted
    assert len({mail.raw for mail in smtp_sink.accepted}) == 1


def test_a_server_that_never_answers_is_not_asked_for_ever(smtp_sink, clock, settings):
    """F28: slower than the timeout after DATA, every time."""
    settings.EMAIL_TIMEOUT, settings.OUTBOX_MAX_ATTEMPTS = 0.2, 2
    message = queue()
    smtp_sink.delay = 1
    for _ in range(4):
        tick(clock=clock)
        clock.forward(hours=1)

    assert (state_of(message), message.attempts) == (State.UNKNOWN, 2)
    assert (
        message.reason == "na 2 pogingen: SMTPServerDisconnected: Connection unexpectedly closed: timed out"
    )
    assert [outcome for _, outcome, _ in outcomes()] == [Outcome.TIMEOUT] * 2


def test_an_outage_of_the_mail_server_costs_no_mail_a_try(smtp_sink, clock):
    message = queue()
    smtp_sink.stop()
    assert tick(clock=clock) == {}
    assert (state_of(message), message.attempts) == (State.QUEUED, 0)
    smtp_sink.start()
    assert tick(clock=clock) == {State.SENT: 1}


def test_an_expired_lease_is_taken_back_and_the_same_bytes_go_again(smtp_sink, clock):
    message = queue()
    smtp_sink.answers.append("451 later")
    tick(clock=clock)
    abandon(message)
    clock.forward(minutes=10)

    assert tick(clock=clock) == {State.SENT: 1}
    assert [outcome for _, outcome, _ in outcomes()][-2:] == [Outcome.CRASHED, Outcome.ACCEPTED]
    assert len({mail.raw for mail in smtp_sink.received}) == 1


def test_an_expired_lease_of_a_mail_that_may_go_once_is_for_a_person(smtp_sink, clock):
    message = queue(policy=Message.Policy.AT_MOST_ONCE)
    smtp_sink.answers.append("451 later")
    tick(clock=clock)
    abandon(message)
    clock.forward(minutes=10)

    assert tick(clock=clock) == {}
    assert (state_of(message), message.reason) == (State.UNKNOWN, "onderbroken: misschien wel verstuurd")


def abandon(message):
    """As a worker that died after its claim leaves it."""
    from huizen.outbox.claim import claim

    Message.objects.filter(pk=message.pk).update(not_before=NOW)
    assert claim(now=NOW) == message


def test_who_lost_the_lease_cannot_write_its_result(smtp_sink, clock):
    from huizen.outbox.claim import claim, record
    from huizen.outbox.prepare import prepare
    from huizen.outbox.sweep import sweep

    queue()
    prepare(now=NOW)
    slow = claim(now=NOW)
    later = NOW + timedelta(minutes=3)
    assert sweep(now=later) == 1
    quick = claim(now=later)

    assert not record(slow, state=State.SENT, outcome=Outcome.ACCEPTED, now=later)
    assert state_of(quick) == State.SENDING
    assert record(quick, state=State.SENT, outcome=Outcome.ACCEPTED, now=later)
    assert state_of(quick) == State.SENT
    assert [outcome for _, outcome, _ in outcomes()] == [Outcome.CRASHED, Outcome.ACCEPTED]


@pytest.mark.parametrize("number", [1, 30])
def test_a_mail_takes_five_statements_of_which_django_sees_three(
    smtp_sink, clock, django_assert_num_queries, number
):
    """Its bytes with the savepoint around them; its claim and its record are prepared. The others are a tick's."""
    house = HouseFactory()
    for each in range(number):
        queue(f"k{each:02}", house=house)
    with django_assert_num_queries(FOR_THE_TICK + 3 * number):
        assert tick(clock=clock) == {State.SENT: number}
