"""The index holds what the database holds: whoever changed it, in whatever order it was committed, in every process."""

import datetime as dt

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from activities import search
from activities.models import Activity, Session
from activities.search import Wanted, shelf
from activities.search.index import Index
from huizen import changes
from huizen.models import Holiday, House, Location, Municipality
from partners.models import Organisation
from tests.factories import (
    NOW,
    ActivityFactory,
    ActivityTranslationFactory,
    HouseFactory,
    LocationFactory,
    OrganisationFactory,
    PartnershipFactory,
    ScheduleFactory,
    SessionFactory,
    WorkingAreaFactory,
)
from tests.huizen.test_changes import connection_parameters

pytestmark = pytest.mark.django_db


def found(q="", now=NOW, **wanted) -> list[int]:
    return sorted(hit.activity_id for hit in search.find(Wanted(q=q, **wanted), now=now).hits)


@pytest.fixture
def activity():
    """An activity that the index knows already."""
    made = ActivityFactory(
        title="Zingen",
        summary="Kom!",
        location=LocationFactory(name="De Wip"),
        organiser=OrganisationFactory(name="Kwetter"),
    )
    ScheduleFactory(activity=made)
    SessionFactory(activity=made)
    assert found("zingen") == [made.pk]
    return made


@pytest.mark.parametrize(
    "change",
    [
        lambda made: Activity.objects.update(title="Dansen"),
        lambda made: Activity.objects.update(status="archived"),
        lambda made: made.delete(),
        lambda made: House.objects.update(is_published=False),
        lambda made: Session.objects.update(status="cancelled"),
    ],
    ids=["other words", "archived", "deleted", "hidden House", "cancelled moment"],
)  # fmt: skip
def test_what_is_no_longer_so_is_no_longer_found(activity, change):
    change(activity)
    assert found("zingen") == []


@pytest.mark.parametrize(
    ("model", "facts", "words"),
    [
        (Location, {"name": "Zonnedak"}, "zonnedak"),
        (Organisation, {"name": "Zonnedak"}, "zonnedak"),
        (House, {"name": "Huis van het Kind Zonnedal"}, "zonnedal"),
        (Municipality, {"name": "Zonnegem"}, "zonnegem"),
        (Activity, {"title": "Dansen"}, "dansen"),
        (Activity, {"description": "Met een dansje"}, "dansje"),
    ],
)
def test_the_words_of_what_stands_around_it_are_followed(activity, model, facts, words):
    assert found(words) == []
    model.objects.update(**facts)
    assert found(words) == [activity.pk]


def test_what_is_told_in_another_language_is_found_in_it(activity):
    assert found("chanter") == []
    told = ActivityTranslationFactory(activity=activity, title="Chanter", summary="Venez danser")
    assert found("chanter") == found("danser") == [activity.pk]
    told.delete()
    assert found("chanter") == []


def test_places_left_are_followed(activity):
    assert found(plaatsvrij=True) == [activity.pk]
    Session.objects.update(capacity=4, confirmed_count=4)
    assert found(plaatsvrij=True) == []


def test_a_holiday_is_followed(activity):
    assert found(vakantie=True) == []
    Holiday.objects.create(
        kind="school", name="V", starts_on=NOW.date(), ends_on=NOW.date() + dt.timedelta(9)
    )
    assert found(vakantie=True) == [activity.pk]


def test_a_rule_that_comes_or_goes_is_followed():
    made = ActivityFactory()
    assert found() == [made.pk]
    rule = ScheduleFactory(activity=made)
    assert found() == []
    rule.delete()
    assert found() == [made.pk]


def test_a_slot_that_was_left_is_used_again(activity):
    size = shelf.current(now=NOW).columns.size
    activity.delete()
    other = ActivityFactory(title="Dansen")
    assert found("dansen") == [other.pk]
    assert found("zingen") == []
    assert shelf.current(now=NOW).columns.size == size


def test_a_clock_that_goes_back_finds_what_was_still_to_come(activity):
    assert found(now=NOW + dt.timedelta(days=30)) == []
    assert found(now=NOW) == [activity.pk]


def test_a_moment_that_is_over_makes_room_for_the_next(activity):
    first, second = (
        activity.sessions.get(),
        SessionFactory(activity=activity, original_start=NOW + dt.timedelta(days=8)),
    )
    for now, session in ((first.ends_at - dt.timedelta(seconds=1), first), (first.ends_at, second)):
        (hit,) = search.find(Wanted(), now=now).hits
        assert hit.session_id == session.pk


