"""/metrics: the figures of delivery, for a monitor here or with the token."""

import datetime as dt

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from huizen.figures import delivery_figures
from huizen.models import Message, PlannedMessage, Suppression
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def message(key, state="queued", category="change", **facts):
    facts = {"created_at": NOW, "not_before": NOW, "sent_at": NOW} | facts
    Message.objects.create(key=key, state=state, category=category, recipient="a@b.example", **facts)


def figures(now=NOW):
    families = text_string_to_metric_families(delivery_figures(now=now).decode())
    samples = [sample for family in families for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


def test_it_counts_what_waits_what_left_and_what_did_not():
    message("a", not_before=NOW - dt.timedelta(minutes=5))
    message("b", not_before=NOW + dt.timedelta(hours=1))
    for number in range(3):
        message(f"s{number}", "sent")
    message("f", "failed", "digest")
    message("u", "unknown", channel="sms")
    PlannedMessage.objects.create(
        key="p", kind="x", category="check", subject_type="x", subject_id="1", due_at=NOW, expires_at=NOW
    )
    Suppression.objects.create(address_hash="a", reason="hard_bounce", at=NOW)

    found = figures()

    assert found["huizen_messages_waiting", "change", "mail", "queued"] == 2
    assert found["huizen_messages_due",] == 1
    assert found["huizen_oldest_due_message_seconds",] == 300
    assert found["huizen_messages_total", "change", "mail", "sent"] == 3
    assert found["huizen_messages_total", "digest", "failed", "mail"] == 1
    assert found["huizen_messages_total", "change", "sms", "unknown"] == 1
    assert found["huizen_reminders_planned", "check"] == 1
    assert found["huizen_suppressed_addresses", "hard_bounce"] == 1


def test_nothing_waits():
    assert figures()["huizen_oldest_due_message_seconds",] == 0


def test_the_questions_to_the_database_do_not_grow(django_assert_num_queries):
    for number in range(5):
        message(f"s{number}", "sent")
    with django_assert_num_queries(5):
        figures(now=timezone.now())


def test_a_monitor_on_this_machine_reads_it_and_one_behind_the_proxy_does_not(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"):
        assert client.get("/metrics", headers={name: "192.0.2.7"}).status_code == 403
    assert client.post("/metrics").status_code == 405


@pytest.mark.parametrize(
    ("token", "told", "status"),
    [("geheim", "Bearer geheim", 200), ("geheim", "Bearer fout", 403), ("", "Bearer ", 403), ("g", "", 403)],
)
def test_from_elsewhere_the_token_is_asked(client, settings, token, told, status):
    settings.METRICS_TOKEN = token
    answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"Authorization": told})
    assert answer.status_code == status
