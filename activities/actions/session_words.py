"""A moment in words and as a calendar event: the same in every mail, page and file."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from activities.models import Session
from huizen import links
from huizen.calendar_file import CalendarEvent, calendar_file
from huizen.models import Location
from huizen.words import day, hours


def place_of(session: Session) -> Location | None:
    """Where it is: the moment's own place if it has one, else the activity's."""
    return session.location or session.activity.location


def spoken_place(session: Session) -> str:
    """'Huis van het Kind Geel, Werft 32, 2440 Geel'; empty when nobody said where."""
    place = place_of(session)
    return ", ".join(part for part in (place.name, place.address) if part) if place else ""


def spoken_time(starts_at: datetime, ends_at: datetime) -> str:
    """'woensdag 4 maart van 9 tot 12 uur': with its day, because a mail is read on another day than it was sent."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{day(start.date(), today=date.min)} {hours(start, end)}"


def activity_link(session: Session) -> str:
    """The whole address of the activity's page."""
    return links.absolute(reverse("activity_detail", args=[session.activity.slug]))


def event_file(session: Session, *, now: datetime, url: str = "", cancelled: bool = False) -> str:
    """The calendar file of one moment: the UID stays for life, SEQUENCE rises with every change (RFC 5545, 3.8.7.4)."""
    cancelled = cancelled or session.status == Session.Status.CANCELLED
    event = CalendarEvent(
        uid=str(session.ical_uid),
        sequence=session.ical_sequence,
        stamp=now,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.activity.title,
        place=spoken_place(session),
        url=url or activity_link(session),
        description=session.activity.summary,
        cancelled=cancelled,
        organiser=(session.activity.house.name, session.activity.house.email),
    )
    return calendar_file([event], method="CANCEL" if cancelled else "PUBLISH")
