"""F51: dates that are topped up three times over and by many at once; and the guards taken away."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.actions import sessions as topping_up
from activities.actions.sessions import extend_all_sessions
from activities.models import Session
from huizen.models import Message
from partners.actions import meeting_series
from partners.actions.meeting_series import extend_all_series, extend_series
from partners.models import Meeting, MeetingSeries
from tests.at_once import at_once, then_together
from tests.factories import NOW, MembershipFactory, ScheduleFactory
from tests.partners.series import AN, planned

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

NIGHTS, SOON = 6, NOW + dt.timedelta(days=200)


@pytest.fixture
def rules():
    """Three weekly rules without an end, of which no date was made yet."""
    today = timezone.localdate(NOW)
    return [
        ScheduleFactory(kind="weekly", weekdays=[day], starts_on=today, ends_on=None, dates=[])
        for day in (0, 2, 4)
    ]


def starts(rule):
    return list(Session.objects.filter(schedule=rule).order_by("pk").values_list("original_start", flat=True))


def test_dates_of_activities_are_made_once_by_six_nights_at_once_and_three_after(rules):
    results = at_once([lambda: extend_all_sessions(now=NOW)] * NIGHTS, threads=NIGHTS)
    assert [result for result in results if isinstance(result, Exception)] == []
    first = [starts(rule) for rule in rules]
    assert [len(found) for found in first] == [len(set(found)) for found in first]
    assert min(map(len, first)) > 50
    assert [extend_all_sessions(now=NOW) for _ in range(3)] == [0, 0, 0]
    assert [starts(rule) for rule in rules] == first


def nobody_waits(monkeypatch):
    """Whoever reads the rules goes on at once: nobody holds them, and all see that no date is there."""
    take = topping_up.Schedule.objects.filter

    def slow(*found, **facts):
        rows = take(*found, **facts)
        rows.select_for_update = lambda **options: rows.all()
        return rows

    monkeypatch.setattr(topping_up.Schedule.objects, "filter", slow)
    monkeypatch.setattr(topping_up, "_days_taken", then_together(topping_up._days_taken, NIGHTS))


def test_without_waiting_for_each_other_the_key_of_rule_and_start_still_holds(rules, monkeypatch):
    """The second guard alone."""
    nobody_waits(monkeypatch)
    results = at_once([lambda: extend_all_sessions(now=NOW)] * NIGHTS, threads=NIGHTS)
    assert sum(map(int, results)) > len({start for rule in rules for start in starts(rule)})
    assert all(len(starts(rule)) == len(set(starts(rule))) for rule in rules)


def test_without_both_guards_the_nights_would_clash(rules, monkeypatch):
    """F51n: who loses raises instead of doing nothing."""
    nobody_waits(monkeypatch)
    create = Session.objects.bulk_create
    monkeypatch.setattr(
        Session.objects, "bulk_create", lambda rows, ignore_conflicts, batch_size: create(rows)
    )
    results = at_once([lambda: extend_all_sessions(now=NOW)] * NIGHTS, threads=NIGHTS)
    assert IntegrityError in {type(result) for result in results}


# Meetings.
@pytest.fixture
def series():
    els = MembershipFactory(user__name="Els", user__email="els@voorbeeld.example").user
    return planned(els.memberships.get().house, els, ends_on=None)


def moments_of(series):
    return list(Meeting.objects.filter(series=series).values_list("original_start", flat=True))


def test_dates_of_meetings_are_made_once_and_told_once_by_six_nights_at_once_and_three_after(series):
    before = len(moments_of(series))
    results = at_once([lambda: extend_all_series(now=SOON)] * NIGHTS, threads=NIGHTS)
    extend_series(pk=series.pk, now=SOON)
    assert [result for result in results if isinstance(result, Exception)] == []
    found = moments_of(series)
    assert len(found) == len(set(found)) > before
    assert [extend_all_series(now=SOON) for _ in range(3)] == [0, 0, 0]
    assert moments_of(series) == found
    assert Message.objects.filter(recipient=AN, template="meeting_series_grown").count() == 1


def test_without_the_lock_on_the_series_the_nights_would_clash(series, monkeypatch):
    """F51n: all read that no new date stands, and the key of series and start stops all but one."""

    found = then_together(lambda pk: MeetingSeries.objects.get(pk=pk), NIGHTS)

    class Unlocked:
        def select_related(self, *names):
            return self

        def select_for_update(self, **options):
            return self

        def filter(self, pk):
            self.pk = pk
            return self

        def first(self):
            return found(self.pk)

    class Manager:
        objects = Unlocked()

    monkeypatch.setattr(meeting_series, "MeetingSeries", Manager)
    results = at_once([lambda: extend_series(pk=series.pk, now=SOON)] * NIGHTS, threads=NIGHTS)
    assert IntegrityError in {type(result) for result in results}
    with transaction.atomic():
        found = moments_of(series)
    assert len(found) == len(set(found))
