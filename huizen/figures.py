"""The figures of delivery for monitoring, counted in the database, so that every process says the same."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from huizen.models import DeliveryEvent, Message, PlannedMessage, Suppression

State = Message.State
#: What changes again is a gauge; what only grows is a counter, and rows stay when their words are forgotten.
NOW = (State.QUEUED, State.SENDING)


def delivery_figures(*, now: datetime) -> bytes:
    """The text that Prometheus reads (exposition format 0.0.4). Seven queries."""
    registry = CollectorRegistry()
    registry.register(DeliveryCollector(now))
    return generate_latest(registry)


class DeliveryCollector(Collector):
    """Counts when it is asked; keeps nothing."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def describe(self) -> list:
        return []

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        yield from self._messages()
        yield from self._waiting()
        yield self._planned()
        yield _counted(
            "huizen_delivery_events",
            "What mailboxes and mail providers told later, by kind",
            ["kind"],
            DeliveryEvent.objects.values_list("kind").annotate(Count("pk")),
        )
        suppressed = GaugeMetricFamily(
            "huizen_suppressed_addresses", "Addresses that are not written to, by reason", labels=["reason"]
        )
        for reason, number in Suppression.objects.values_list("reason").annotate(Count("pk")):
            suppressed.add_metric([reason], number)
        yield suppressed

    def _messages(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        """By state, category and way: what waits as a gauge, what ended as a counter."""
        waiting = GaugeMetricFamily(
            "huizen_messages_waiting",
            "Messages queued or being sent",
            labels=["state", "category", "channel"],
        )
        ended = CounterMetricFamily(
            "huizen_messages", "Messages that ended in a state", labels=["state", "category", "channel"]
        )
        rows = Message.objects.values_list("state", "category", "channel").annotate(number=Count("pk"))
        for *labels, number in rows.order_by("state", "category", "channel"):
            (waiting if labels[0] in NOW else ended).add_metric(labels, number)
        yield waiting
        yield ended

    def _waiting(self) -> Iterator[GaugeMetricFamily]:
        due = Message.objects.filter(state=State.QUEUED, not_before__lte=self._now)
        found = due.aggregate(number=Count("pk"), oldest=Min("not_before"))
        yield GaugeMetricFamily("huizen_messages_due", "Messages that should have left", found["number"])
        age = (self._now - found["oldest"]).total_seconds() if found["oldest"] else 0
        yield GaugeMetricFamily(
            "huizen_oldest_due_message_seconds", "How long the oldest message that is due waits", age
        )

    def _planned(self) -> GaugeMetricFamily:
        planned = GaugeMetricFamily(
            "huizen_reminders_planned", "Reminders that will be due, by category", labels=["category"]
        )
        rows = PlannedMessage.objects.filter(state=PlannedMessage.State.PLANNED)
        for category, number in rows.values_list("category").annotate(Count("pk")).order_by("category"):
            planned.add_metric([category], number)
        return planned


def _counted(name: str, words: str, labels: list[str], rows) -> CounterMetricFamily:
    family = CounterMetricFamily(name, words, labels=labels)
    for *values, number in rows.order_by(*labels):
        family.add_metric(values, number)
    return family
