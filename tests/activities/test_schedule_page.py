"""The page that says when it is: what becomes of each date is seen before anything is kept."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions.sessions import extend_sessions
from huizen.models import Event, Message
from huizen.recurrence import BRUSSELS
from tests.activities.offer_forms import rules
from tests.factories import (
    ActivityFactory,
    RegistrationFactory,
    ScheduleFactory,
)

pytestmark = pytest.mark.django_db


def on_page(rule, **facts):
    form = {
        "id": rule.pk,
        "kind": rule.kind,
        "starts_on": rule.starts_on.isoformat(),
        "ends_on": rule.ends_on.isoformat() if rule.ends_on else "",
        "weekdays": rule.weekdays,
        "every_weeks": "1",
        "skip_public_holidays": "on",
        "starts_at": "09:00",
        "ends_at": "12:00",
    }
    return form | facts


@pytest.fixture
def running(house):
    """An activity that is on every week from tomorrow on, with a family at the second date."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    rule = ScheduleFactory(
        activity=ActivityFactory(house=house),
        kind="weekly",
        dates=[],
        starts_on=tomorrow,
        weekdays=[tomorrow.weekday()],
        ends_on=tomorrow + dt.timedelta(days=28),
        skip_public_holidays=True,
    )
    extend_sessions(schedule=rule, now=timezone.now())
    RegistrationFactory(session=rule.sessions.order_by("starts_at")[1])
    return rule


def test_saving_shows_first_what_families_will_hear(client, coordinator, running):
    client.force_login(coordinator)
    url = reverse("offer_schedule", args=[running.activity_id])
    sent = rules(on_page(running, starts_at="10:00"), saved=1)
    shown = client.post(url, sent)
    assert "1 inschrijving: krijgt een mail" in shown.content.decode()
    assert Message.objects.count() == 0
    done = client.post(url, sent | {"gezien": shown.context["gezien"]}, follow=True)
    assert "1 gezin krijgt een mail" in done.content.decode()
    assert Message.objects.filter(template="schedule_changed").count() == 1


def test_a_date_that_families_count_on_asks_what_to_do(client, coordinator, running):
    client.force_login(coordinator)
    url = reverse("offer_schedule", args=[running.activity_id])
    sent = rules(on_page(running, ends_on=running.starts_on.isoformat()), saved=1)
    shown = client.post(url, sent)
    second = running.sessions.order_by("starts_at")[1]
    assert f'name="keuze-{second.pk}"' in shown.content.decode()
    answers = {
        "gezien": shown.context["gezien"],
        f"keuze-{second.pk}": "cancel",
        "reason": "De zaal is bezet.",
    }
    client.post(url, sent | answers)
    second.refresh_from_db()
    assert (second.status, second.cancel_reason) == ("cancelled", "De zaal is bezet.")


@pytest.mark.parametrize(
    "more", [{"from_day": "gisteren"}, {"from_day": "0001-01-01"}, {"reason": "x" * 300}]
)
def test_a_day_that_is_no_day_changes_nothing(client, coordinator, running, more):
    client.force_login(coordinator)
    sent = rules(on_page(running, starts_at="10:00"), saved=1) | more
    response = client.post(reverse("offer_schedule", args=[running.activity_id]), sent)
    assert list(response.context["about"].errors) == list(more)
    assert Event.objects.count() == 0


def test_from_one_moment_the_way_leads_to_this_and_what_follows(client, coordinator, running):
    client.force_login(coordinator)
    second = running.sessions.order_by("starts_at")[1]
    day = f"{second.starts_at.astimezone(BRUSSELS):%Y-%m-%d}"
    url = f"{reverse('offer_schedule', args=[running.activity_id])}?vanaf={day}"
    assert url in client.get(reverse("session_manage", args=[second.pk])).content.decode()
    assert f'value="{day}"' in client.get(url).content.decode()


def test_forged_choices_are_no_fault(client, coordinator, running):
    client.force_login(coordinator)
    forged = {
        "keuze-": "x",
        "keuze-99999999999999999999999999": "cancel",
        "keuze-abc": "cancel",
        "gezien": "x",
    }
    sent = rules(on_page(running, starts_at="10:00"), saved=1) | forged
    assert client.post(reverse("offer_schedule", args=[running.activity_id]), sent).status_code == 200
