"""A moment in words and as a calendar event: the same in every mail, page and file."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import prefetch_related_objects

from activities.models import Activity, Session
from activities.models.sign_up import BaseSignUp
from huizen.calendar_file import CalendarEvent, calendar_file
from huizen.languages import DUTCH, language_of_page
from huizen.models import Location, Translation
from huizen.reading import read
from huizen.words import moment_in_full


def place_of(session: Session) -> Location | None:
    """Where it is: the moment's own place if it has one, else the activity's."""
    return session.location or session.activity.location


def spoken_place(session: Session) -> str:
    """'Huis van het Kind Geel, Werft 32, 2440 Geel'; empty when nobody said where."""
    place = place_of(session)
    return ", ".join(part for part in (place.name, place.address) if part) if place else ""


def spoken_time(session: Session) -> str:
    """'woensdag 4 maart 2026, van 9 tot 12 uur': in full, because a mail is read on another day than it was sent."""
    return moment_in_full(session.starts_at, session.ends_at)


def told(activity: Activity, name: str) -> str:
    """What the House wrote of it (`title`, `bring`), in the active language where somebody who knows it looked at a
    translation that still holds; else in Dutch. Nothing is asked for Dutch, and of an activity once."""
    language = language_of_page().code
    if language == DUTCH:
        return getattr(activity, name)
    prefetch_related_objects([activity], "translations")
    checked = [row for row in activity.translations.all() if row.state == Translation.State.HUMAN]
    return read(activity, [name], checked, asked=language)[name].text


def bring_translations(activities: Iterable[Activity], readers: Iterable[BaseSignUp]) -> None:
    """Ask at once what `told` wants to know of several activities; nothing where all read Dutch."""
    if any(reader.language != DUTCH for reader in readers):
        prefetch_related_objects(list(activities), "translations")


def event_file(session: Session, *, now: datetime, url: str, cancelled: bool = False) -> str:
    """The calendar file of one moment, for a mail; `cancelled` where the family leaves and the moment goes on."""
    event = calendar_event(session, stamp=now, url=url, cancelled=cancelled)
    return calendar_file([event], method="CANCEL" if event.cancelled else "PUBLISH")


def calendar_event(session: Session, *, stamp: datetime, url: str, cancelled: bool = False) -> CalendarEvent:
    """One moment in a calendar: the UID stays for life, SEQUENCE rises with every change (RFC 5545, 3.8.7.4)."""
    cancelled = cancelled or session.status == Session.Status.CANCELLED
    return CalendarEvent(
        uid=str(session.ical_uid),
        sequence=session.ical_sequence,
        stamp=stamp,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.activity.title,
        place=spoken_place(session),
        url=url,
        description=session.cancel_reason or session.activity.summary,
        cancelled=cancelled,
        organiser=(session.activity.house.name, session.activity.house.email),
    )
