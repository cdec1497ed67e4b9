"""The mail server of the tests: it must be trusted before it can judge others."""

import smtplib

import pytest

from tests.smtp_sink import ACCEPTED

MAIL = b"Message-ID: <1@voorbeeld.example>\r\nDate: Wed, 4 Mar 2026 09:00:00 +0100\r\n\r\nDag\r\n"


def send(sink, *, to="an@voorbeeld.example"):
    with smtplib.SMTP(sink.host, sink.port, timeout=0.5) as client:
        client.sendmail("portaal@voorbeeld.example", [to], MAIL)


def test_it_keeps_a_mail_byte_for_byte(smtp_sink):
    send(smtp_sink)

    (mail,) = smtp_sink.accepted
    assert mail.raw == MAIL
    assert mail.recipients == ("an@voorbeeld.example",)
    assert mail.message_id == "<1@voorbeeld.example>"
    assert mail.answer == ACCEPTED


def test_it_says_no_for_now_and_then_yes(smtp_sink):
    smtp_sink.answers.append("451 4.7.1 later")

    with pytest.raises(smtplib.SMTPDataError, match="451"):
        send(smtp_sink)
    send(smtp_sink)

    assert [mail.answer for mail in smtp_sink.received] == ["451 4.7.1 later", ACCEPTED]
    assert len(smtp_sink.accepted) == 1


def test_it_does_not_know_an_address(smtp_sink):
    smtp_sink.recipient_answers["an@voorbeeld.example"] = "550 5.1.1 onbekend"

    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp_sink)

    assert smtp_sink.received == []


def test_it_takes_a_mail_and_hangs_up(smtp_sink):
    smtp_sink.hang_ups = 1

    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp_sink)

    assert len(smtp_sink.to("an@voorbeeld.example")) == 1


def test_it_takes_longer_than_the_sender_waits(smtp_sink):
    smtp_sink.delay = 0.8

    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        send(smtp_sink)

    assert len(smtp_sink.received) == 1


def test_it_can_be_away_and_come_back(smtp_sink):
    smtp_sink.stop()
    with pytest.raises(ConnectionRefusedError):
        send(smtp_sink)

    smtp_sink.start()
    send(smtp_sink)

    assert len(smtp_sink.accepted) == 1
