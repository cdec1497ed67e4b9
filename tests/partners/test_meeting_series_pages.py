"""The pages of a series: the dates before anything is saved, then one button."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Meeting, MeetingSeries
from tests.factories import MembershipFactory
from tests.partners.series import dates, planned

pytestmark = pytest.mark.django_db


def typed(**facts):
    today = timezone.localdate()
    return {
        "title": "Stuurgroep",
        "kind": "weekly",
        "weekdays": ["1"],
        "every_weeks": "1",
        "starts_on": today.isoformat(),
        "ends_on": (today + dt.timedelta(weeks=4)).isoformat(),
        "starts_at": "19:30",
        "ends_at": "21:00",
        "place": "Zaal 1",
        "gast-TOTAL_FORMS": "1",
        "gast-INITIAL_FORMS": "0",
        "gast-0-name": "Gust",
        "gast-0-email": "gust@voorbeeld.example",
        **facts,
    }


@pytest.fixture
def coming(els, house):
    """A series whose dates are still to come by the real clock."""
    series = planned(house, els, ends_on=None)
    shift = timezone.now().replace(microsecond=0) - dates(series)[0].starts_at + dt.timedelta(days=20)
    weeks = dt.timedelta(days=-(-shift.days // 7) * 7)
    for row in dates(series):
        row.original_start += weeks
        row.starts_at, row.ends_at = row.starts_at + weeks, row.ends_at + weeks
        Meeting.objects.filter(pk=row.pk).update(
            original_start=row.original_start + dt.timedelta(days=5000),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
    for row in dates(series):
        Meeting.objects.filter(pk=row.pk).update(original_start=row.starts_at)
    return series


def test_the_dates_are_shown_and_nothing_is_saved(desk):
    page = desk.post(reverse("meeting_series_create"), typed(toon="1"))
    words = page.content.decode()
    assert page.status_code == 200
    assert "elke dinsdag van 19.30 tot 21 uur" in words
    assert words.count('name="overslaan"') in (4, 5)
    assert not MeetingSeries.objects.exists()


def test_a_date_that_is_ticked_away_is_not_planned(desk):
    page = desk.post(reverse("meeting_series_create"), typed(toon="1"))
    first = page.context["moments"][0].day
    desk.post(reverse("meeting_series_create"), typed(plan="1", overslaan=[first.isoformat(), "9999-99-99"]))
    series = MeetingSeries.objects.get()
    assert series.skip_dates == [first]
    assert len(dates(series)) == len(page.context["moments"]) - 1


@pytest.mark.parametrize(
    "facts",
    [
        {"weekdays": []},
        {"weekdays": ["9"]},
        {"kind": "nth_weekday"},
        {"ends_at": "18:00"},
        {"starts_on": "2001-01-01"},
        {"ends_on": "9999-12-31"},
        {"every_weeks": "99999999999999999999"},
        {"every_weeks": "0"},
        {"place": ""},
        {"title": "x\0"},
        {
            "ends_on": timezone.localdate().isoformat(),
            "weekdays": [str((timezone.localdate().weekday() + 1) % 7)],
        },
    ],
)
def test_nonsense_plans_nothing(desk, facts):
    answer = desk.post(reverse("meeting_series_create"), typed(plan="1", **facts))
    assert (answer.status_code, MeetingSeries.objects.count()) == (422, 0)


def test_a_change_shows_what_becomes_of_each_date_first(desk, coming):
    row = dates(coming)[2]
    url = reverse("meeting_series_edit", args=[row.pk])
    page = desk.get(url)
    seen = page.context["form"].initial["seen"]
    facts = typed(weekdays=["2"], ends_on="", seen=seen)
    page = desk.post(url, facts | {"toon": "1"})
    assert page.content.decode().count("nieuw moment") >= 10
    assert MeetingSeries.objects.count() == 1
    answer = desk.post(url, facts | {"plan": "1"})
    assert answer.status_code == 302
    assert MeetingSeries.objects.count() == 2
    assert len(dates(coming)) == 2


def test_all_that_comes_begins_at_the_first_date_to_come(desk, coming):
    url = reverse("meeting_series_edit", args=[dates(coming)[3].pk])
    page = desk.get(f"{url}?vanaf=alles")
    assert page.context["meeting"] == dates(coming)[0]


def test_a_series_is_stopped_with_a_reason(desk, coming):
    row = dates(coming)[2]
    answer = desk.post(reverse("meeting_series_stop", args=[row.pk]), {"reason": "Genoeg."})
    assert answer.status_code == 302
    assert [each.is_cancelled for each in dates(coming)[:4]] == [False, False, True, True]


def test_a_date_leads_to_its_series(desk, coming):
    page = desk.get(reverse("meeting_detail", args=[dates(coming)[0].pk])).content.decode()
    assert "Reeks: elke dinsdag van 19 tot 21 uur" in page
    assert reverse("meeting_series_stop", args=[dates(coming)[0].pk]) in page


def test_a_meeting_on_its_own_has_no_series(desk, meeting):
    assert desk.get(reverse("meeting_series_edit", args=[meeting.pk])).status_code == 404


def test_a_series_of_another_house_is_not_there(client, coming):
    client.force_login(MembershipFactory().user)
    row = dates(coming)[0]
    for name in ("meeting_series_edit", "meeting_series_stop"):
        assert client.get(reverse(name, args=[row.pk])).status_code == 404
