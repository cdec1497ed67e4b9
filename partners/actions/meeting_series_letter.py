"""The letters of a series: one to each person for all her dates, with the whole series for her calendar."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from huizen.languages import in_dutch
from huizen.models import Category, Message
from huizen.outbox.queue import letter, queue_letters
from huizen.recurrence import schedule_in_words
from huizen.words import moment_in_full
from partners.actions.meeting_letter import Word
from partners.meeting_calendar import answer_url
from partners.models import Meeting, MeetingInvitation, MeetingSeries
from partners.series_calendar import Asked, series_calendar

#: So many dates are written out in a letter; a calendar has them all.
MOST_DATES = 12


def send_series_word(
    word: Word, series: MeetingSeries, *, now: datetime, to: Mapping[str, list[Asked]] | None = None
) -> None:
    """Queue a letter to everybody with a date of this series to come, once for each SEQUENCE of it.

    `to`: exactly these people instead, with the dates for which they were asked before a change (`asked_for_dates`): who
    has no date left is told that too.
    """
    queue_letters(_letters(word, series, now, to))


def asked_for_dates(meetings: Iterable[Meeting]) -> dict[str, list[Asked]]:
    """Who is asked for which of these dates, by address, the soonest first."""
    known = {row.pk: row for row in Meeting.objects.whole().filter(pk__in=[one.pk for one in meetings])}
    rows = MeetingInvitation.objects.asked().filter(meeting__in=known)
    found: dict[str, list[Asked]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (known[row.meeting_id].starts_at, row.pk)):
        found[row.email].append((known[row.meeting_id], row))
    return found


def _letters(
    word: Word, series: MeetingSeries, now: datetime, to: Mapping[str, list[Asked]] | None
) -> Iterator[Message]:
    present = asked_for_dates(series.meetings.all())
    for email in present if to is None else to:
        asked = present.get(email) or (to or {})[email]
        coming = [each for each in present.get(email, ()) if _is_to_come(each, now)]
        if to is None and not coming:
            continue
        about, link = (coming or asked)[0]
        stands = coming or any(each[0].ends_at <= now for each in present.get(email, ()))
        method = word.method if stands else "CANCEL"
        yield letter(
            key=f"series:{series.pk}:i{link.pk}:s{series.ical_sequence}:{word.template}",
            category=Category.MEETING,
            recipient=email,
            template=word.template,
            context=series_context(series, coming, link) | word.context,
            calendar=series_calendar(series, asked, link=link, method=method),
            subject=about,
            house=series.house,
            expires_at=max([each[0].ends_at for each in coming], default=None),
            now=now,
        )


def _is_to_come(each: Asked, now: datetime) -> bool:
    return each[0].ends_at > now and not each[0].is_cancelled


@in_dutch
def series_context(series: MeetingSeries, coming: list[Asked], link: MeetingInvitation) -> dict[str, Any]:
    """What every letter about a series can say, as JSON."""
    dates = [moment_in_full(meeting.starts_at, meeting.ends_at) for meeting, _ in coming]
    return {
        "name": link.name,
        "title": series.title,
        "house": series.host,
        "group": str(series.group or ""),
        "organiser": str(series.organiser or series.host),
        "rule": schedule_in_words(series),
        "place": series.place,
        "online_url": series.online_url,
        "note": series.note,
        "dates": dates[:MOST_DATES],
        "more": max(0, len(dates) - MOST_DATES),
        "answer_url": answer_url(link),
    }
