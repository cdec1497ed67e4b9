"""A series in the calendar of one invitee: the rule as far as it is planned, and each date that differs from it.

All of it follows from the dates as they stand, so that a calendar that missed a mail is right again after the next.
A date without a meeting for her (a holiday, or she is not asked) is left out of the rule (EXDATE); a date outside the rule is
added (RDATE); one that was changed or cancelled has an entry of its own with RECURRENCE-ID.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

from huizen.calendar_file import CalendarEvent, calendar_file
from huizen.recurrence import BRUSSELS, UTC, WEEKLY, DaysOff, Moment, moments
from partners.meeting_calendar import answer_url, invitee_event, organiser_address
from partners.models import Meeting, MeetingInvitation, MeetingSeries

#: Days as RFC 5545 writes them, Monday first.
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: One date that she is asked for: the meeting as `Meeting.objects.whole()` gives it, and her invitation.
Asked = tuple[Meeting, MeetingInvitation]


def series_calendar(
    series: MeetingSeries, asked: Sequence[Asked], *, link: MeetingInvitation, method: str
) -> str:
    """The calendar file of one invitee for all her dates of a series. `link`: the invitation that the entry leads to.

    Without any date that takes place only the end of it all can be told: `method` CANCEL.
    """
    dates = [each for each in asked if _is_told(series, each[0])]
    if method == "CANCEL" or not dates:
        return calendar_file([_whole(series, [pair[0] for pair in asked], link)], method="CANCEL")
    meetings = [meeting for meeting, _ in dates]
    ruled = ruled_moments(series, meetings)
    entries = [_whole(series, meetings, link, ruled)]
    apart = [invitee_event(*each) for each in dates if _differs(series, each[0], ruled)]
    # All of one mail is of one moment: a date that was changed earlier is told again.
    entries += [replace(entry, sequence=series.ical_sequence) for entry in apart]
    return calendar_file(entries, method=method)


def ruled_moments(series: MeetingSeries, meetings: Sequence[Meeting]) -> dict[datetime, Moment]:
    """Where the rule puts dates between the first and the last of these, holidays or not, by their start."""
    days = [meeting.original_start.astimezone(BRUSSELS).date() for meeting in meetings]
    days = [day for day in days if day <= series.planned_until]
    if not days:
        return {}
    rule = copy(series)
    rule.skip_school_holidays = rule.skip_summer = rule.skip_public_holidays = False
    rule.skip_dates, rule.ends_on = [], None
    found = moments(rule, first=min(days), last=max(days), days_off=DaysOff())
    ours = {meeting.original_start for meeting in meetings}
    inside = [moment.starts_at for moment in found if moment.starts_at in ours]
    return {
        moment.starts_at: moment for moment in found if inside and inside[0] <= moment.starts_at <= inside[-1]
    }


def _is_told(series: MeetingSeries, meeting: Meeting) -> bool:
    """Not those that the series no longer had when it ended, and that do not take place either."""
    return (
        not meeting.is_cancelled or meeting.original_start.astimezone(BRUSSELS).date() <= series.planned_until
    )


def _whole(
    series: MeetingSeries,
    meetings: Sequence[Meeting],
    link: MeetingInvitation,
    ruled: dict[datetime, Moment] | None = None,
) -> CalendarEvent:
    """The entry for the series: from its first date, by its rule."""
    ruled = ruled or {}
    ours = sorted(meeting.original_start for meeting in meetings)
    first = next(iter(ruled.values()), None)
    return CalendarEvent(
        uid=series.ical_uid,
        sequence=series.ical_sequence,
        stamp=series.changed_at,
        starts_at=first.starts_at if first else ours[0],
        ends_at=first.ends_at if first else ours[0] + (meetings[0].ends_at - meetings[0].starts_at),
        title=series.title,
        place=series.place or series.online_url,
        url=answer_url(link),
        description=series.host,
        rule=_rule(series, max(ruled)) if ruled else {},
        without=tuple(start for start in ruled if start not in ours),
        also=tuple(start for start in ours if start not in ruled and (ruled or start != ours[0])),
        organiser=organiser_address(series),
        attendees=((link.name, link.email),),
    )


def _rule(series: MeetingSeries, last: datetime) -> dict:
    """The rule up to its last planned date (RFC 5545: UNTIL in UTC)."""
    until = last.astimezone(UTC)
    days = [DAYS[number] for number in sorted(set(series.weekdays))]
    if series.kind == WEEKLY:
        return {"FREQ": "WEEKLY", "INTERVAL": series.every_weeks, "BYDAY": days, "WKST": "MO", "UNTIL": until}
    return {
        "FREQ": "MONTHLY",
        "BYDAY": [f"{nth}{day}" for nth in series.nths for day in days],
        "UNTIL": until,
    }


def _differs(series: MeetingSeries, meeting: Meeting, ruled: dict[datetime, Moment]) -> bool:
    """Whether a date needs an entry of its own."""
    moment = ruled.get(meeting.original_start)
    if meeting.is_cancelled or moment is None:
        return True
    stands = (meeting.starts_at, meeting.ends_at, meeting.title, meeting.place, meeting.online_url)
    return stands != (moment.starts_at, moment.ends_at, series.title, series.place, series.online_url)
