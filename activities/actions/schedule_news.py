"""What families hear when the days of an activity change: one mail each, however many of their dates it touches."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from activities.actions.registration_mail import manage_path
from activities.actions.reminder import plan_reminders
from activities.actions.series_mail import series_path
from activities.actions.session_words import (
    bring_translations,
    calendar_event,
    spoken_place,
    spoken_time,
    told,
)
from activities.models import Registration, Session
from huizen import links
from huizen.calendar_file import calendar_file
from huizen.languages import in_dutch
from huizen.models import Category, Message
from huizen.outbox.queue import letter, queue_letters
from huizen.outbox.translated import said_in


class News(NamedTuple):
    """A moment as it is now, and as it was."""

    session: Session
    old: Session


def tell_news(news: Sequence[News], *, reason: str, now: datetime) -> int:
    """Queue the mails and plan the reminders anew; the number of mails. Who left no address gets none."""
    of_session = {one.session.pk: one for one in news}
    rows = (
        Registration.objects.current()
        .filter(session__in=of_session)
        .select_related("series")
        .order_by("session__starts_at", "pk")
    )
    families: dict[str, list[Registration]] = defaultdict(list)
    for row in rows:
        row.session = of_session[row.session_id].session
        families[row.email].append(row)
    plan_reminders([row for own in families.values() for row in own], now=now)
    families.pop("", None)
    bring_translations([one.session.activity for one in news], (own[0] for own in families.values()))
    letters = [_letter(own, of_session, reason=reason, now=now) for own in families.values()]
    queue_letters(letters)
    return len(letters)


@in_dutch
def _letter(own: list[Registration], news: dict[int, News], *, reason: str, now: datetime) -> Message:
    """One mail to one family. The key holds the version of its first moment: the same change is told once."""
    first, activity = own[0], own[0].session.activity
    return letter(
        key=f"registration:{first.pk}:schedule_changed:{first.session.ical_sequence}",
        category=Category.CHANGE,
        recipient=first.email,
        template="schedule_changed",
        context=said_in(first.language, partial(_facts, own, news, reason)),
        now=now,
        subject=first,
        house=activity.house,
        calendar=_file(own, now),
        language=first.language,
    )


def _facts(own: list[Registration], news: dict[int, News], reason: str) -> dict[str, Any]:
    first, activity = own[0], own[0].session.activity
    return {
        "name": first.name,
        "title": told(activity, "title"),
        "moved": [_line(row, news) for row in own if row.session.status == Session.Status.SCHEDULED],
        "cancelled": [
            spoken_time(row.session) for row in own if row.session.status == Session.Status.CANCELLED
        ],
        "reason": reason,
        "house": activity.house.name,
        "phone": activity.phone or activity.house.phone,
        "links": list(dict.fromkeys(_link(row) for row in own)),
    }


def _line(row: Registration, news: dict[int, News]) -> dict[str, Any]:
    one = news[row.session_id]
    return {
        "old": spoken_time(one.old),
        "new": spoken_time(row.session),
        "where": spoken_place(row.session),
        "waiting": row.state == Registration.State.WAITING,
    }


def _link(row: Registration) -> str:
    """A family that comes every time has one page for all its moments."""
    return links.absolute(series_path(row.series) if row.series else manage_path(row))


def _file(own: list[Registration], now: datetime) -> str:
    """For the moments at which it has a place: who waits has nothing in a calendar."""
    placed = [row for row in own if row.state == Registration.State.CONFIRMED]
    events = [calendar_event(row.session, stamp=now, url=_link(row)) for row in placed]
    if not events:
        return ""
    return calendar_file(events, method="CANCEL" if all(event.cancelled for event in events) else "PUBLISH")
