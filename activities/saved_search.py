"""A search that is kept: its address without the page, what it says in words, and what fits it now."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from activities import filters
from activities.forms.search import SearchForm
from activities.models import Activity
from activities.place_choice import chosen_place

#: A search that finds more than this is too wide to tell news of; the first ones will do.
MOST = 200
#: What an address says of how it is shown, not of what is wanted.
ASIDE = {"volgorde", "pagina"}
LONGEST_QUERY, LONGEST_LABEL = 600, 240


@dataclass(frozen=True)
class SavedSearch:
    """`query`: the choices, always written in the same way, so that the same search is known again."""

    query: str
    label: str


def read_search(asked: QueryDict, *, day: date) -> SavedSearch | None:
    """The search of an address; None where nothing was chosen that we know, or far too much."""
    form = SearchForm(asked)
    form.is_valid()
    place = chosen_place(asked.get("plaats", ""), day=day).found
    names = [name for name in form.fields if name in asked and name not in form.errors and name not in ASIDE]
    pairs = [(name, value) for name in names for value in sorted(asked.getlist(name)) if value]
    if place:
        pairs.append(("plaats", place.slug))
    query = urlencode(sorted(pairs))
    words = [words for name, words in form.chosen() if name not in ASIDE]
    label = ", ".join([*words, f"rond {place.name}"] if place else words)
    if not label or len(query) > LONGEST_QUERY:
        return None
    return SavedSearch(query, label[:LONGEST_LABEL])


def fitting(query: str, *, now: datetime, between: tuple[datetime, datetime] | None = None) -> list[Activity]:
    """What fits a kept search now, the soonest first, ready for its card; `between`: with a moment in that time."""
    asked = QueryDict(query)
    form = SearchForm(asked)
    form.is_valid()
    place = chosen_place(asked.get("plaats", ""), day=timezone.localdate(now))
    wanted = form.wanted(spot=place.spot, now=now)
    changes = {"order": "eerst"} | ({"between": between} if between else {})
    return _find(replace(wanted, **changes), now=now)


def _find(wanted, *, now: datetime) -> list[Activity]:
    """The one place that asks the search; with the index: `cards(find(wanted, now=now, stop=MOST).hits)`."""
    return filters.with_moments(filters.found(wanted, now=now)[:MOST])
