"""What changed is told to every process: once, in order of commit, whoever wrote it, and never past a late commit."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from huizen import changes
from huizen.changes import Change, feed
from huizen.models import House
from tests.factories import ActivityFactory, HouseFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def started():
    """The generation of a process that has just read everything."""
    return changes.generation()


def test_nothing_happens_nothing_is_told(started):
    assert changes.generation() == started
    assert changes.since(started) == set()


def test_a_new_row_a_change_and_a_removal_are_told(started):
    house = HouseFactory()
    told = {Change("huizen_house", str(house.pk))}
    made = changes.generation()
    assert changes.since(started) == told
    House.objects.update(name="Ander Huis")
    changed = changes.generation()
    assert changes.since(made) == told
    house.delete()
    assert changes.generation() > changed
    assert changes.since(changed) == told


def test_an_update_that_changes_nothing_is_not_told():
    house = HouseFactory(name="Zelfde")
    seen = changes.generation()
    House.objects.filter(pk=house.pk).update(name="Zelfde")
    assert changes.generation() == seen


def test_a_thousand_moments_of_one_activity_are_one_line(started):
    activity = ActivityFactory()
    seen = changes.generation()
    SessionFactory.create_batch(3, activity=activity)
    assert changes.generation() > seen
    assert changes.since(seen) == {Change("activities_session", str(activity.pk))}


def test_who_is_too_far_behind_starts_anew(started, monkeypatch):
    changes.reset()
    assert changes.since(started) is None


def test_an_emptied_table_means_everything(started):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE huizen_house CASCADE")
    changes.generation()
    assert changes.since(started) is None


@pytest.mark.django_db(transaction=True)
def test_a_process_asks_no_more_often_than_it_was_told(started, settings):
    settings.CHANGES_CHECK_SECONDS = 60
    HouseFactory()
    assert changes.generation() == started


def test_more_changes_than_are_remembered_mean_everything(started, monkeypatch):
    monkeypatch.setattr(feed, "REMEMBERED", 2)
    HouseFactory.create_batch(3)
    changes.generation()
    assert changes.since(started) is None


def test_a_process_that_was_silent_for_long_starts_anew(started, monkeypatch):
    monkeypatch.setattr(feed, "LONGEST_SILENCE", 0.0)
    assert changes.generation() > started
    assert changes.since(started) is None


def test_the_night_takes_away_what_every_process_has_read():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM huizen_change")
    HouseFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE huizen_change SET at = at - interval '3 days'")
    HouseFactory()
    assert changes.forget(before=timezone.now() - timedelta(days=changes.KEPT_DAYS)) == 1
    assert changes.forget(before=timezone.now() - timedelta(days=changes.KEPT_DAYS)) == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_late_is_not_missed():
    with late_and_early() as (seen, late_house):
        assert Change("huizen_house", late_house) in changes.since(seen)


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_only_keeps_the_last_number_would_miss_it(monkeypatch):
    """The negative control: by the number of the line alone, the late commit is never seen."""
    monkeypatch.setattr(
        feed,
        "READ",
        "SELECT coalesce((SELECT max(id) FROM huizen_change), 0)::text, c.id, c.what, c.key"
        " FROM (SELECT 1) AS always LEFT JOIN huizen_change c ON c.id > coalesce(nullif(%s, '')::numeric, 0)",
    )
    with late_and_early() as (seen, late_house):
        assert Change("huizen_house", late_house) not in changes.since(seen)


class late_and_early:
    """Two writers: the first line of the feed is committed after the second was read."""

    def __enter__(self):
        self.first, self.second = HouseFactory(), HouseFactory()
        changes.reset()
        self.other = psycopg.connect(**connection_parameters())
        changes.generation()
        self.other.execute("UPDATE huizen_house SET name = 'Laat' WHERE id = %s", [self.first.pk])
        House.objects.filter(pk=self.second.pk).update(name="Vroeg")
        seen = changes.generation()
        self.other.commit()
        changes.generation()
        return seen, str(self.first.pk)

    def __exit__(self, *_):
        self.other.close()


def connection_parameters() -> dict:
    known = connection.get_connection_params()
    return {name: known[name] for name in ("dbname", "user", "host", "port", "password") if known.get(name)}
