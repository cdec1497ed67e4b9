"""Planning a series, and giving it new dates in time: every date is a meeting of its own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from huizen.actions.logbook import record
from huizen.days_off import days_off
from huizen.models import User
from huizen.outbox.planning import Plan, plan_many
from huizen.recurrence import Moment, moments
from huizen.words import moment_in_full, wall
from partners.actions.invitee import Invitee
from partners.actions.meeting import new_uid
from partners.actions.meeting_group import members_to_ask
from partners.actions.meeting_letter import Word
from partners.actions.meeting_lock import MeetingError, next_of_series
from partners.actions.meeting_reminder import reminders_of
from partners.actions.meeting_series_letter import send_series_word
from partners.actions.series_agenda import begin_with_standing
from partners.models import Meeting, MeetingInvitation, MeetingSeries

#: Dates stand a year ahead. With less than half a year left the next ones are made, so that people hear of new
#: dates twice a year and not every night.
AHEAD, LITTLE = timedelta(days=365), timedelta(days=183)
#: More dates at once is a mistake in the rule.
MOST = 120


def coming_moments(rule: MeetingSeries, *, after: datetime) -> list[Moment]:
    """The dates of a rule (saved or not) in the year that follows: what an organiser sees before saving."""
    return _moments(rule, wall(after).date(), horizon(rule, after), after)


@transaction.atomic
def plan_series(
    *, rule: MeetingSeries, invitees: Sequence[Invitee], by: User, now: datetime
) -> MeetingSeries:
    """Plan all dates of a rule that is not saved yet; who is asked gets one letter and one entry for the calendar.

    The members of its group are asked too. Raises MeetingError for a rule without dates.
    """
    wanted = coming_moments(rule, after=now)
    refuse_odd_number(wanted)
    rule.organiser, rule.ical_uid, rule.changed_at = by, new_uid(), now
    rule.planned_until = horizon(rule, now)
    rule.save(force_insert=True)
    members = members_to_ask(rule.group) if rule.group else []
    add_dates(rule, wanted, [*members, *invitees], now=now)
    record("planned", rule, by=by, now=now, house=rule.house, changes={"added": [0, len(wanted)]})
    send_series_word(Word("meeting_series_invitation"), rule, now=now)
    return rule


def extend_all_series(*, now: datetime) -> int:
    """Give every series whose dates run out its next ones; gives how many dates are new. Safe at any time."""
    soon = wall(now).date() + LITTLE
    keys = MeetingSeries.objects.filter(planned_until__lt=soon).order_by("pk").values_list("pk", flat=True)
    return sum(extend_series(pk=pk, now=now) for pk in list(keys))


@transaction.atomic
def extend_series(*, pk: int, now: datetime) -> int:
    """The next dates of one series; those who are asked now hear of them. A series that somebody changes right now is
    left for the next night."""
    rows = MeetingSeries.objects.select_related("house", "group", "organiser")
    series = rows.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(pk=pk).first()
    last = horizon(series, now) if series else None
    if series is None or last is None or last <= series.planned_until:
        return 0
    wanted = _moments(series, series.planned_until + timedelta(days=1), last, now)
    series.planned_until, series.changed_at = last, now
    series.save(update_fields=["planned_until", "changed_at"])
    if wanted:
        add_dates(series, wanted, _asked_now(series), now=now)
        next_of_series(series)
        context = {"new": [moment_in_full(moment.starts_at, moment.ends_at) for moment in wanted]}
        send_series_word(Word("meeting_series_grown", context=context), series, now=now)
    return len(wanted)


def add_dates(
    series: MeetingSeries, wanted: Sequence[Moment], invitees: Sequence[Invitee], *, now: datetime
) -> None:
    """Write a meeting for each of these moments, with its first points, who is asked and the reminders; no letters yet."""
    rows = Meeting.objects.bulk_create(date_of(series, moment, now) for moment in wanted)
    begin_with_standing(series, rows)
    invite_to_dates(rows, invitees, now=now)


def invite_to_dates(meetings: Sequence[Meeting], invitees: Iterable[Invitee], *, now: datetime) -> None:
    """Ask the same people for each of these new dates, and plan the reminders."""
    people = {invitee.address: invitee for invitee in invitees}
    MeetingInvitation.objects.bulk_create(
        MeetingInvitation(
            meeting=meeting,
            email=email,
            name=one.name,
            contact=one.contact,
            organisation=one.comes_from,
            chooses=one.chooses,
            invited_at=now,
        )
        for meeting in meetings
        for email, one in people.items()
    )
    replan_dates(meetings)


def replan_dates(meetings: Sequence[Meeting]) -> None:
    """Plan the reminders of several dates anew, in two statements."""
    rows = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings])
    rows = rows.select_related("house", "organiser").prefetch_related("invitations")
    plan_many(
        Plan(
            row, reminders_of(row, [one for one in row.invitations.all() if not one.withdrawn_at]), row.house
        )
        for row in rows
    )


def date_of(series: MeetingSeries, moment: Moment, now: datetime) -> Meeting:
    """One date, not written yet."""
    return Meeting(
        series=series,
        house=series.house,
        group=series.group,
        organiser=series.organiser,
        original_start=moment.starts_at,
        starts_at=moment.starts_at,
        ends_at=moment.ends_at,
        title=series.title,
        place=series.place,
        online_url=series.online_url,
        note=series.note,
        shows_who_comes=series.shows_who_comes,
        ical_uid=series.ical_uid,
        ical_sequence=series.ical_sequence,
        moment_set_at=now,
        changed_at=now,
    )


def horizon(rule: MeetingSeries, now: datetime) -> date:
    """Up to which day dates stand: a year ahead, or the last day of the rule."""
    furthest = max(rule.starts_on, wall(now).date()) + AHEAD
    return min(rule.ends_on, furthest) if rule.ends_on else furthest


def refuse_odd_number(wanted: Sequence[Moment]) -> None:
    """Raises MeetingError for no date at all, and for more than anybody means."""
    if not wanted:
        raise MeetingError("Met deze regel is er geen enkele datum. Kijk de dagen en de vakanties na.")
    if len(wanted) > MOST:
        raise MeetingError(f"Dit zijn {len(wanted)} data. Plan er hoogstens {MOST} in één jaar.")


def _asked_now(series: MeetingSeries) -> list[Invitee]:
    """Who is asked for new dates: the members of the group, else those who were asked for the last date."""
    if series.group:
        return members_to_ask(series.group)
    last = series.meetings.order_by("-original_start").first()
    return asked_for(last) if last else []


def asked_for(meeting: Meeting) -> list[Invitee]:
    """The people of one date, to ask them for another."""
    rows = meeting.invitations.asked().select_related("contact__organisation", "organisation").order_by("pk")
    return [Invitee(row.name, row.email, row.contact, row.organisation, row.chooses) for row in rows]


def _moments(rule: MeetingSeries, first: date, last: date, after: datetime) -> list[Moment]:
    found = moments(rule, first=first, last=last, days_off=days_off(first, last))
    return [moment for moment in found if moment.starts_at > after]
