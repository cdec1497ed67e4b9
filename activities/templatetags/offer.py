"""An activity in a few words: the card, and the facts that the card and the page share."""

from datetime import datetime

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext

from activities.freshness import Freshness, freshness
from activities.models import Activity, Report, Session
from activities.models.activity import LANGUAGES
from activities.recurrence import ONGOING
from huizen import words
from huizen.models import Fact

register = template.Library()
Mode, Status = Activity.RegistrationMode, Activity.Status

FEW_PLACES = 5
SIGN_UP_ICONS = {Mode.NONE: "door", Mode.OPTIONAL: "door", Mode.REQUIRED: "pen", Mode.APPOINTMENT: "phone"}
ONGOING_WORDS = {kind.value: kind.label for kind in ONGOING}
STATUS_KINDS = {
    Status.PUBLISHED: "good",
    Status.PROPOSED: "warning",
    Status.TO_CHECK: "warning",
    Status.DRAFT: "info",
    Status.EXPIRED: "quiet",
    Status.ARCHIVED: "quiet",
}
REPORT_KINDS = {Report.State.NEW: "warning", Report.State.SOLVED: "good", Report.State.REFUSED: "quiet"}


@register.inclusion_tag("activities/activity_card.html", takes_context=True)
def activity_card(context, activity: Activity) -> dict:
    """One activity with its five facts; `next_session`, `ongoing` and `distance` come from the search."""
    return {"activity": activity, "session": activity.next_session, "now": context["now"]}


@register.filter
def ongoing_words(kind: str) -> str:
    """'Op afspraak' or 'Tijdens de openingsuren'; nothing for what has moments."""
    return ONGOING_WORDS.get(kind, "")


@register.filter
def sign_up_icon(mode: str) -> str:
    """The pictogram beside those words: an open door, a pen, a phone."""
    return SIGN_UP_ICONS[mode]


@register.simple_tag
def sign_up_words(activity: Activity, session: Session | None = None) -> str:
    """Whether to sign up, and whether there is still a place: 'Kom gewoon langs', 'Schrijf je in (nog 2 plaatsen)'."""
    label = Mode(activity.registration_mode).label
    if session is None or session.free is None or activity.registration_mode == Mode.NONE:
        return label
    if session.has_queue:
        return gettext("Volzet, er is een wachtlijst") if activity.takes_registrations else gettext("Volzet")
    if session.free > FEW_PLACES:
        return label
    return gettext("%(how)s (nog %(places)s)") % {"how": label, "places": places_words(session)}


@register.filter
def places_words(session: Session) -> str:
    """How many places are left: '1 plaats', '3 plaatsen'; nothing where there is no limit."""
    return "" if session.free is None else words.count(session.free, "plaats", "plaatsen")


@register.filter
def language_names(codes: list[str]) -> str:
    """'Nederlands, Frans'; the languages that are spoken, in the order of the list."""
    return ", ".join(gettext(name) for code, name in LANGUAGES if code in codes)


@register.filter
def status_kind(status: str) -> str:
    """The kind of badge that a state wears."""
    return STATUS_KINDS[Status(status)]


@register.filter
def known(fact: str) -> str:
    """'Ja', 'Met hulp', 'Nee'; what we do not know is said, with what to do about it."""
    return gettext("Weten we niet, bel even") if fact == Fact.UNKNOWN else capfirst(Fact(fact).label)


@register.filter
def report_kind(state: str) -> str:
    """The kind of badge that the state of a report wears."""
    return REPORT_KINDS[Report.State(state)]


@register.filter
def is_old_on(activity: Activity, now: datetime) -> bool:
    """Whether nobody looked at an offer for longer than its House promises, seen at a moment."""
    return freshness(activity.checked_on, activity.house, today=words.wall(now).date()) != Freshness.FRESH
