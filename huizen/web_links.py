"""Web addresses on our pages: each app says where its own stand, so that one round visits them all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

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


#: All links of an app, or those that one person may change.
Source = Callable[[User | None], Iterable[WebLink]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source of links; called by an app's `ready()`."""
    if source not in _sources:
        _sources.append(source)


def all_links(user: User | None = None) -> Iterator[WebLink]:
    """Every link on the pages, or those that a person may change."""
    for source in _sources:
        yield from (link for link in source(user) if len(link.url) <= LONGEST)


def broken_for(user: User) -> list[tuple[WebLink, LinkCheck]]:
    """The broken links that a person may change, the longest broken first."""
    broken = {check.url_hash: check for check in LinkCheck.objects.broken()}
    if not broken:
        return []
    found = [(link, broken[key]) for link in all_links(user) if (key := hash_of(link.url)) in broken]
    return sorted(found, key=lambda pair: (pair[1].failing_since, pair[0].label))


def links_of_houses(user: User | None) -> Iterator[WebLink]:
    """The websites of the Houses that parents see, or of those whose facts a person keeps."""
    houses = House.objects.published() if user is None else House.objects.where(user, Permission.EDIT_HOUSE)
    for house in houses.exclude(website="").order_by("pk"):
        yield WebLink(house.website, house.name, reverse("house_edit", args=[house.slug]))
