"""How many each choice would give if it were made now, in place of what is chosen under its name."""

from collections.abc import Collection, Mapping
from datetime import datetime

import numpy as np
from pyroaring import BitMap

from activities.search.bitmaps import as_numbers
from activities.search.index import Index
from activities.search.periods import PARTS_OF_DAY, PERIODS, between
from activities.search.wanted import Wanted
from activities.search.wishes import (
    SWITCHES,
    WHEN,
    When,
    at_the_time,
    on_time,
    reach,
    wishes_about_when,
    without_when,
)
from huizen.vocabulary import AGE_BANDS
from huizen.words import wall

#: Distances that can be chosen.
DISTANCES = (2, 5, 10, 20, 50)
#: The facets whose sets are those of the columns.
FACETS = (*SWITCHES, "leeftijd", "element", "vraag", "soort", "nederlands", "taal", "huis")
#: Those that tell of each of their values, also where none has it.
FIXED = {"leeftijd": [band.code for band in AGE_BANDS], **{name: ["1"] for name in SWITCHES}}
#: All that can be counted.
EVERY_CHOICE = (*FACETS, "straal", *WHEN)


def counted(
    index: Index, wanted: Wanted, fits: dict[str, BitMap], now: datetime, names: Collection[str]
) -> dict[str, dict[str, int]]:
    """For each of these names of a choice, how many each value would give."""
    timely = on_time(index, wanted, now)
    whole = both(index, timely, fits)
    found = {}
    for facet in FACETS:
        if facet in names:
            others = both(index, timely, fits, but=facet) if facet in fits else whole
            found[facet] = _in_each(others, index.columns.sets[facet])
    for name, values in FIXED.items():
        if name in found:
            found[name] = {value: found[name].get(value, 0) for value in values}
    if "huis" in names:
        slugs = {pk: slug for slug, pk in index.things.houses.items()}
        found["huis"] = {slugs[pk]: number for pk, number in found["huis"].items() if number and pk in slugs}
    if "straal" in names and wanted.spot:
        km = reach(index, wanted.spot)[as_numbers(both(index, timely, fits, but="straal"))]
        found["straal"] = {str(limit): int(np.count_nonzero(km <= limit)) for limit in DISTANCES}
    return found | _moments(index, wanted, fits, now, names)


def _in_each(others: BitMap, sets: Mapping[str, BitMap]) -> dict[str, int]:
    return {value: others.intersection_cardinality(known) for value, known in sets.items()}


def _moments(
    index: Index, wanted: Wanted, fits: dict[str, BitMap], now: datetime, names: Collection[str]
) -> dict[str, dict[str, int]]:
    others, when = both(index, index.columns.all, fits), When.of(wanted)
    # The same sets for everybody who asks on this day: working them out anew takes ten times as long as counting.
    choices = index.moments.kept(
        (when, wall(now).date()), lambda: _choices_of_when(index, when, now), now=now
    )
    return {name: _in_each(others, sets) for name, sets in choices.items() if name in names}


def _choices_of_when(index: Index, when: When, now: datetime) -> dict[str, dict[str, BitMap]]:
    """What has a fitting moment with each choice about when, in place of what is chosen under its name."""

    def slots(**changes) -> BitMap:
        return at_the_time(index, when._replace(**changes), now)

    periods = {name: slots(between=between(name, now=now), vakantie=False) for name in PERIODS}
    return {
        "wanneer": periods | {"vakantie": slots(between=None, vakantie=True)},
        "dag": {str(day): slots(days=(day,)) for day in range(7)},
        "deel": {part: slots(deel=part) for part in PARTS_OF_DAY},
        "plaatsvrij": {"1": slots(plaatsvrij=True)},
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
