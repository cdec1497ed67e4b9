"""A search that is kept: its address without the page, what it says in words, and what fits it now."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict
from django.utils.http import urlencode

from activities.models import Activity
from activities.question import ask
from activities.search import cards, find

#: A search that finds more than this is too wide to tell news of; the first ones will do.
MOST = 200
#: What an address says of how it is shown, not of what is wanted.
ASIDE = {"volgorde", "pagina"}
LONGEST_QUERY, LONGEST_LABEL = 600, 240


@dataclass(frozen=True)
class SavedSearch:
    """A search that is kept. `query`: the choices, always written in the same way, so that the same search is known again."""

    query: str
    label: str


def read_search(asked: QueryDict, *, now: datetime) -> SavedSearch | None:
    """The search of an address; None where nothing was chosen that we know, or far too much."""
    question = ask(asked, now=now)
    form = question.form
    names = [name for name in form.fields if name in asked and name not in form.errors and name not in ASIDE]
    pairs = [(name, value) for name in names for value in sorted(asked.getlist(name)) if value]
    place = question.place.found if asked.get("plaats") else None
    if place:
        pairs.append(("plaats", place.slug))
    query = urlencode(sorted(pairs))
    words = [chip.words for chip in question.chips() if not place or chip.words != place.label]
    label = ", ".join([*words, f"rond {place.name}"] if place else words)
    if not label or len(query) > LONGEST_QUERY:
        return None
    return SavedSearch(query, label[:LONGEST_LABEL])


def fitting(query: str, *, now: datetime, between: tuple[datetime, datetime] | None = None) -> list[Activity]:
    """What fits a kept search now, the soonest first, ready for its card; `between`: with a moment in that time."""
    wanted = replace(ask(QueryDict(query), now=now).wanted, volgorde="eerst")
    if between:
        wanted = replace(wanted, between=between)
    return cards(find(wanted, now=now, stop=MOST, counting=()).hits)
