"""Cards are made once and kept; what differs from visitor to visitor is put in each time."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from activities import cards, kept_offer, search
from activities.cards import rendered
from activities.models import Activity, Session
from activities.search import Hit, Wanted
from huizen.models import OpeningHours
from tests.factories import NOW, ActivityFactory, LocationFactory, SessionFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def title_of(card: str) -> str:
    """The title on a card."""
    return re.search(r'class="card-link"[^>]*><span[^>]*>([^<]*)</span>', card)[1]


def when(card: str) -> str:
    """What a card says under the clock."""
    return re.search(r"Wanneer</span></dt><dd>([^<]*)<", card)[1]


def hit(activity, **facts) -> Hit:
    return Hit(activity_id=activity.pk, **facts)


def test_a_kept_card_says_what_the_card_itself_says():
    place = LocationFactory(lat=51.2, lon=5.1)
    activity = ActivityFactory(title="Zingen & <spelen>", location=place, registration_mode="required")
    SessionFactory(activity=activity, original_start=NOW + DAY, capacity=3)
    found = search.find(Wanted(spot=search.Spot(51.1, 5.0)), now=NOW).hits
    template = Template("{% load offer %}{% activity_card activity %}")
    (row,) = search.cards(found)
    itself = template.render(Context({"activity": row, "now": NOW}))
    assert [str(card) for card in rendered(found, now=NOW) * 2] == [itself, itself]
    assert "Zingen &amp; &lt;spelen&gt;" in itself
    assert "(nog 3 plaatsen)" in itself


def test_a_second_visitor_costs_no_query_and_a_change_one():
    activity = ActivityFactory(title="Oud")
    rendered([hit(activity)], now=NOW)
    for title, asked in (("Oud", 0), ("Nieuw", 1)):
        Activity.objects.filter(pk=activity.pk).update(title=title)
        with CaptureQueriesContext(connection) as queries:
            (card,) = rendered([hit(activity)], now=NOW)
        assert title_of(card) == title
        assert len([query for query in queries if "activities_activity" in query["sql"]]) == asked


def test_another_card_stays_when_one_changes():
    first, second = ActivityFactory(), ActivityFactory()
    rendered([hit(first), hit(second)], now=NOW)
    Activity.objects.filter(pk=first.pk).update(title="Anders")
    rendered([], now=NOW)
    assert [key[0] for key in cards._kept.kept] == [second.pk]


@pytest.mark.parametrize("around", ["house", "location"])
def test_what_stands_on_many_cards_makes_them_anew(around):
    activity = ActivityFactory(location=LocationFactory())
    rendered([hit(activity)], now=NOW)
    row = getattr(activity, around)
    row.name = "Een andere naam"
    row.save()
    rendered([], now=NOW)
    assert not cards._kept.kept


def test_the_same_card_for_two_moments_and_two_visitors():
    activity = ActivityFactory(registration_mode="required", channels=["online"])
    starts, ends = NOW + DAY, NOW + DAY + dt.timedelta(hours=2)
    full, near = rendered(
        [hit(activity, starts_at=starts, ends_at=ends, left=0), hit(activity, distance_km=2.0)], now=NOW
    )
    assert "Morgen" in full
    assert "Volzet, er is een wachtlijst" in full
    assert "(2 km)" in near
    assert "Vraag het aan het Huis" in near


def test_a_child_that_is_too_young_reads_from_when_on_it_fits():
    (card,) = rendered([hit(ActivityFactory(), fits_from=dt.date(2027, 3, 1))], now=NOW)
    assert ". Past vanaf maart 2027</" in card


def test_what_goes_on_later_today_or_at_this_moment_is_said_so():
    row, hour = ActivityFactory(), dt.timedelta(hours=1)
    later = hit(row, starts_at=NOW + hour, ends_at=NOW + 2 * hour)
    going = hit(row, starts_at=NOW - hour, ends_at=NOW + hour)
    night = hit(row, starts_at=NOW - hour, ends_at=NOW + DAY)
    assert [when(card) for card in rendered([later, going, night], now=NOW)] == [
        "Vandaag nog, van 10 tot 11 uur",
        "Nu bezig, tot 10 uur",
        "Van vandaag 8 uur tot morgen 9 uur",
    ]


def test_a_kept_card_changes_when_its_moment_begins():
    row, hour = ActivityFactory(), dt.timedelta(hours=1)
    found = [hit(row, starts_at=NOW + hour, ends_at=NOW + 3 * hour)]
    said = [when(rendered(found, now=NOW + later)[0]) for later in (0 * hour, hour, 2 * hour)]
    assert said == ["Vandaag nog, van 10 tot 12 uur", *["Nu bezig, tot 12 uur"] * 2]
    assert cards._filled_since.cache_info().hits


def test_what_goes_on_while_its_place_is_open_says_until_when_each_time_anew():
    place = LocationFactory()
    OpeningHours.objects.create(
        location=place, weekday=NOW.weekday(), opens_at=dt.time(9), closes_at=dt.time(17, 30)
    )
    open_place, no_hours, no_place = (
        ActivityFactory(location=place),
        ActivityFactory(location=LocationFactory()),
        ActivityFactory(),
    )
    how = "Tijdens de openingsuren"
    said = {
        NOW - dt.timedelta(hours=2): f"{how}. Vandaag open vanaf 9 uur",
        NOW: f"{how}. Nu open tot 17.30 uur",
        NOW + dt.timedelta(hours=9): f"{how}. Woensdag 11 maart open vanaf 9 uur",
    }
    for now, sentence in said.items():
        found = [hit(row, ongoing="in_opening_hours") for row in (open_place, no_hours, no_place)]
        assert [when(card) for card in rendered(found, now=now)] == [sentence, how, how]
    (by_appointment,) = rendered([hit(open_place, ongoing="by_appointment")], now=NOW)
    assert when(by_appointment) == "Op afspraak"


def test_each_language_has_its_own_cards():
    activity = ActivityFactory()
    with translation.override("fr"):
        (french,) = rendered([hit(activity)], now=NOW)
    (dutch,) = rendered([hit(activity)], now=NOW)
    assert "Pour qui" in french
    assert "Voor wie" in dutch


def test_what_went_since_it_was_found_is_left_out():
    gone, here = ActivityFactory(), ActivityFactory(title="Nog hier")
    found = [hit(gone), hit(here)]
    gone.delete()
    assert list(map(title_of, rendered(found, now=NOW))) == ["Nog hier"]


def test_no_more_cards_are_kept_than_memory_has_room_for(monkeypatch):
    monkeypatch.setattr(kept_offer, "MOST", 2)
    for _ in range(4):
        rendered([hit(ActivityFactory())], now=NOW)
    assert len(cards._kept.kept) <= 3


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        ({"capacity": None}, None),
        ({"capacity": 5, "confirmed_count": 2}, 3),
        ({"capacity": 5, "confirmed_count": 2, "held_count": 1}, 2),
        ({"capacity": 5, "confirmed_count": 2, "waiting_count": 1}, 0),
        ({"capacity": 5, "confirmed_count": 5}, 0),
    ],
)
def test_the_index_and_the_moment_itself_count_the_same_places(facts, left):
    SessionFactory(original_start=NOW + DAY, **facts)
    (found,) = search.find(Wanted(), now=NOW).hits
    assert found.left == left
    assert cards.places_left(Session.objects.get()) == left
