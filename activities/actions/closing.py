"""Until when, and whether, parents can sign up for a moment."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from activities.models import Activity, Session
from huizen.words import day, hours, wall

#: When sign-up opens where a House said how many days before, on the clock in Europe/Brussels.
OPENS = time(9, 0)


def opens_at(session: Session) -> datetime | None:
    """From when on parents can sign up; None where they always could."""
    activity = session.activity
    if activity.opens_days is None:
        return activity.opens_at
    day = timezone.localdate(session.starts_at) - timedelta(days=activity.opens_days)
    return timezone.make_aware(datetime.combine(day, OPENS))


def opens_words(session: Session, *, now: datetime) -> str:
    """'Inschrijven kan vanaf maandag 4 januari om 9 uur.'; empty once it can."""
    opens = opens_at(session)
    if opens is None or opens <= now:
        return ""
    at = wall(opens)
    when = f"{day(at.date(), today=wall(now).date())} {hours(at)}"
    return gettext("Inschrijven kan vanaf %(when)s.") % {"when": when}


def closes_at(session: Session) -> datetime:
    """Until when parents can sign up."""
    return session.starts_at - timedelta(hours=session.activity.closes_hours)


def why_closed(session: Session, *, now: datetime) -> str:
    """Why parents cannot sign up for a moment, in a sentence; empty when they can."""
    activity = session.activity
    reasons = (
        (session.status == Session.Status.CANCELLED, gettext("Dit moment gaat niet door.")),
        (session.starts_at <= now, gettext("Dit moment is al voorbij.")),
        (
            activity.status != Activity.Status.PUBLISHED,
            gettext("Deze activiteit staat niet meer op de site."),
        ),
        (not activity.house.is_published, gettext("Deze activiteit staat niet meer op de site.")),
        (
            activity.registration_mode == Activity.RegistrationMode.NONE,
            gettext("Je hoeft niet in te schrijven. Kom gewoon langs."),
        ),
        (not activity.takes_registrations, gettext("Voor deze activiteit schrijf je niet hier in.")),
        (closes_at(session) <= now, gettext("Inschrijven kan niet meer.")),
    )
    return next((sentence for holds, sentence in reasons if holds), "") or opens_words(session, now=now)
