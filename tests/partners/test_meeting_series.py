"""A series: its dates, one entry in a calendar, and a change of one date, of this and the following, or of all."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from icalendar import Calendar

from huizen.models import Event, Holiday, Message, PlannedMessage
from partners.actions.answer import answer_meeting
from partners.actions.meeting import cancel_meeting, restore_meeting
from partners.actions.meeting_lock import MeetingError
from partners.actions.meeting_series import extend_all_series, extend_series
from partners.actions.meeting_series_change import From, stop_series
from partners.models import Meeting, MeetingInvitation
from tests.factories import NOW
from tests.meeting_factories import GroupMemberFactory, MeetingGroupFactory
from tests.partners.series import AN, dates, edit, move, planned

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def series(els, house):
    return planned(house, els)


def letters(template, to=AN):
    return list(Message.objects.filter(recipient=to, template=template).order_by("pk"))


def events(letter):
    return Calendar.from_ical(letter.calendar).walk("VEVENT")


def test_each_date_is_a_meeting_with_its_people_and_reminders(series):
    rows = dates(series)
    assert len(rows) == 8
    assert {row.original_start == row.starts_at for row in rows} == {True}
    assert {row.invitations.count() for row in rows} == {2}
    assert PlannedMessage.objects.filter(subject_id=str(rows[-1].pk)).count() == 2 * 3 + 1


def test_everybody_gets_one_letter_with_one_entry_for_all_dates(series):
    [letter] = letters("meeting_series_invitation")
    assert letter.context["rule"].startswith("elke dinsdag van 19 tot 21 uur")
    assert len(letter.context["dates"]) == 8
    [event] = events(letter)
    assert event["RRULE"]["FREQ"] == ["WEEKLY"]
    assert event["UID"] == series.ical_uid
    assert Message.objects.count() == 2


def test_school_holidays_and_days_that_were_ticked_away_have_no_meeting(els, house):
    first = NOW.date() + dt.timedelta(days=14)
    Holiday.objects.create(
        kind="school", name="Vakantie", starts_on=first, ends_on=first + dt.timedelta(days=6)
    )
    away = next(
        first + dt.timedelta(days=n) for n in range(7, 14) if (first + dt.timedelta(days=n)).weekday() == 1
    )
    series = planned(house, els, skip_dates=[away])
    assert len(dates(series)) == 6
    [event] = events(letters("meeting_series_invitation")[0])
    assert len(event["EXDATE"].dts) == 2


def test_a_rule_without_dates_is_refused(els, house):
    with pytest.raises(MeetingError, match="geen enkele datum"):
        planned(house, els, ends_on=NOW.date())


def test_the_clock_on_the_wall_stands_still_when_summer_comes(els, house):
    series = planned(house, els)
    assert {row.starts_at.astimezone(dt.UTC).hour for row in dates(series)} == {18, 17}
    zone = events(letters("meeting_series_invitation")[0])[0]["DTSTART"].dt.tzinfo
    assert {row.starts_at.astimezone(zone).hour for row in dates(series)} == {19}


def test_one_date_that_is_cancelled_is_named_in_the_calendar(series, els):
    third = dates(series)[2]
    cancel_meeting(meeting=third, reason="Ziek.", by=els, now=LATER)
    [event] = events(letters("meeting_cancelled")[0])
    assert event["RECURRENCE-ID"].dt == third.original_start
    assert (event["UID"], str(event["STATUS"]), event["SEQUENCE"]) == (series.ical_uid, "CANCELLED", 1)
    restore_meeting(meeting=third, by=els, now=LATER)
    [event] = events(letters("meeting_restored")[0])
    assert (event["RECURRENCE-ID"].dt, event["SEQUENCE"]) == (third.original_start, 2)


def test_this_and_following_leaves_past_moved_and_cancelled_dates_alone(series, els):
    rows = dates(series)
    move(rows[4], els, LATER, days=1)
    cancel_meeting(meeting=rows[5], reason="Ziek.", by=els, now=LATER)
    answer_meeting(
        invitation=rows[3].invitations.get(email=AN), answer="yes", comment="", seen_version=1, now=LATER
    )
    kept = {
        row.pk: (row.starts_at, row.series_id) for row in Meeting.objects.filter(pk__in=[r.pk for r in rows])
    }
    invitations = set(MeetingInvitation.objects.values_list("pk", flat=True))
    now = rows[1].ends_at + dt.timedelta(hours=1)
    after = edit(rows[3], els, now, starts_at=dt.time(18), ends_at=dt.time(20))
    series.refresh_from_db()
    assert (after.follows, series.ends_on) == (series, rows[3].starts_at.date() - dt.timedelta(days=1))
    untouched = [*rows[:3], rows[4], rows[5]]
    assert {row.pk: (row.starts_at, row.series_id) for row in dates(series)} == {
        row.pk: kept[row.pk] for row in untouched
    }
    assert [row.pk for row in dates(after)] == [rows[3].pk, rows[6].pk, rows[7].pk]
    assert {row.starts_at - row.original_start for row in dates(after)} == {dt.timedelta()}
    assert set(MeetingInvitation.objects.values_list("pk", flat=True)) == invitations
    an = rows[3].invitations.get(email=AN)
    assert (an.answer, an.earlier_answer) == ("none", "yes")


def test_the_old_series_ends_with_until_and_the_new_one_has_a_uid_of_its_own(series, els):
    after = edit(dates(series)[2], els, LATER, weekdays=[3])
    [old] = events(letters("meeting_series_closed")[0])
    [new] = events(letters("meeting_series_changed")[0])
    assert old["RRULE"]["UNTIL"] == [dates(series)[1].original_start]
    assert (old["UID"], new["UID"]) == (series.ical_uid, after.ical_uid)
    assert new["DTSTART"].dt == dates(after)[0].starts_at


def test_before_the_first_date_the_series_itself_is_changed(series, els):
    after = edit(dates(series)[0], els, LATER, weekdays=[0])
    assert (after.pk, after.ical_uid, len(dates(after))) == (series.pk, series.ical_uid, 8)
    assert letters("meeting_series_closed") == []


def test_other_words_for_all_that_comes_keep_the_answers_and_the_series(series, els):
    rows = dates(series)
    now = rows[1].ends_at + dt.timedelta(hours=1)
    MeetingInvitation.objects.update(answer="yes", answered_at=NOW)
    edit(rows[2], els, now, title="Kernteam", place="Zaal 2")
    assert [row.title for row in dates(series)] == ["Stuurgroep"] * 2 + ["Kernteam"] * 6
    assert set(MeetingInvitation.objects.values_list("answer", flat=True)) == {"yes"}
    assert len(letters("meeting_series_changed")) == 1


def test_what_the_rule_no_longer_has_does_not_take_place_and_comes_back_with_it(series, els):
    first = dates(series)[0]
    edit(first, els, LATER, every_weeks=2)
    assert [row.is_cancelled for row in dates(series)].count(True) == 4
    edit(first, els, LATER, every_weeks=1)
    assert {row.is_cancelled for row in dates(series)} == {False}
    assert len(dates(series)) == 8


def test_who_looked_at_an_older_series_changes_nothing(series, els):
    row = Meeting.objects.select_related("series").get(pk=dates(series)[0].pk)
    stale = From(row, row.series.changed_at)
    edit(row, els, LATER, title="Kernteam")
    with pytest.raises(MeetingError, match="intussen"):
        stop_series(start=stale, reason="x", by=els, now=LATER)


def test_a_series_that_stops_tells_it_once_and_reminds_nobody(series, els):
    row = Meeting.objects.select_related("series").get(pk=dates(series)[4].pk)
    stop_series(start=From(row, series.changed_at), reason="Genoeg.", by=els, now=LATER)
    assert [row.is_cancelled for row in dates(series)] == [False] * 4 + [True] * 4
    [letter] = letters("meeting_series_stopped")
    assert letter.context["reason"] == "Genoeg."
    gone = [str(row.pk) for row in dates(series)[4:]]
    assert not PlannedMessage.objects.filter(subject_id__in=gone, state="planned").exists()
    assert Event.objects.filter(verb="ended").count() == 1


def test_dates_are_added_half_a_year_ahead_once(els, house):
    series = planned(house, els, ends_on=None)
    many = len(dates(series))
    soon = NOW + dt.timedelta(days=200)
    assert extend_all_series(now=NOW + dt.timedelta(days=10)) == 0
    new = extend_all_series(now=soon)
    assert new > 20
    assert [extend_all_series(now=soon), extend_series(pk=series.pk, now=soon)] == [0, 0]
    assert len(dates(series)) == many + new
    [letter] = letters("meeting_series_grown")
    assert len(letter.context["new"]) == new
    assert set(
        MeetingInvitation.objects.filter(meeting=dates(series)[-1]).values_list("name", flat=True)
    ) == {"An", "Bob"}


def test_new_dates_ask_who_belongs_to_the_group_by_then(els, house):
    group = MeetingGroupFactory(house=house)
    series = planned(house, els, ends_on=None, group=group)
    GroupMemberFactory(group=group, name="Cleo")
    extend_all_series(now=NOW + dt.timedelta(days=200))
    last = dates(series)[-1]
    assert list(last.invitations.values_list("name", flat=True)) == ["Cleo"]


def test_a_date_is_written_once(series):
    row = dates(series)[0]
    row.pk = None
    with pytest.raises(IntegrityError, match="meeting_once_in_its_series"), transaction.atomic():
        row.save(force_insert=True)
