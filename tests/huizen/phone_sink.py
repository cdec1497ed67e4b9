"""A provider of text messages that keeps what it gets, for tests."""

from typing import ClassVar

from huizen.models import DeliveryAttempt
from huizen.outbox.carrier import Answer

PROVIDER = "tests.huizen.phone_sink.PhoneSink"


class PhoneSink:
    """(number, text, reference) of each message, in order."""

    received: ClassVar[list[tuple[str, str, str]]] = []

    def send(self, number: str, text: str, reference: str) -> Answer:
        self.received.append((number, text, reference))
        return Answer(DeliveryAttempt.Outcome.ACCEPTED, 201, "ok")
