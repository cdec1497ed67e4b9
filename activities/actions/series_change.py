"""Not this week, a pause, or no more: what a family changes about its standing sign-up."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from activities.actions.closing import why_closed
from activities.actions.party import seat
from activities.actions.registration import RegistrationError, record_registration, refuse_too_many
from activities.actions.registration_change import cancel_locked, cancel_registration
from activities.actions.reminder import plan_reminder, plan_reminders
from activities.actions.series import enrol, pauses
from activities.actions.series_mail import send_ended
from activities.actions.session_lock import locked_session, locked_sessions
from activities.actions.waiting_list import Trigger, promote
from activities.models import Registration, Series, Session
from huizen.actions.logbook import record

State = Registration.State


def skip_moment(*, series_id: UUID, session_id: int, now: datetime) -> Registration | None:
    """Not this time: the place goes to who waits. No mail, the page says it. Twice is once.

    Raises BusyError, TooLateError.
    """
    registration = Registration.objects.filter(series=series_id, session=session_id).first()
    if registration is None:
        return None
    return cancel_registration(registration_id=registration.pk, tell=False, now=now)


def rejoin_moment(*, series_id: UUID, session_id: int, now: datetime) -> Registration | None:
    """This time after all: the place if it is still free, else a turn at the end of the line. Twice is once.

    None where the family cannot come to this moment (a child of another age, a pause). Raises BusyError,
    RegistrationError.
    """
    series = Series.objects.select_related("activity__house").prefetch_related("children").get(pk=series_id)
    _refuse_ended(series)
    with locked_session(session_id, now=now) as session:
        return _rejoin(series, session, now=now)


@transaction.atomic
def pause_series(*, series_id: UUID, until: date, now: datetime) -> int:
    """No moments before a day; their places go to who waits. How many moments that are. Raises BusyError,
    RegistrationError."""
    series = _locked(series_id)
    _refuse_ended(series)
    if until <= timezone.localdate(now):
        raise RegistrationError(gettext("Kies een dag die nog moet komen."))
    before, series.paused_until = series.paused_until, until
    series.save(update_fields=["paused_until"])
    _log("paused_series", series, {"paused_until": [_iso(before), _iso(until)]}, now=now)
    return len(_leave(series, before=until, now=now))


@transaction.atomic
def resume_series(*, series_id: UUID, now: datetime) -> int:
    """The pause is over today; the family gets its moments back as far as there is room. Raises BusyError."""
    series = _locked(series_id)
    _refuse_ended(series)
    until, series.paused_until = series.paused_until, None
    if until is None:
        return 0
    series.save(update_fields=["paused_until"])
    _log("resumed_series", series, {"paused_until": [_iso(until), None]}, now=now)
    coming = series.activity.sessions.scheduled().filter(starts_at__gt=now)
    paused = [each.pk for each in coming if timezone.localdate(each.starts_at) < until]
    with locked_sessions(paused, now=now) as sessions:
        return sum(_rejoin(series, session, now=now) is not None for session in sessions)


@transaction.atomic
def end_series(*, series_id: UUID, now: datetime) -> Series:
    """No more: all moments that come are given back, and one mail says so. Twice is once. Raises BusyError."""
    series = _locked(series_id)
    if series.ended_at:
        return series
    series.ended_at = now
    series.save(update_fields=["ended_at"])
    left = _leave(series, before=None, now=now)
    _log("ended_series", series, {"ended_at": [None, now.isoformat()]}, now=now)
    send_ended(series, left, now=now)
    return series


def _leave(series: Series, *, before: date | None, now: datetime) -> list[Registration]:
    """Give back the places of the moments to come, before a day or all of them."""
    current = series.registrations.current().filter(session__starts_at__gt=now)
    with locked_sessions(current.values_list("session", flat=True), now=now) as sessions:
        places = {session.pk: session for session in sessions}
        left = []
        for registration in current.filter(session__in=places):
            session = places[registration.session_id]
            if before is None or timezone.localdate(session.starts_at) < before:
                registration.session = session
                cancel_locked(session, registration, by=None, now=now)
                left.append(registration)
        plan_reminders(left, now=now)
        for session in sessions:
            promote(session, now=now, trigger=Trigger.LEFT)
    return left


def _rejoin(series: Series, session: Session, *, now: datetime) -> Registration | None:
    registration = series.registrations.filter(session=session).first()
    if registration is None:
        enrol([series], [session], now=now)
        return series.registrations.filter(session=session).first()
    registration.session = session
    if registration.state == State.CANCELLED:
        _refuse(registration, now=now)
        if pauses(series, session):
            return None
        registration.cancelled_at, registration.cancelled_by = None, ""
        registration.waiting_number = registration.promoted_at = None
        seat(session, registration)
        registration.save()
        changes = {"state": [State.CANCELLED, registration.state], "places": [0, registration.places]}
        record_registration("restored", registration, changes, by=None, now=now)
        plan_reminder(registration, now=now)
    return registration


def _refuse(registration: Registration, *, now: datetime) -> None:
    session = registration.session
    if sentence := why_closed(session, now=now):
        raise RegistrationError(sentence)
    if registration.cancelled_by == Registration.CancelledBy.HOUSE:
        raise RegistrationError(
            gettext("Het Huis annuleerde dit moment voor jullie. Bel het Huis als er iets is.")
        )
    refuse_too_many(session, registration.places)
    twin = session.registrations.current().filter(contact_key=registration.contact_key)
    if twin.exclude(pk=registration.pk).exists():
        raise RegistrationError(gettext("Je bent al ingeschreven voor dit moment."))


def _locked(series_id: UUID) -> Series:
    """A standing sign-up as it is now, locked before its moments: nothing is added to it meanwhile."""
    rows = Series.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("activity__house").prefetch_related("children").get(pk=series_id)


def _refuse_ended(series: Series) -> None:
    if series.ended_at or series.anonymised_at:
        raise RegistrationError(gettext("Deze inschrijving is gestopt. Je kan je opnieuw inschrijven."))


def _log(verb: str, series: Series, changes: dict, *, now: datetime) -> None:
    record(verb, series, by=None, now=now, house=series.activity.house, changes=changes)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
