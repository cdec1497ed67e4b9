"""A template to write test mails with, and a clock that a test turns by hand."""

from datetime import datetime, timedelta

from huizen.models import Category, Message
from huizen.outbox.queue import queue_message
from tests.factories import NOW

TEXT = "Dag {{ name }}\n\nTot morgen.\n\nWijzig je inschrijving:\nhttps://portaal.example/a?b=1&c=2\n"


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime = NOW):
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span) -> None:
        self.now += timedelta(**span)


def queue(key: str = "a", *, now: datetime = NOW, **facts) -> Message:
    """A mail that waits, about nothing in particular."""
    facts = {
        "category": Category.CHANGE,
        "recipient": f"{key}@voorbeeld.example",
        "template": "proef",
        "context": {"name": "An"},
    } | facts
    return queue_message(key=key, now=now, **facts)