def test_many_changes_at_once_are_read_all_the_same(activity, monkeypatch):
    monkeypatch.setattr(shelf, "MANY", 2)
    made = [ActivityFactory(title="Dansen").pk for _ in range(4)]
    assert found("dansen") == made


def test_a_change_takes_the_same_queries_for_one_row_and_for_three(activity, django_assert_max_num_queries):
    taken = []
    for number in (1, 3):
        SessionFactory.create_batch(number, activity=ActivityFactory())
        with django_assert_max_num_queries(8) as queries:
            found()
        taken.append(len(queries))
    assert taken[0] == taken[1]


# Houses and partners.
def things(words):
    return [thing.title for thing in search.find(Wanted(q=words), now=NOW).things]


def test_a_house_is_found_by_its_name_and_by_where_it_works():
    house = HouseFactory(name="Huis van het Kind Zonnedal")
    WorkingAreaFactory(house=house, municipality__name="Regenveld")
    assert [things(words) for words in ("zonnedal", "hvhk regenveld", "huis vh kind zonedal")] == [
        [house.name]
    ] * 3
    House.objects.update(is_published=False)
    assert things("zonnedal") == []


def test_a_partner_is_found_while_it_is_one_of_a_visible_house():
    partnership = PartnershipFactory(organisation__name="Kwetterkring")
    assert things("kwetterkring") == ["Kwetterkring"]
    partnership.until = dt.date(2025, 1, 1)
    partnership.save()
    assert things("kwetterkring") == []


def test_of_a_partner_no_person_is_found():
    partnership = PartnershipFactory(organisation__name="Kwetterkring")
    partnership.organisation.contacts.create(
        name="Zebedeus Zonneveld", email="z@voorbeeld.example", is_public=True
    )
    assert things("zebedeus") == []


def test_at_most_three_things():
    for number in range(5):
        HouseFactory(name=f"Huis van het Kind Zonnedal {number}")
    assert len(things("zonnedal")) == 3


# Other processes.
@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_late_is_not_missed():
    late, early = ActivityFactory(title="Laat"), ActivityFactory(title="Vroeg")
    assert found("vroeg") == [early.pk]
    with psycopg.connect(**connection_parameters()) as other:
        other.execute("UPDATE activities_activity SET title = 'Zingen' WHERE id = %s", [late.pk])
        Activity.objects.filter(pk=early.pk).update(title="Zingen")
        assert found("zingen") == [early.pk]
        other.commit()
        assert found("zingen") == [late.pk, early.pk]


@pytest.mark.django_db(transaction=True)
def test_a_visitor_does_not_wait_while_a_large_index_is_made_anew(monkeypatch):
    monkeypatch.setattr(shelf, "QUICK", 0)
    made = ActivityFactory(title="Zingen")
    assert found("zingen") == [made.pk]
    old = shelf.current(now=NOW)
    changes.reset()
    Activity.objects.update(title="Dansen")
    assert shelf.current(now=NOW) is old
    shelf._Shelf.builder and shelf._Shelf.builder.join()
    assert found("dansen") == [made.pk]


@pytest.mark.django_db(transaction=True)
def test_where_a_new_index_fails_the_old_one_goes_on(monkeypatch, caplog):
    monkeypatch.setattr(shelf, "QUICK", 0)
    made = ActivityFactory(title="Zingen")
    assert found("zingen") == [made.pk]
    old = shelf.current(now=NOW)
    with monkeypatch.context() as broken:
        broken.setattr(Index, "_put_moments", lambda *_, **__: 1 / 0)
        changes.reset()
        assert shelf.current(now=NOW) is old
        shelf._Shelf.builder and shelf._Shelf.builder.join()
    assert "could not be made anew" in caplog.text
    changes.reset()
    shelf.current(now=NOW)
    shelf._Shelf.builder and shelf._Shelf.builder.join()
    assert shelf.current(now=NOW) is not old


@pytest.mark.django_db(transaction=True)
def test_a_search_right_after_another_asks_the_database_nothing(settings, django_assert_num_queries):
    settings.CHANGES_CHECK_SECONDS = 60
    now = timezone.now()
    SessionFactory(original_start=now + dt.timedelta(days=1))
    search.find(Wanted(), now=now)
    with django_assert_num_queries(0):
        search.find(Wanted(q="spelen"), now=now)


def test_the_connection_is_the_one_of_the_test():
    assert connection.settings_dict["NAME"].startswith("test_")
