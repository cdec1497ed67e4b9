"""How the waiting list of a moment works, and why a family did not move up yet: in sentences for that family."""

from datetime import datetime

from django.utils.translation import gettext

from activities.draw import draw_at
from activities.models import Activity, Registration, Session
from huizen.words import count, day, hours, wall

Order = Activity.WaitingOrder


def line_rules(session: Session, *, by_mail: bool = True) -> list[str]:
    """How places are given, one short sentence or two for each rule; `by_mail`: whether she gets a mail."""
    return [
        order_rule(session),
        _place_rule(session.activity, by_mail=by_mail),
        _together_rule(),
        fit_rule(session),
    ]


def order_rule(session: Session) -> str:
    """Who goes first."""
    if session.collects_wishes:
        return gettext("We loten. Vroeg of laat inschrijven maakt niet uit.")
    if session.drawn_at:
        return gettext("We hebben geloot. Wie later komt, staat achteraan.")
    if session.activity.waiting_order == Order.FIRST_TIME:
        return gettext("Wie hier nog niet was, gaat eerst.")
    return gettext("Wie eerst komt, gaat eerst.")


def fit_rule(session: Session) -> str:
    """What happens when a family is larger than what is free."""
    if session.activity.strict_order:
        return gettext("Is er te weinig plaats voor wie eerst staat? Dan wacht de hele rij.")
    return gettext("Is er te weinig plaats voor jullie? Dan houd je je beurt. Wie wel past, gaat eerst.")


def draw_words(session: Session, *, now: datetime) -> str:
    """'We loten woensdag 4 maart om 12 uur.'; empty where nothing is drawn any more."""
    if not session.collects_wishes:
        return ""
    return gettext("We loten %(when)s.") % {"when": _when(draw_at(session), now=now)}


def answer_words(registration: Registration, *, now: datetime) -> str:
    """'Zeg ja voor morgen om 12 uur.'; empty where nothing is offered."""
    if registration.offer_expires_at is None:
        return ""
    return gettext("Zeg ja voor %(when)s.") % {"when": _when(registration.offer_expires_at, now=now)}


def why_not_yet(registration: Registration, *, position: int, now: datetime) -> str:
    """Why a family that waits did not move up yet."""
    session = registration.session
    if session.collects_wishes:
        return gettext("Nog niemand heeft een plaats. Na de loting krijg je bericht.")
    free = session.free
    if free is None or free >= registration.places:
        return _why_behind(session, position)
    if free > 0:
        return gettext(
            "Je schoof nog niet op, omdat er maar %(free)s vrij is. Jullie hebben er %(places)d nodig."
        ) % {"free": count(free, "plaats", "plaatsen"), "places": registration.places}
    if session.offered_count:
        return gettext("Je schoof nog niet op, omdat een ander gezin nog mag antwoorden.")
    return gettext("Je schoof nog niet op, omdat er geen plaats vrijkwam.")


def _why_behind(session: Session, position: int) -> str:
    if position > 1 and session.activity.strict_order:
        return gettext("Je schoof nog niet op, omdat een gezin voor jullie meer plaatsen nodig heeft.")
    return gettext("We kijken elke minuut wie op kan schuiven. Kijk zo nog eens.")


def _place_rule(activity: Activity, *, by_mail: bool) -> str:
    if not by_mail:
        return gettext("Komt er een plaats vrij? Dan is die meteen voor jou. Kijk op deze pagina.")
    if activity.waiting_mode == Activity.WaitingMode.OFFER:
        return gettext(
            "Komt er een plaats vrij? Dan vragen we je met een mail of je komt. Je hebt %(hours)d uur om ja te zeggen."
        ) % {"hours": activity.offer_hours}
    return gettext("Komt er een plaats vrij? Dan is die meteen voor jou, en krijg je een mail.")


def _together_rule() -> str:
    return gettext("Jullie blijven samen. Er komt plaats voor iedereen, of je wacht.")


def _when(moment: datetime, *, now: datetime) -> str:
    at = wall(moment)
    return f"{day(at.date(), today=wall(now).date())} {hours(at)}"
