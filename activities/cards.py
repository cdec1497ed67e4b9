"""The cards of a list. What the offer says is made once and kept; its moment, distance and places are put in each time.

Rendering was the largest cost of a list (docs/scaling.md): twenty cards took longer than finding them.
"""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from activities.kept_offer import KeptOffer
from activities.models import Activity, Schedule, Session
from activities.next_moments import with_next_moments
from activities.search import Hit
from huizen import words
from huizen.models import House
from huizen.open_places import opening_of
from huizen.recurrence import ONGOING
from huizen.vocabulary import Element

Mode = Activity.RegistrationMode

#: Up to so many places left their number is told.
FEW_PLACES = 5
#: So many cards are kept with their moment, beside those without.
MOST_FILLED = 2000
DAY = timedelta(days=1)
#: Where the words of a moment stand in a kept card: letters of nobody's alphabet.
SLOTS = {"when": "\ue001", "away": "\ue002", "sign_up": "\ue003", "fits_from": "\ue004"}
SLOT = re.compile("[\ue001-\ue004]")
NAME_OF = {letter: name for name, letter in SLOTS.items()}
ONGOING_WORDS = {kind: Schedule.Kind(kind).label for kind in ONGOING}


@dataclass(frozen=True, eq=False, slots=True)
class Skeleton:
    """A card without its moment: the pieces of the page, the slot after each, and how one signs up."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]
    mode: str
    on_site: bool
    place: int | None


def rendered(hits: Sequence[Hit], *, now: datetime) -> list[SafeString]:
    """The cards of these hits, in order; one query for what is not kept. What went since it was found is left out."""
    skeletons = _kept.of([hit.activity_id for hit in hits], day=words.wall(now).date())
    midnight, language = words.midnight_after(now - DAY), get_language()
    return [
        _filled(skeleton, hit, now)
        if _follows_the_clock(hit)
        else _filled_since(skeleton, hit, _same_since(hit, midnight, now), language or "")
        for hit in hits
        if (skeleton := skeletons.get(hit.activity_id))
    ]


def slot_words(hit: Hit, *, mode: str, on_site: bool, place: int | None, now: datetime) -> dict[str, str]:
    """What a card says of one moment: when, how far, how to sign up, and from when on it fits.

    `place`: where it goes on, for what goes on while that is open.
    """
    return {
        "when": when_words(hit, place=place, now=now),
        "away": "" if hit.distance_km is None else f" ({words.distance(hit.distance_km)})",
        "sign_up": sign_up_words(mode, hit.left, on_site=on_site),
        "fits_from": f". {capfirst(words.fits_from(hit.fits_from))}" if hit.fits_from else "",
    }


def hit_of(activity: Activity) -> Hit:
    """An activity that was not found by a search as if it were: with the `next_session`, `ongoing` and `distance` it carries."""
    session = activity.next_session
    return Hit(
        activity_id=activity.pk,
        session_id=session and session.pk,
        starts_at=session and session.starts_at,
        ends_at=session and session.ends_at,
        left=places_left(session),
        ongoing=activity.ongoing,
        distance_km=activity.distance,
        fits_from=activity.fits_from,
    )


def places_left(session: Session | None) -> int | None:
    """The places for a newcomer: 0 where others wait already, None where there is no limit or no moment."""
    if session is None or session.free is None or session.collects_wishes:
        return None
    return 0 if session.has_queue else session.free


def when_words(hit: Hit, *, place: int | None, now: datetime) -> str:
    """'Morgen van 9 tot 12 uur', 'Op afspraak'; whom to ask where nothing is known. What goes on today is said so."""
    if hit.starts_at and hit.ends_at:
        return _moment_words(hit.starts_at, hit.ends_at, now=now)
    if hit.ongoing:
        return ongoing_words(hit.ongoing, place=place, now=now)
    return gettext("Vraag het aan het Huis")


def _moment_words(starts_at: datetime, ends_at: datetime, *, now: datetime) -> str:
    first, last, today = words.wall(starts_at), words.wall(ends_at), words.wall(now).date()
    if first.date() == last.date() == today:
        if starts_at <= now:
            return gettext("Nu bezig, tot %(end)s uur") % {"end": words.clock(last.time())}
        return gettext("Vandaag nog, %(hours)s") % {"hours": words.hours(first, last)}
    return capfirst(words.moment(starts_at, ends_at, now=now))


def ongoing_words(ongoing: str, *, place: int | None, now: datetime) -> str:
    """'Op afspraak'; 'Tijdens de openingsuren. Nu open tot 17 uur' where the hours of its place are known."""
    how = str(ONGOING_WORDS[ongoing])
    opening = opening_of(place, now=now) if place and ongoing == Schedule.Kind.IN_OPENING_HOURS else None
    if opening is None or not (opening.open or opening.next_opens_at):
        return how
    return f"{how}. {opening.words if opening.open else _opens_words(opening.next_opens_at, now=now)}"


def _opens_words(opens_at: datetime, *, now: datetime) -> str:
    day = words.day(opens_at.date(), today=words.wall(now).date())
    return gettext("%(Day)s open vanaf %(hour)s uur") % {
        "Day": capfirst(day),
        "hour": words.clock(opens_at.time()),
    }


def sign_up_words(mode: str, left: int | None, *, on_site: bool) -> str:
    """Whether to sign up, and whether there is still a place: 'Kom gewoon langs', 'Schrijf je in (nog 2 plaatsen)'."""
    label = str(Mode(mode).label)
    if left is None or mode == Mode.NONE or left > FEW_PLACES:
        return label
    if not left:
        return gettext("Volzet, er is een wachtlijst") if on_site else gettext("Volzet")
    places = words.count(left, "plaats", "plaatsen")
    return gettext("%(how)s (nog %(places)s)") % {"how": label, "places": places}


def preview_card(activity: Activity, *, now: datetime) -> SafeString:
    """The card that parents would see of an activity (saved or not) that somebody is still writing."""
    row = copy(activity)
    row.slug, row.title = row.slug or "voorbeeld", row.title or "Zonder titel"
    row.element = row.element or Element.ENCOUNTER
    row.checked_on = words.wall(now).date()
    if row.house_id is None:
        row.house = House()
    (row,) = with_next_moments([row], now=now)
    said = slot_words(
        hit_of(row),
        mode=row.registration_mode,
        on_site=row.takes_registrations,
        place=row.location_id,
        now=now,
    )
    return mark_safe(card(row, said, today=row.checked_on))  # noqa: S308 our own template, and escaped words


def card(activity: Activity, said: dict[str, str], *, today: date) -> str:
    """The card of an activity with these words; what they leave open is empty."""
    return render_to_string("activities/activity_card.html", {"activity": activity, "today": today} | said)


@lru_cache(maxsize=MOST_FILLED)
def _filled_since(skeleton: Skeleton, hit: Hit, since: datetime, _language: str) -> SafeString:
    return _filled(skeleton, hit, since)


def _follows_the_clock(hit: Hit) -> bool:
    """Whether its words may change at any time: those of what goes on while a place is open."""
    return not hit.starts_at and hit.ongoing == Schedule.Kind.IN_OPENING_HOURS


def _same_since(hit: Hit, midnight: datetime, now: datetime) -> datetime:
    """Since when a card says what it says now: midnight, or the begin of what is going on today."""
    return hit.starts_at if hit.starts_at and midnight < hit.starts_at <= now else midnight


def _filled(skeleton: Skeleton, hit: Hit, now: datetime) -> SafeString:
    said = slot_words(hit, mode=skeleton.mode, on_site=skeleton.on_site, place=skeleton.place, now=now)
    parts = [skeleton.pieces[0]]
    for slot, piece in zip(skeleton.slots, skeleton.pieces[1:], strict=True):
        parts += (escape(said[slot]), piece)
    return mark_safe("".join(parts))  # noqa: S308 our own template, and escaped words


def _made(numbers: list[int], day: date) -> dict[int, Skeleton]:
    rows = Activity.objects.published().select_related("house", "organiser", "location__municipality")
    return {number: _skeleton(row, day) for number, row in rows.in_bulk(numbers).items()}


def _skeleton(activity: Activity, today: date) -> Skeleton:
    text = card(activity, SLOTS, today=today)
    return Skeleton(
        tuple(SLOT.split(text)),
        tuple(NAME_OF[letter] for letter in SLOT.findall(text)),
        activity.registration_mode,
        activity.takes_registrations,
        activity.location_id,
    )


_kept = KeptOffer(_made)
