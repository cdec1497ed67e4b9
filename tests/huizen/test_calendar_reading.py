"""A calendar of somebody else is read on our clock, and no file takes for ever or breaks the reader."""

import datetime as dt
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen.calendar_file import CalendarEvent, calendar_file
from huizen.calendar_reading import EVENTS, CalendarError, read_calendar
from tests.activities.ical import WEEKLY, event, feed
from tests.factories import NOW, TODAY

NEXT_YEAR = TODAY + dt.timedelta(days=365)


def read(*events):
    return read_calendar(feed(*events), first=TODAY, last=NEXT_YEAR)


def days(found):
    return [start.date().isoformat() for start, _ in found.moments]


def test_a_rule_its_exceptions_and_a_moved_time_are_worked_out():
    moved = event(
        start="20260318T140000",
        end="20260318T150000",
        more="RECURRENCE-ID;TZID=Europe/Brussels:20260316T090000",
    )
    cancelled = event(
        start="20260323T090000",
        end="20260323T120000",
        more="RECURRENCE-ID;TZID=Europe/Brussels:20260323T090000\r\nSTATUS:CANCELLED",
    )
    rule = {
        **WEEKLY,
        "more": "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5\r\nEXDATE;TZID=Europe/Brussels:20260330T090000",
    }
    (found,) = read(event(**rule), moved, cancelled)
    assert days(found) == ["2026-03-09", "2026-03-18", "2026-04-06"]
    assert [start.hour for start, _ in found.moments] == [9, 14, 9]
    [(planned, now)] = found.moves
    assert [f"{moment:%d %H}" for moment in (*planned, *now)] == ["16 09", "16 12", "18 14", "18 15"]
    assert [f"{start:%d %H}" for start, _ in found.planned] == ["09 09", "16 09", "06 09"]


def test_the_last_day_that_is_asked_for_is_looked_up_too():
    every_day = event(start="20260304T090000", end="20260304T100000", more="RRULE:FREQ=DAILY")
    found = read_calendar(feed(every_day), first=TODAY, last=TODAY + dt.timedelta(days=2))[0]
    assert days(found) == ["2026-03-04", "2026-03-05", "2026-03-06"]


def test_times_are_on_our_wall_whatever_zone_they_were_written_in():
    lines = event(start="X").replace("DTSTART;TZID=Europe/Brussels:X", "DTSTART:20260701T070000Z")
    utc = lines.replace("DTEND;TZID=Europe/Brussels:20260309T120000", "DTEND:20260701T090000Z")
    floating = event(uid="b", start="20260701T070000", end="20260701T090000").replace(
        ";TZID=Europe/Brussels", ""
    )
    hours = [(start.hour, end.hour) for found in read(utc, floating) for start, end in found.moments]
    assert hours == [(7, 9), (9, 11)]


def test_words_are_taken_without_the_marks_of_a_page():
    (found,) = read(
        event(title="<b>Dansen</b>", text="Kom <i>dansen</i>.<br>Breng water mee.", place="  Het   Huis ")
    )
    assert (found.title, found.description, found.place) == (
        "Dansen",
        "Kom dansen.\nBreng water mee.",
        "Het Huis",
    )


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (event().replace("DTSTART;TZID=Europe/Brussels:20260309T090000", "DTSTART;VALUE=DATE:20260309").replace("DTEND;TZID=Europe/Brussels:20260309T120000", "DTEND;VALUE=DATE:20260310"), "hele dag"),
        (event(end="20260311T120000"), "meer dagen"),
        (event(end="20260309T090000"), "tot wanneer"),
        (event(title=""), "geen titel"),
        (event(more="RRULE:FREQ=SECONDLY"), "te vaak"),
        (event(more="RRULE:FREQ=DAILY;BYHOUR=1,2,3,4;BYMINUTE=1,2,3"), "te vaak"),
        (event(start="00010101T090000", end="00010101T100000", more="RRULE:FREQ=DAILY"), "te lang"),
    ],
)  # fmt: skip
def test_what_we_cannot_use_is_named_with_its_reason(lines, reason):
    found = {one.uid: one.reason for one in read(lines, event(uid="goed"))}
    assert found["goed"] == ""
    assert reason in found["a@elders"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR",
        feed(event())[:-20],
        b"x" * 3_000_000,
    ],
)
def test_what_is_no_calendar_or_was_cut_off_is_refused(content):
    with pytest.raises(CalendarError):
        read_calendar(content, first=TODAY, last=NEXT_YEAR)


def test_too_many_events_are_refused():
    with pytest.raises(CalendarError, match=str(EVENTS)):
        read(*(event(uid=f"{n}") for n in range(EVENTS + 1)))


def test_a_calendar_made_to_last_for_ever_is_read_in_time():
    began = time.monotonic()
    bomb = event(more="RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=" + ",".join(map(str, range(24))))
    minutes = event(uid="b", more="RRULE:FREQ=MINUTELY")
    old = event(uid="c", start="20000101T090000", end="20000101T100000", more="RRULE:FREQ=DAILY")
    read(bomb, minutes, old)
    assert time.monotonic() - began < 5


def test_our_own_calendars_can_be_read():
    starts = NOW + dt.timedelta(days=3)
    ours = CalendarEvent("u@x", 0, NOW, starts, starts + dt.timedelta(hours=1), "Zingen")
    (found,) = read_calendar(calendar_file([ours]).encode(), first=TODAY, last=NEXT_YEAR)
    assert (found.title, found.moments) == ("Zingen", ((starts, starts + dt.timedelta(hours=1)),))


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200), st.text(max_size=60))
def test_no_text_breaks_the_reader(line, rule):
    content = feed(event(more=line), event(uid="b", more=f"RRULE:{rule}"))
    with suppress(CalendarError):
        read_calendar(content, first=TODAY, last=NEXT_YEAR)
