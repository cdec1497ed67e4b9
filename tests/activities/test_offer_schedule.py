"""The rules by which an activity comes back, as its editor types them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Schedule, Session
from huizen.models import Event
from tests.activities.offer_forms import WEEKLY, rules
from tests.factories import (
    ActivityFactory,
    RegistrationFactory,
    ScheduleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def test_the_days_are_shown_before_anything_is_kept(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    far = {**WEEKLY, "starts_on": timezone.localdate().isoformat()}
    response = client.post(reverse("offer_schedule", args=[activity.pk]), rules(far, toon="1"))
    (shown,) = response.context["preview"]
    assert (shown["words"], len(shown["steps"]), shown["more"] > 40) == (
        "elke maandag van 9 tot 12 uur",
        8,
        True,
    )
    assert Schedule.objects.count() == Session.objects.count() == 0


def test_rules_are_kept_and_their_moments_made(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    day = timezone.localdate() + dt.timedelta(days=3)
    named = {"kind": "dates", "dates": f"{day:%d/%m/%Y}", "starts_at": "09:00", "ends_at": "12:00"}
    response = client.post(
        reverse("offer_schedule", args=[activity.pk]), rules({**WEEKLY, "dates": ""}, named)
    )
    assert response.url == reverse("offer_edit", args=[activity.pk])
    assert list(Schedule.objects.order_by("pk").values_list("kind", flat=True)) == ["weekly", "dates"]
    assert Session.objects.filter(schedule__kind="dates").count() == 1
    assert "wanneer" in Event.objects.about(activity).get(verb="changed").changes


def test_what_belongs_to_another_kind_of_rule_is_dropped(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    client.post(reverse("offer_schedule", args=[activity.pk]), rules(WEEKLY))
    assert Schedule.objects.get().dates == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_at": "08:00"}, "ends_at"),
        ({"starts_at": ""}, "ends_at"),
        ({"weekdays": []}, "weekdays"),
        ({"every_weeks": "0"}, "every_weeks"),
        ({"every_weeks": "99"}, "every_weeks"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"kind": "nth_weekday"}, "nths"),
        ({"kind": "dates", "dates": ""}, "dates"),
        ({"kind": "dates", "dates": "31/2/2026"}, "dates"),
        ({"kind": "once", "dates": "1/3/2027, 2/3/2027"}, "dates"),
        ({"skip_dates": "gisteren"}, "skip_dates"),
    ],
)
def test_a_rule_that_cannot_be_is_said_at_its_field(client, coordinator, house, wrong, field):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    response = client.post(reverse("offer_schedule", args=[activity.pk]), rules({**WEEKLY, **wrong}))
    assert response.status_code == 200
    assert field in response.context["formset"].forms[0].errors
    assert Schedule.objects.count() == 0


def test_a_removed_rule_keeps_the_moments_with_sign_ups_and_says_so(client, coordinator, house):
    client.force_login(coordinator)
    schedule = ScheduleFactory(activity=ActivityFactory(house=house))
    start = timezone.now() + dt.timedelta(days=2)
    kept = SessionFactory(activity=schedule.activity, schedule=schedule, original_start=start)
    RegistrationFactory(session=kept)
    SessionFactory(activity=schedule.activity, schedule=schedule, original_start=start + dt.timedelta(days=1))
    data = rules({"id": schedule.pk, "kind": "by_appointment", "every_weeks": "1", "DELETE": "on"})
    data["schedules-INITIAL_FORMS"] = 1
    shown = client.post(reverse("offer_schedule", args=[schedule.activity.pk]), data)
    data |= {"gezien": shown.context["gezien"], f"keuze-{kept.pk}": "keep"}
    response = client.post(reverse("offer_schedule", args=[schedule.activity.pk]), data, follow=True)
    assert "blijft staan" in response.content.decode()
    assert list(Session.objects.all()) == [kept]
    assert Schedule.objects.count() == 0
