"""How many each choice would give if it were made now, in place of what is chosen under its name."""

from datetime import datetime

import numpy as np
from pyroaring import BitMap

from activities.search.bitmaps import as_numbers
from activities.search.index import Index
from activities.search.periods import PARTS_OF_DAY, PERIODS, between
from activities.search.wanted import Wanted
from activities.search.wishes import (
    SWITCHES,
    When,
    at_the_time,
    on_time,
    reach,
    wishes_about_when,
    without_when,
)
from huizen.vocabulary import AGE_BANDS

#: Distances that can be chosen.
DISTANCES = (2, 5, 10, 20, 50)
#: The facets whose sets are those of the columns.
FACETS = (*SWITCHES, "leeftijd", "element", "vraag", "soort", "nederlands", "taal", "huis")


def counted(
    index: Index, wanted: Wanted, fits: dict[str, BitMap], now: datetime
) -> dict[str, dict[str, int]]:
    """For each name of a choice, how many each value would give."""
    timely = on_time(index, wanted, now)
    slugs = {pk: slug for slug, pk in index.things.houses.items()}
    found = {}
    whole = both(index, timely, fits)
    for facet in FACETS:
        others = both(index, timely, fits, but=facet) if facet in fits else whole
        counts = {
            value: others.intersection_cardinality(known)
            for value, known in index.columns.sets[facet].items()
        }
        found[facet] = counts
    found["huis"] = {slugs[pk]: number for pk, number in found["huis"].items() if number and pk in slugs}
    found["leeftijd"] = {band.code: found["leeftijd"].get(band.code, 0) for band in AGE_BANDS}
    for name in SWITCHES:
        found[name] = {"1": found[name].get("1", 0)}
    if wanted.spot:
        km = reach(index, wanted.spot)[as_numbers(both(index, timely, fits, but="straal"))]
        found["straal"] = {str(limit): int(np.count_nonzero(km <= limit)) for limit in DISTANCES}
    return found | _moments(index, wanted, fits, now)


def _moments(
    index: Index, wanted: Wanted, fits: dict[str, BitMap], now: datetime
) -> dict[str, dict[str, int]]:
    others, when = both(index, index.columns.all, fits), When.of(wanted)

    def number(**changes) -> int:
        return others.intersection_cardinality(at_the_time(index, when._replace(**changes), now))

    periods = {name: number(between=between(name, now=now), vakantie=False) for name in PERIODS}
    return {
        "wanneer": periods | {"vakantie": number(between=None, vakantie=True)},
        "dag": {str(day): number(days=(day,)) for day in range(7)},
        "deel": {part: number(deel=part) for part in PARTS_OF_DAY},
        "plaatsvrij": {"1": number(plaatsvrij=True)},
    }


def counted_without(index: Index, wanted: Wanted, fits: dict[str, BitMap], now: datetime) -> dict[str, int]:
    """How many would fit if one wish were dropped, by its name; `moment`: all wishes about when at once."""
    timely = on_time(index, wanted, now)
    found = {name: len(both(index, timely, fits, but=name)) for name in fits}
    others = both(index, index.columns.all, fits)
    when = wishes_about_when(wanted)
    for name in [*when, "moment"] if len(when) > 1 else when:
        found[name] = others.intersection_cardinality(on_time(index, without_when(wanted, name), now))
    return found


def both(index: Index, timely: BitMap, fits: dict[str, BitMap], *, but: str = "") -> BitMap:
    """What fits all wishes, one of them left out."""
    return BitMap.intersection(
        index.columns.all, timely, *(known for name, known in fits.items() if name != but)
    )
