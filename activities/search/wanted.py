"""What somebody looks for, and what was found: the words between the pages and the index."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True)
class Spot:
    """Where somebody lives: WGS84 degrees, and the House that serves the place."""

    lat: float
    lon: float
    house_id: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; everything may be left open. Each name is the name of the choice in the address.

    `q`: words, already understood (see huizen.search.understood): `offer_types` and `life_domains` are what they mean.
    `right`: the folded words of `q` that are no slips of others.
    `children`: ages in months at `now`, one a child; fits any of them, or all where `alle`. With `straks` what
    fits within the next half year counts too. `leeftijd`: a stretch of months, the last not included.
    `between`: aware moments, the last not included. `days`: 0 = Monday. `deel`: voormiddag, namiddag, avond.
    `nederlands`: at most this much Dutch (none, little, fluent).
    """

    q: str = ""
    offer_types: dict[str, float] = field(default_factory=dict)
    life_domains: dict[str, float] = field(default_factory=dict)
    right: frozenset[str] = frozenset()
    spot: Spot | None = None
    straal: float | None = None
    children: tuple[int, ...] = ()
    alle: bool = False
    straks: bool = False
    leeftijd: tuple[int, int] | None = None
    between: tuple[datetime, datetime] | None = None
    vakantie: bool = False
    days: tuple[int, ...] = ()
    deel: str = ""
    gratis: bool = False
    korting: bool = False
    vrij: bool = False
    plaatsvrij: bool = False
    talen: tuple[str, ...] = ()
    nederlands: str = ""
    rolstoel: bool = False
    buggy: bool = False
    opvang: bool = False
    binnen: bool = False
    element: str = ""
    vraag: str = ""
    soort: str = ""
    huis: str = ""
    volgorde: str = ""


class Hit(NamedTuple):
    """An activity that fits: its next moment (None: it has no dates), how it goes on without, and how far it is.

    `left`: the places for a newcomer at that moment; 0 where others wait already, None where there is no limit.
    """

    activity_id: int
    session_id: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    left: int | None = None
    ongoing: str = ""
    distance_km: float | None = None
    #: Not for the child yet, from this month on (first day); only with `straks`.
    fits_from: date | None = None


@dataclass(frozen=True)
class Thing:
    """Something else that the words found: a House, a partner, a page of the manual. `kind`: house, partner, page."""

    kind: str
    title: str
    url: str
    text: str = ""


@dataclass(frozen=True)
class Found:
    """All that fits, in order.

    `counts`: for each choice that can be counted, how many it would give if it were made now, by name and value:
    `{"gratis": {"1": 12}, "leeftijd": {"baby": 3, …}}`. `corrected`: the words that we searched for in place of the
    typed ones; `suggestion`: words of ours that look like them, where the typed ones found something too.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    things: tuple[Thing, ...] = ()
    corrected: str = ""
    suggestion: str = ""
