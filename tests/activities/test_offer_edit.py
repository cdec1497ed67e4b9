"""The editor of offer: what can be said of an activity, and what everybody who keeps it finds in the logbook."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import offer
from activities.models import Activity, Session
from huizen.models import Event
from tests.activities.offer_forms import typed
from tests.factories import (
    NOW,
    ActivityFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    PartnershipFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def test_a_coordinator_makes_a_draft_and_goes_on_to_say_when(client, coordinator, house):
    client.force_login(coordinator)
    response = client.post(reverse("offer_create"), typed(house))
    activity = Activity.objects.get()
    assert response.url == reverse("offer_schedule", args=[activity.pk])
    assert (activity.status, activity.slug, activity.element) == ("draft", "samen-zingen", "encounter")
    assert (activity.age_min, activity.age_max, activity.pillar) == (-9, 30, "social_cohesion")
    assert [event.verb for event in Event.objects.about(activity)] == ["created"]


def test_ages_left_open_on_a_new_activity_are_the_usual_ones_of_its_kind(client, coordinator, house):
    client.force_login(coordinator)
    client.post(reverse("offer_create"), typed(house, age_min="", age_max="", offer_type="baby_massage"))
    activity = Activity.objects.get()
    assert (activity.age_min, activity.age_max) == (0, 9)


def test_a_title_that_is_taken_gets_a_number_in_its_address():
    for slug in ("samen-zingen", "samen-zingen-2", "samen-zingend"):
        ActivityFactory(slug=slug)
    assert offer.free_slug("Samen zingen!") == "samen-zingen-3"
    assert offer.free_slug("漢字") == "activiteit"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (
            {"age_min": "3 jaar", "age_max": "1 jaar"},
            "age_min",
            "Kies leeftijden van 9 maanden voor de geboorte",
        ),
        ({"age_min": "heel jong"}, "age_min", "Schrijf de leeftijd zo"),
        ({"age_max": "99 jaar"}, "age_max", "Kies een leeftijd tot 25 jaar."),
        ({"price_kind": "paid"}, "price_cents", "Zeg hoeveel het kost."),
        ({"price_cents": "3,50"}, "price_cents", "Een bedrag hoort alleen bij een betalende activiteit."),
        ({"price_kind": "paid", "price_cents": "drie"}, "price_cents", "Schrijf het bedrag zo"),
        ({"channels": ["onsite"]}, "channels", "Wie gewoon langs mag komen"),
        ({"registration_mode": "required"}, "channels", "Zeg hoe je inschrijft"),
        ({"registration_mode": "required", "channels": ["phone"]}, "phone", "Geef een telefoonnummer"),
        ({"capacity": "0"}, "capacity", "Geef minstens één plaats"),
        ({"title": ""}, "title", ""),
        ({"title": "a\x00b"}, "title", ""),
        ({"offer_type": "toverij"}, "offer_type", ""),
        ({"capacity": "99999999"}, "capacity", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(
    client, coordinator, house, wrong, field, sentence
):
    client.force_login(coordinator)
    response = client.post(reverse("offer_create"), typed(house, **wrong))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert sentence in response.context["form"].errors[field][0]
    assert Activity.objects.count() == 0


def test_places_and_partners_of_other_houses_are_refused(client, coordinator, house):
    other = HouseFactory()
    MembershipFactory(house=other, user=coordinator)
    partner_of_other = PartnershipFactory(house=other).organisation
    client.force_login(coordinator)
    data = typed(house, location=LocationFactory(house=other).pk, organiser=partner_of_other.pk)
    response = client.post(reverse("offer_create"), data)
    assert sorted(response.context["form"].errors) == ["location", "organiser"]


def test_a_change_is_told_with_its_differences(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, title="Zingen", summary="Kom zingen met je kind.")
    client.post(
        reverse("offer_edit", args=[activity.pk]), typed(house, title="Dansen", age_min="", age_max="")
    )
    event = Event.objects.about(activity).get()
    assert (event.verb, event.actor, event.changes["titel"]) == ("changed", coordinator, ["Zingen", "Dansen"])
    assert set(event.changes) == {"titel"}


def test_the_editor_says_how_easy_it_reads_and_keeps_nothing(client, coordinator, house):
    client.force_login(coordinator)
    hard = "Wij organiseren laagdrempelige vormingsmomenten over opvoeding voor alle kwetsbare gezinnen uit de hele buurt."
    made = ActivityFactory(house=house, plain="Kom samen zingen. Het is gratis.")
    for path in (reverse("offer_create"), reverse("offer_edit", args=[made.pk])):
        page = client.post(
            path, typed(house, description=hard, plain="Kom zingen.", lees="1")
        ).content.decode()
        assert "<em>laagdrempelig</em> → makkelijk om binnen te lopen" in page
        assert "moeilijk" in page
    made.refresh_from_db()
    assert (Activity.objects.count(), made.plain) == (1, "Kom samen zingen. Het is gratis.")


def test_a_hard_text_is_kept_all_the_same(client, coordinator, house):
    client.force_login(coordinator)
    hard = "Met het oog op participatie organiseren wij multidisciplinaire vormingsmomenten."
    client.post(reverse("offer_create"), typed(house, description=hard, plain="Kom zingen."))
    made = Activity.objects.get()
    assert (made.description, made.plain) == (hard, "Kom zingen.")


def test_two_people_do_not_overwrite_each_other(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, title="Eerst", changed_at=NOW)
    seen = (NOW - dt.timedelta(minutes=5)).isoformat()
    response = client.post(reverse("offer_edit", args=[activity.pk]), typed(house, seen_at=seen))
    assert "Iemand anders heeft deze activiteit net gewijzigd" in response.content.decode()
    activity.refresh_from_db()
    assert activity.title == "Eerst"


def test_a_new_number_of_places_reaches_the_moments_and_says_where_it_could_not(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, capacity=8)
    start = timezone.now() + dt.timedelta(days=1)
    full = SessionFactory(activity=activity, original_start=start, capacity=8, confirmed_count=6)
    roomy = SessionFactory(activity=activity, original_start=start, capacity=8)
    response = client.post(reverse("offer_edit", args=[activity.pk]), typed(house, capacity="5"), follow=True)
    assert "1 moment houdt het oude aantal plaatsen" in response.content.decode()
    assert [Session.objects.get(pk=row.pk).capacity for row in (full, roomy)] == [8, 5]
