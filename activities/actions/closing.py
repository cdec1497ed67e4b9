"""Until when, and whether, parents can sign up for a moment."""

from datetime import datetime, timedelta

from django.utils.translation import gettext

from activities.models import Activity, Session


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
    return next((sentence for holds, sentence in reasons if holds), "")
