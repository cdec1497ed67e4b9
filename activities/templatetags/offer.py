"""An activity in a few words: the card, and the facts that the card and the page share."""

from datetime import date, datetime

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from activities import cards
from activities.actions.closing import opens_words
from activities.freshness import Freshness, freshness_of
from activities.models import Activity, Proposal, Report, Session
from activities.models.activity import LANGUAGES
from huizen import words
from huizen.models import Fact

register = template.Library()
Mode, Status = Activity.RegistrationMode, Activity.Status

SIGN_UP_ICONS = {Mode.NONE: "door", Mode.OPTIONAL: "door", Mode.REQUIRED: "pen", Mode.APPOINTMENT: "phone"}
STATUS_KINDS = {
    Status.PUBLISHED: "good",
    Status.PROPOSED: "warning",
    Status.TO_CHECK: "warning",
    Status.DRAFT: "info",
    Status.EXPIRED: "quiet",
    Status.ARCHIVED: "quiet",
}
REPORT_KINDS = {Report.State.NEW: "warning", Report.State.SOLVED: "good", Report.State.REFUSED: "quiet"}

PROPOSAL_KINDS = {
    Proposal.State.WAITING: "warning",
    Proposal.State.ASKED: "info",
    Proposal.State.APPROVED: "good",
    Proposal.State.DECLINED: "bad",
    Proposal.State.TAKEN_BACK: "quiet",
}


@register.simple_tag(takes_context=True)
def activity_card(context, activity: Activity) -> SafeString:
    """One activity with its five facts; it carries its `next_session`, `ongoing`, `distance` and `fits_from`."""
    hit, now = cards.hit_of(activity), context["now"]
    said = cards.slot_words(
        hit,
        mode=activity.registration_mode,
        on_site=activity.takes_registrations,
        place=activity.location_id,
        now=now,
    )
    return cards.card(activity, said, today=words.wall(now).date())


@register.filter
def ongoing_words(kind: str) -> str:
    """'Op afspraak' or 'Tijdens de openingsuren'; nothing for what has moments."""
    return str(cards.ONGOING_WORDS.get(kind, ""))


@register.simple_tag(takes_context=True)
def going_on(context, activity: Activity, kind: str) -> str:
    """The same with whether its place is open now: 'Tijdens de openingsuren. Nu open tot 17 uur'."""
    return cards.ongoing_words(kind, place=activity.location_id, now=context["now"])


@register.filter
def sign_up_icon(mode: str) -> str:
    """The pictogram beside those words: an open door, a pen, a phone."""
    return SIGN_UP_ICONS[mode]


@register.simple_tag
def sign_up_words(activity: Activity, session: Session | None = None) -> str:
    """Whether to sign up, and whether there is still a place: 'Kom gewoon langs', 'Schrijf je in (nog 2 plaatsen)'."""
    left = cards.places_left(session)
    return cards.sign_up_words(activity.registration_mode, left, on_site=activity.takes_registrations)


@register.simple_tag
def opens(session: Session, now: datetime) -> str:
    """'Inschrijven kan vanaf maandag 4 januari om 9 uur.'; empty once it can."""
    return opens_words(session, now=now)


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
def proposal_kind(state: str) -> str:
    """The kind of badge that the state of a proposal wears."""
    return PROPOSAL_KINDS[Proposal.State(state)]


@register.filter
def is_old_on(activity: Activity, today: date) -> bool:
    """Whether nobody looked at an offer for longer than its House promises, seen on a day."""
    return freshness_of(activity, today=today) != Freshness.FRESH
