"""Calendar files: read back by icalendar and by a calendar's own way of reading."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen.calendar_file import CalendarEvent, calendar_file

BRUSSELS = ZoneInfo("Europe/Brussels")
FACTS = {
    "uid": "moment-1@example.org",
    "sequence": 2,
    "stamp": datetime(2026, 3, 1, 8, tzinfo=UTC),
    "starts_at": datetime(2026, 3, 4, 9, tzinfo=BRUSSELS),
    "ends_at": datetime(2026, 3, 4, 12, tzinfo=BRUSSELS),
    "title": "Babymassage",
}


def read(**facts):
    method = facts.pop("method", "PUBLISH")
    calendar = icalendar.Calendar.from_ical(calendar_file([CalendarEvent(**FACTS | facts)], method=method))
    return calendar, calendar.events[0]


def test_a_moment_has_all_that_a_calendar_asks_for():
    calendar, event = read(
        place="Markt 1, Turnhout", url="https://example.org/a", description="Breng een doek mee."
    )

    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["PRODID"] == "-//Huizenportaal//Kalender//NL"
    assert {
        key: str(event[key]) for key in ("UID", "SUMMARY", "LOCATION", "URL", "DESCRIPTION", "STATUS")
    } == {
        "UID": "moment-1@example.org",
        "SUMMARY": "Babymassage",
        "LOCATION": "Markt 1, Turnhout",
        "URL": "https://example.org/a",
        "DESCRIPTION": "Breng een doek mee.",
        "STATUS": "CONFIRMED",
    }
    assert event["SEQUENCE"] == 2
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_times_are_on_the_clock_of_brussels_whatever_zone_they_came_in():
    text = calendar_file(
        [
            CalendarEvent(
                **FACTS
                | {
                    "starts_at": datetime(2026, 7, 1, 7, tzinfo=UTC),
                    "ends_at": datetime(2026, 7, 1, 8, tzinfo=UTC),
                }
            )
        ]
    )

    assert "DTSTART;TZID=Europe/Brussels:20260701T090000\r\n" in text
    assert text.count("BEGIN:VTIMEZONE\r\n") == 1
    assert "TZID:Europe/Brussels\r\n" in text


@pytest.mark.parametrize(
    ("day", "offset"), [("2026-03-28", 1), ("2026-03-29", 2), ("2026-10-24", 2), ("2026-10-25", 1)]
)
def test_nine_o_clock_stays_nine_o_clock_around_the_change_of_the_clock(day, offset):
    start = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=BRUSSELS)
    _, event = read(starts_at=start, ends_at=start.replace(hour=10))

    assert event["DTSTART"].dt.hour == 9
    assert event["DTSTART"].dt.utcoffset().total_seconds() == offset * 3600


def test_a_cancelled_moment_says_so_and_invitees_hear_it_as_such():
    assert read(cancelled=True)[1]["STATUS"] == "CANCELLED"
    calendar, event = read(method="CANCEL")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


PEOPLE = {"organiser": ("Huis Demo", "huis@example.org"), "attendees": (("An Peeters", "an@example.org"),)}


def test_an_invitation_names_who_asks_and_who_is_asked():
    _, event = read(method="REQUEST", **PEOPLE)

    assert event["ORGANIZER"] == "mailto:huis@example.org"
    assert event["ORGANIZER"].params["CN"] == "Huis Demo"
    assert event["ATTENDEE"] == "mailto:an@example.org"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_a_public_file_names_nobody():
    _, event = read(**PEOPLE)

    assert "ORGANIZER" not in event
    assert "ATTENDEE" not in event


def test_a_series_is_read_as_its_moments_without_the_cancelled_one_lost():
    """F52: moved, cancelled and untouched moments keep their UID and are each there once."""
    days = [datetime(2026, 3, n, 9, tzinfo=BRUSSELS) for n in (4, 11, 18)]
    events = [
        CalendarEvent(
            **FACTS
            | {
                "uid": f"m{n}@example.org",
                "starts_at": day,
                "ends_at": day.replace(hour=11),
                "cancelled": n == 1,
                "sequence": n,
            }
        )
        for n, day in enumerate(days)
    ]
    calendar = icalendar.Calendar.from_ical(calendar_file(events, name="Babymassage in Demo"))
    found = recurring_ical_events.of(calendar).between((2026, 3, 1), (2026, 4, 1))

    assert [(str(e["UID"]), e["DTSTART"].dt) for e in found] == [
        (f"m{n}@example.org", d) for n, d in enumerate(days)
    ]
    assert [str(e["STATUS"]) for e in found] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert str(calendar["X-WR-CALNAME"]) == "Babymassage in Demo"


def test_a_calendar_without_moments_is_still_a_calendar():
    assert icalendar.Calendar.from_ical(calendar_file([])).events == []


#: A real title has no control characters (forms refuse NUL); line breaks and the rest of a line's enemies it may have.
typed = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\r\n\t"), max_size=120
)


@settings(deadline=None)
@given(title=typed, place=typed, name=typed)
def test_whatever_is_typed_no_line_of_its_own_begins_in_the_file(title, place, name):
    """F53: a title with line breaks, commas, semicolons or quotes stays a title."""
    text = calendar_file(
        [CalendarEvent(**FACTS | {"title": title, "place": place, "organiser": (name, "a@example.org")})],
        method="REQUEST",
    )
    event = icalendar.Calendar.from_ical(text).events[0]

    assert str(event["SUMMARY"]) == " ".join(title.split())
    assert str(event.get("LOCATION", "")) == " ".join(place.split())
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_title_cannot_start_a_new_property():
    text = calendar_file(
        [CalendarEvent(**FACTS | {"title": "Feest\r\nATTENDEE:mailto:x@example.org\nBEGIN:VALARM"})]
    )

    assert "SUMMARY:Feest ATTENDEE:mailto:x@example.org BEGIN:VALARM\r\n" in text
    assert text.count("\r\nATTENDEE") == text.count("\r\nBEGIN:VALARM") == 0
