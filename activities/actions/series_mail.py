"""What a family hears about its standing sign-up: one mail with all dates, never one for each."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from activities.actions.registration_mail import spoken_names
from activities.actions.session_words import calendar_event, spoken_time, told
from activities.models import Registration, Series
from huizen import links
from huizen.calendar_file import calendar_file
from huizen.languages import in_dutch
from huizen.models import Category
from huizen.outbox.queue import letter, queue_letters
from huizen.outbox.translated import said_in
from huizen.words import count

PURPOSE = "series"
State = Registration.State


def series_path(series: Series) -> str:
    """The page on which a family sees all its moments and changes them, without an account."""
    return reverse("series_manage", args=[links.sign(PURPOSE, series.pk)])


def send_series(series: Series, *, now: datetime, event: str = "confirmed") -> None:
    """All dates with what became of each, and one calendar file of those with a place."""
    rows = _coming(series, now=now)
    confirmed = [row for row in rows if row.state == State.CONFIRMED]
    waiting = [row for row in rows if row.state == State.WAITING]

    def say() -> dict[str, Any]:
        return {
            "confirmed": [spoken_time(row.session) for row in confirmed],
            "waiting": [spoken_time(row.session) for row in waiting],
        }

    file = _file(series, confirmed, now)
    _send(series, "series_confirmed", Category.CONFIRMATION, event, file, say, now=now)


def send_series_link(series: Series, *, now: datetime) -> None:
    """The same once more, once a day at most: anybody can ask for it."""
    send_series(series, now=now, event=f"link:{timezone.localdate(now)}")


def send_ended(series: Series, left: Iterable[Registration], *, now: datetime) -> None:
    """You stopped; the calendar file takes the moments out of the phone."""
    file = _file(series, list(left), now, cancelled=True)
    _send(series, "series_ended", Category.CHANGE, "ended", file, dict, now=now)


def send_grown(series: Series, *, now: datetime) -> None:
    """The children have grown out of the activity: kindly, once, with the way to what fits now."""
    months = [child.birth_month for child in series.children.all() if child.birth_month]
    query = "&".join(f"geboren={month:%Y-%m}" for month in sorted(months))

    def say() -> dict[str, Any]:
        return {"others": links.absolute(f"{reverse('activity_list')}?{query}")}

    _send(series, "series_grown", Category.CHANGE, "grown", "", say, now=now)


def _send(
    series: Series, template: str, category: str, event: str, file: str, say: Callable[[], dict], *, now
) -> None:
    if not series.email:
        return
    names = [child.first_name for child in series.children.all()]
    row = letter(
        key=f"series:{series.pk}:{event}",
        category=category,
        recipient=series.email,
        template=template,
        context=said_in(series.language, lambda: _facts(series, names) | say()),
        now=now,
        subject=series,
        house=series.activity.house,
        calendar=file,
        language=series.language,
    )
    queue_letters([row])


def _facts(series: Series, names: list[str]) -> dict[str, Any]:
    activity = series.activity
    return {
        "name": series.name,
        "title": told(activity, "title"),
        "who": spoken_names(names) if names else count(series.places, "persoon", "personen"),
        "bring": told(activity, "bring"),
        "house": activity.house.name,
        "phone": activity.phone or activity.house.phone,
        "link": links.absolute(series_path(series)),
    }


def _coming(series: Series, *, now: datetime) -> list[Registration]:
    rows = series.registrations.current().filter(session__starts_at__gt=now)
    related = rows.select_related(
        "session__activity__house", "session__activity__location", "session__location"
    )
    return list(related.order_by("session__starts_at", "session"))


@in_dutch
def _file(series: Series, rows: list[Registration], now: datetime, *, cancelled: bool = False) -> str:
    if not rows:
        return ""
    url = links.absolute(series_path(series))
    events = [calendar_event(row.session, stamp=now, url=url, cancelled=cancelled) for row in rows]
    return calendar_file(events, method="CANCEL" if cancelled else "PUBLISH")
