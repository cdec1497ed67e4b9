"""What stands in a family's private agenda: its sign-ups, and, if it wishes, the moments of what it saved. No names."""

from datetime import datetime, timedelta

from django.urls import reverse

from activities.actions.session_words import calendar_event
from activities.models import Activity, FamilyCalendar, Registration, Session
from activities.own_sign_ups import sign_ups_of
from huizen.calendar_file import CalendarEvent
from huizen.links import absolute

#: A phone keeps what just passed for a while; saved offers are shown two months ahead.
KEPT, AHEAD = timedelta(days=30), timedelta(days=60)
MOST = 500

State = Registration.State


def family_events(calendar: FamilyCalendar, *, now: datetime) -> list[CalendarEvent]:
    """Each moment once, in the order of the clock; what was cancelled stays as cancelled, so that a phone drops it.

    Who stands on a waiting list has nothing in the agenda yet.
    """
    events: dict[int, tuple[Session, bool]] = {}
    if calendar.with_saved:
        events.update({session.pk: (session, False) for session in _saved_moments(calendar, now)})
    for registration in _registrations(calendar, now):
        is_off = registration.state == State.CANCELLED
        known = events.get(registration.session_id)
        if known is None or not is_off:
            events[registration.session_id] = (registration.session, is_off)
    ordered = sorted(events.values(), key=lambda event: (event[0].starts_at, event[0].pk))
    return [_event(session, is_off) for session, is_off in ordered[:MOST]]


def _registrations(calendar: FamilyCalendar, now: datetime):
    """Those that hold a place, and those that held one until they were cancelled."""
    rows = sign_ups_of(calendar.family.user).filter(session__ends_at__gt=now - KEPT)
    rows = rows.exclude(state__in=[State.WAITING, State.OFFERED]).exclude(
        state=State.CANCELLED, waiting_number__isnull=False, promoted_at=None
    )
    return rows.select_related(
        "session__activity__house", "session__activity__location", "session__location"
    ).order_by("session__starts_at", "-created_at")[:MOST]


def _saved_moments(calendar: FamilyCalendar, now: datetime):
    rows = Session.objects.filter(
        activity__saved_by__family=calendar.family_id,
        activity__in=Activity.objects.published(),
        starts_at__lt=now + AHEAD,
    )
    rows = rows.upcoming(now=now).select_related("activity__house", "activity__location", "location")
    return rows.order_by("starts_at", "pk")[:MOST]


def _event(session: Session, is_off: bool) -> CalendarEvent:
    url = absolute(reverse("activity_detail", args=[session.activity.slug]))
    return calendar_event(session, stamp=session.changed_at, url=url, cancelled=is_off)
