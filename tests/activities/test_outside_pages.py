"""The pages on which a coordinator, or a partner's editor, follows calendars of others."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from activities.actions.forget import forget_outside_events
from activities.actions.offer import change_activity, publish_activity
from activities.actions.outside_event import settle_all
from activities.actions.outside_reading import keep_reading, read_due
from activities.incoming_tiles import calendars_to_compare, calendars_to_mend
from activities.models import Activity, OutsideCalendar, OutsideEvent
from huizen.web_visit import Fetched
from tests.activities.editors import partner_of
from tests.activities.ical import event, feed, serving
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
URL = "https://partner.example/agenda.ics"


def coming(uid="a", title="Babymassage", **facts):
    """One within the year that is looked ahead, from the clock of the test itself."""
    day = (timezone.localdate() + dt.timedelta(days=30)).strftime("%Y%m%d")
    return event(uid=uid, title=title, start=f"{day}T090000", end=f"{day}T120000", **facts)


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def calendar(desk):
    desk.post(reverse("outside_create"), {"name": "Agenda", "url": URL, "offer_type": "baby_massage"})
    read_due(now=timezone.now(), fetcher=serving(coming(), coming(uid="b", title="Dansen")))
    return OutsideCalendar.objects.get()


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def follow(desk, calendar):
    desk.post(reverse("outside_confirm", args=[calendar.pk]))
    settle_all(now=timezone.now())


def waiting(desk, calendar, coordinator):
    """One activity that parents read and of which the calendar now says something else."""
    follow(desk, calendar)
    activity = Activity.objects.get(title="Babymassage")
    publish_activity(activity=activity, by=coordinator, now=timezone.now())
    says = Fetched(feed(coming(title="Massage"), coming(uid="b", title="Dansen")))
    keep_reading(calendar=calendar, fetched=says, now=timezone.now())
    settle_all(now=timezone.now())
    return OutsideEvent.objects.get(waits=True)


def test_an_address_is_given_read_confirmed_and_followed(desk, calendar, house):
    shown = page(desk, "outside_detail", calendar.pk)
    assert "Er is nog niets gebeurd" in shown
    assert "Maak 2 ontwerpen en volg de agenda" in shown
    assert not Activity.objects.exists()
    follow(desk, calendar)
    assert set(Activity.objects.values_list("house", "status", "offer_type")) == {
        (house.pk, "draft", "baby_massage")
    }
    assert "gevolgd" in page(desk, "outside_list")


def test_while_it_is_read_the_page_refreshes_itself(desk):
    desk.post(
        reverse("outside_create"),
        {"name": "Agenda", "url": "webcal://partner.example/a.ics", "offer_type": "other"},
    )
    calendar = OutsideCalendar.objects.get()
    assert (calendar.url, calendar.state) == ("https://partner.example/a.ics", "reading")
    assert 'hx-trigger="every 2s"' in page(desk, "outside_detail", calendar.pk)
    read_due(now=timezone.now(), fetcher=lambda url: Fetched(reason="De website antwoordt niet."))
    shown = page(desk, "outside_detail", calendar.pk)
    assert "De website antwoordt niet." in shown
    assert "hx-trigger" not in shown


def test_a_file_is_read_at_once(desk):
    file = SimpleUploadedFile("a.ics", feed(coming()))
    desk.post(reverse("outside_create"), {"name": "Bestand", "file": file, "offer_type": "other"})
    calendar = OutsideCalendar.objects.get()
    assert (calendar.state, calendar.events.count(), calendar.next_read_at) == ("read", 1, None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Geef het adres van de agenda"),
        ({"url": "ftp://partner.example/a.ics"}, "geldige URL"),
        ({"url": "\0"}, "geldige URL|niet toegestaan|NUL"),
        ({"url": URL}, "staat al bij dit Huis"),
        ({"name": ""}, "verplicht"),
        ({"file": SimpleUploadedFile("a.ics", b"<html>")}, "geen agenda die we kunnen lezen"),
        ({"url": "https://a.example/", "file": SimpleUploadedFile("a.ics", feed(coming()))}, "niet allebei"),
        ({"organiser": "999999", "url": "https://a.example/"}, "organisator|keuze"),
    ],
)
def test_what_is_no_calendar_gets_a_sentence_and_changes_nothing(desk, calendar, typed, sentence):
    answer = desk.post(reverse("outside_create"), {"name": "Agenda", "offer_type": "other", **typed})
    assert (answer.status_code, OutsideCalendar.objects.count()) == (422, 1)
    assert any(word in answer.content.decode() for word in sentence.split("|"))


def test_what_differs_is_shown_and_taken_over(desk, calendar, coordinator):
    found = waiting(desk, calendar, coordinator)
    assert "Bekijk het verschil" in page(desk, "outside_detail", calendar.pk, wat="wacht")
    assert [tile.count for tile in calendars_to_compare(coordinator, timezone.now())] == [1]
    shown = desk.get(reverse("outside_event", args=[found.pk]))
    assert "Neem over uit de agenda" in shown.content.decode()
    desk.post(reverse("outside_take_over", args=[found.pk]), {"gezien": "oud"})
    assert Activity.objects.filter(title="Babymassage").exists()
    desk.post(reverse("outside_take_over", args=[found.pk]), {"gezien": shown.context["gezien"]})
    assert Activity.objects.filter(title="Massage", status="published").exists()
    again = desk.post(reverse("outside_leave", args=[found.pk]), follow=True)
    assert "al beslist" in again.content.decode()


def test_what_was_put_away_asks_nothing_any_more(desk, calendar, coordinator):
    found = waiting(desk, calendar, coordinator)
    Activity.objects.filter(pk=found.activity_id).update(status="archived")
    assert list(calendars_to_compare(coordinator, timezone.now())) == []
    again = desk.post(reverse("outside_take_over", args=[found.pk]), {"gezien": ""}, follow=True)
    assert "al beslist" in again.content.decode()


def test_a_calendar_that_fails_for_days_stands_on_the_desk(calendar, coordinator):
    ago = timezone.now() - dt.timedelta(days=3)
    OutsideCalendar.objects.update(fault="De website antwoordt niet.", failing_since=ago)
    (tile,) = calendars_to_mend(coordinator, timezone.now())
    assert tile.text == "1 agenda kunnen we al dagen niet lezen."


def test_what_is_long_in_no_calendar_is_forgotten_and_the_activity_stays(desk, calendar):
    follow(desk, calendar)
    now = timezone.now()
    assert forget_outside_events(before=now + dt.timedelta(days=1), now=now) == 2
    assert Activity.objects.count() == 2


def test_what_was_changed_here_says_so(desk, calendar, coordinator):
    follow(desk, calendar)
    activity = Activity.objects.get(title="Dansen")
    activity.title = "Samen dansen"
    change_activity(activity=activity, seen_at=None, by=coordinator, now=timezone.now())
    assert "hier aangepast" in page(desk, "outside_detail", calendar.pk)
    assert "Komt uit" in page(desk, "offer_edit", activity.pk)
    assert "hier aangepast" in page(desk, "outside_event", OutsideEvent.objects.get(uid="b").pk)


def test_an_event_can_be_left_out(desk, calendar):
    found = OutsideEvent.objects.get(uid="b")
    desk.post(reverse("outside_skip", args=[found.pk]))
    assert "Maak 1 ontwerp en volg" in page(desk, "outside_detail", calendar.pk, wat="verzonnen\0")
    follow(desk, calendar)
    assert list(Activity.objects.values_list("title", flat=True)) == ["Babymassage"]


def test_a_calendar_is_read_now_stopped_and_removed(desk, calendar):
    follow(desk, calendar)
    for name in ("outside_read", "outside_stop"):
        assert desk.get(reverse(name, args=[calendar.pk])).status_code == 405
        desk.post(reverse(name, args=[calendar.pk]))
    calendar.refresh_from_db()
    assert (calendar.state, calendar.next_read_at) == ("stopped", None)
    refused = desk.post(reverse("outside_read", args=[calendar.pk]), follow=True)
    assert "wordt niet gelezen" in refused.content.decode()
    assert "2 activiteiten" in page(desk, "outside_remove", calendar.pk)
    desk.post(reverse("outside_remove", args=[calendar.pk]))
    assert (OutsideCalendar.objects.count(), Activity.objects.count()) == (0, 2)


def test_the_lists_cost_the_same_with_one_and_with_three(desk, calendar, django_assert_max_num_queries):
    def visit():
        total = 0
        for url in (reverse("outside_list"), reverse("outside_detail", args=[calendar.pk])):
            with django_assert_max_num_queries(16) as queries:
                desk.get(url)
            total += len(queries)
        return total

    follow(desk, calendar)
    first = visit()
    for number in range(3):
        says = Fetched(
            feed(*(coming(uid=f"{n}", title=f"{n}") for n in range(number + 3)), coming(), coming(uid="b"))
        )
        keep_reading(calendar=calendar, fetched=says, now=timezone.now())
        settle_all(now=timezone.now())
        OutsideCalendar.objects.create(house=calendar.house, name="x", made_at=timezone.now())
        assert visit() == first


def addresses(calendar):
    found = calendar.events.first()
    names = [f"outside_{name}" for name in ("detail", "confirm", "read", "stop", "remove")]
    ways = [reverse(name, args=[calendar.pk]) for name in names]
    return ways + [
        reverse(f"outside_{name}", args=[found.pk]) for name in ("event", "take_over", "leave", "skip")
    ]


def test_another_house_and_another_editor_find_nothing(client, house, calendar):
    for user in (MembershipFactory().user, partner_of(house).user):
        client.force_login(user)
        for url in addresses(calendar):
            assert client.get(url).status_code in {404, 405}
            assert client.post(url).status_code in {404, 405}
    assert OutsideCalendar.objects.get().state == "read"


def test_an_editor_follows_only_in_the_name_of_her_own_organisation(client, house, calendar):
    editor = partner_of(house)
    client.force_login(editor.user)
    form = {"name": "Van ons", "url": "https://ons.example/a.ics", "offer_type": "other"}
    assert client.post(reverse("outside_create"), form).status_code == 422
    client.post(reverse("outside_create"), form | {"organiser": editor.organisation_id})
    assert OutsideCalendar.objects.get(name="Van ons").organiser == editor.organisation
    assert "Agenda</a>" not in page(client, "outside_list")


def test_who_makes_no_offer_is_refused(client, calendar):
    client.force_login(MembershipFactory(role="officer", house=None).user)
    assert {client.get(reverse(name)).status_code for name in ("outside_list", "outside_create")} == {403}
    assert {client.post(url).status_code for url in addresses(calendar)} <= {403, 405}
