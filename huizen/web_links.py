"""Web addresses on our pages: each app says where its own stand, so that one round visits them all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet, Value
from django.urls import reverse

from huizen.models import House, LinkCheck, User
from huizen.models.link_check import hash_of
from huizen.roles import Permission

#: A longer address is left alone: it is no page that people link to.
LONGEST = 500


@dataclass(frozen=True)
class WebLink:
    """One address on one page: beside whose name it stands, and where it is changed."""

    url: str
    label: str
    edit_url: str


def whole(text: str) -> Iterable[str]:
    """For who keeps an address and nothing else."""
    return (text,)


@dataclass(frozen=True)
class Source:
    """Where an app has addresses.

    `rows` gives all rows, or those that one person may change, with three more columns: `label` (its name), `text` (where
    the addresses stand) and `at` (what the page named `edit` asks for). `addresses` reads them out of the text.
    """

    rows: Callable[[User | None], QuerySet]
    edit: str
    addresses: Callable[[str], Iterable[str]] = whole


_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source of links; called by an app's `ready()`."""
    if source not in _sources:
        _sources.append(source)


def all_links(user: User | None = None) -> Iterator[WebLink]:
    """Every link on the pages, or those that a person may change, in the order of the sources (one query)."""
    columns = ("source", "label", "text", "at")
    parts = [
        source.rows(user).order_by().annotate(source=Value(number)).values_list(*columns)
        for number, source in enumerate(_sources)
    ]
    for number, label, text, at in parts[0].union(*parts[1:], all=True).order_by("source", "label", "at"):
        source = _sources[number]
        for url in source.addresses(text):
            if len(url) <= LONGEST:
                yield WebLink(url, label, reverse(source.edit, args=[at]))


def broken_for(user: User) -> list[tuple[WebLink, LinkCheck]]:
    """The broken links that a person may change, the longest broken first (two queries, however many are broken)."""
    broken = {check.url_hash: check for check in LinkCheck.objects.broken()}
    found = [(link, broken[key]) for link in all_links(user) if (key := hash_of(link.url)) in broken]
    return sorted(found, key=lambda pair: (pair[1].failing_since, pair[0].label))


def _houses(user: User | None) -> QuerySet[House]:
    """The Houses that parents see, or those whose facts a person keeps."""
    houses = House.objects.published() if user is None else House.objects.where(user, Permission.EDIT_HOUSE)
    return houses.exclude(website="").annotate(label=F("name"), text=F("website"), at=F("slug"))


LINKS_OF_HOUSES = Source(_houses, "house_edit")
