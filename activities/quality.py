"""How complete an offer is told: one figure, and what would raise it most, in plain words. Pure.

The weights say how much a family misses without it: first whether it still holds, when and where, then what it is and
who waits for them, then what some families need. That there is a price and a way to sign up, the database sees to.
Photos there are none of. A figure is advice for who writes, never a rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from activities.freshness import Freshness, freshness
from activities.models import Activity
from huizen.models import Fact, Location
from huizen.readability import readability
from huizen.vocabulary import AGE_MAX, AGE_MIN, OfferType

#: Under this figure an offer asks for attention.
LOW = 70
#: A sentence that says what it is, and a text that says what happens: in signs.
SUMMARY, DESCRIPTION = (20, 160), 120
PLACE_FACTS = ("wheelchair", "buggy", "toilet", "changing_table")
Channel = Activity.Channel


@dataclass(frozen=True)
class Told:
    """What stands beside an activity in other tables: whether anything says when it is, and a translation that holds."""

    has_moments: bool
    is_translated: bool
    today: date


@dataclass(frozen=True)
class Missing:
    """One thing that would raise the figure, by so many points. `where`: the page, or the name of the field."""

    words: str
    where: str
    points: int


@dataclass(frozen=True)
class Quality:
    """`percent`: 0 to 100; `missing`: what raises it most first."""

    percent: int
    missing: tuple[Missing, ...]

    @property
    def is_low(self) -> bool:
        return self.percent < LOW

    @property
    def kind(self) -> str:
        """The kind of badge it wears."""
        return "bad" if self.percent < 50 else "warning" if self.is_low else "good"


@dataclass(frozen=True)
class Rule:
    """One thing that families ask: how much it weighs, what to do where it is missing, and how far it is there (0 to 1)."""

    weight: int
    words: str
    where: str
    share: Callable[[Activity, Told], float]


def quality(activity: Activity, told: Told) -> Quality:
    """The figure of an activity with its house and location."""
    shares = [(rule, max(0.0, min(1.0, float(rule.share(activity, told))))) for rule in RULES]
    total = sum(rule.weight for rule in RULES)
    missing = [
        Missing(rule.words, rule.where, round(100 * rule.weight * (1 - share) / total))
        for rule, share in shares
        if share < 1
    ]
    reached = sum(rule.weight * share for rule, share in shares)
    return Quality(
        percent=int(100 * reached / total),
        missing=tuple(sorted(missing, key=lambda one: -one.points)),
    )


@lru_cache(maxsize=2048)
def _reads_easily(text: str) -> bool:
    found = readability(text)
    return found.figure is None or found.figure >= 65


def _text(activity: Activity) -> str:
    return "\n".join(filter(None, (activity.summary, activity.description)))


def _has_place(activity: Activity, told: Told) -> bool:
    place = activity.location
    return place is not None and bool(place.address or place.kind == Location.Kind.ONLINE)


def _place_facts(activity: Activity, told: Told) -> float:
    """At home and online nobody has to come in."""
    place = activity.location
    if place is None or place.kind == Location.Kind.ONLINE:
        return 1
    return sum(getattr(place, name) != Fact.UNKNOWN for name in PLACE_FACTS) / len(PLACE_FACTS)


def _has_ages(activity: Activity, told: Told) -> bool:
    usual = OfferType(activity.offer_type).facts
    unlimited = (activity.age_min, activity.age_max) == (AGE_MIN, AGE_MAX)
    return not unlimited or (usual.age_min, usual.age_max) == (AGE_MIN, AGE_MAX)


def _can_sign_up(activity: Activity, told: Told) -> bool:
    house = activity.house
    reachable = {
        Channel.PHONE: activity.phone or house.phone,
        Channel.EMAIL: activity.email or house.email,
    }
    return all(reachable.get(channel, True) for channel in activity.channels)


RULES = (
    Rule(
        15,
        "Kijk na of alles nog klopt.",
        "check",
        lambda a, t: freshness(a.checked_on, a.house, today=t.today) == Freshness.FRESH,
    ),
    Rule(15, "Zeg wanneer het is.", "when", lambda a, t: t.has_moments),
    Rule(10, "Kies een plek met een adres.", "location", _has_place),
    Rule(
        8,
        "Zeg in één zin wat het is, niet te kort en niet te lang.",
        "summary",
        lambda a, t: SUMMARY[0] <= len(a.summary) <= SUMMARY[1],
    ),
    Rule(
        8,
        "Vertel wat er gebeurt, in een paar zinnen.",
        "description",
        lambda a, t: len(a.description) / DESCRIPTION,
    ),
    Rule(
        8,
        "Maak de tekst makkelijker: korte zinnen, gewone woorden.",
        "description",
        lambda a, t: _reads_easily(_text(a)),
    ),
    Rule(6, "Zeg het ook in heel gewone woorden.", "plain", lambda a, t: bool(a.plain)),
    Rule(6, "Zeg voor welke leeftijd het is.", "age_min", _has_ages),
    Rule(5, "Geef een telefoonnummer of e-mailadres om in te schrijven.", "phone", _can_sign_up),
    Rule(5, "Zeg wie de mensen ontvangt.", "welcome", lambda a, t: bool(a.welcome)),
    Rule(8, "Vul in hoe toegankelijk de plek is.", "place", _place_facts),
    Rule(5, "Laat het vertalen.", "translation", lambda a, t: t.is_translated),
    Rule(3, "Zeg welke talen jullie spreken.", "languages", lambda a, t: bool(a.languages)),
    Rule(3, "Zeg of broer of zus mee mag.", "siblings", lambda a, t: a.siblings != Fact.UNKNOWN),
)
