"""What is no activity but may be what somebody looks for: a House, a partner, a page of help."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.urls import reverse

from activities.search.wanted import Thing
from huizen.models import House, WorkingArea
from huizen.search.house_name import HOUSE, shared_name_as_one
from huizen.search.matching import match
from huizen.search.word_index import WordIndex
from partners.models import Partnership

#: What a word weighs in the name, the municipalities that it serves, and the rest.
FIELDS = (240, 220, 100)
MOST = 3
#: How well a thing must fit to be shown above the activities.
ENOUGH = 0.5
#: The pages of the portal that answer a question, with the words that lead there.
PAGES = (
    (
        "help",
        "Hulp",
        "Zo vind je iets, en zo schrijf je in.",
        "help hoe werkt inschrijven annuleren wachtlijst code aanmelden vraag",
    ),
    ("house_list", "Alle Huizen van het Kind", "Zoek je Huis.", "huizen lijst overzicht adressen telefoon"),
    ("privacy", "Wat we van je bewaren", "En hoe lang.", "privacy gegevens wissen bewaren gdpr"),
    (
        "accessibility",
        "Toegankelijkheid",
        "Zo kan iedereen deze site gebruiken.",
        "toegankelijkheid blind schermlezer lettergrootte",
    ),
)


@dataclass
class Things:
    """The things with their words. `houses`: the key of each House by its slug."""

    things: list[Thing]
    houses: dict[str, str]
    slot_of_house: dict[int | None, int]
    words: WordIndex

    @classmethod
    def read(cls, *, day: date) -> "Things":
        """All Houses that parents see, with the municipalities that they serve; their partners of today; the help pages."""
        houses = list(House.objects.published().order_by("pk").values_list("pk", "slug", "name", "intro"))
        pages = _pages()
        entries = [*pages, *_houses(houses, day), *_partners(day)]
        words = WordIndex(FIELDS)
        words.read(fields for _, fields in entries)
        slots = {pk: len(pages) + place for place, (pk, *_) in enumerate(houses)}
        return cls(
            [thing for thing, _ in entries], {slug: str(pk) for pk, slug, _, _ in houses}, slots, words
        )

    def find(
        self, text: str, *, house_id: int | None = None, right: Container[str] = ()
    ) -> tuple[Thing, ...]:
        """At most three, the best first: those that hold every known word and stand out by it; the own House before all."""
        found = match(self.words, shared_name_as_one(text), right=right)
        fits = np.flatnonzero((found.fits == found.words) & (found.scores >= ENOUGH)).tolist()
        own = self.slot_of_house.get(house_id)
        if own is not None and own not in fits and HOUSE in shared_name_as_one(text).split():
            fits.append(own)
        fits.sort(key=lambda slot: (slot != own, -round(float(found.scores[slot]), 3), slot))
        return tuple(self.things[slot] for slot in fits[:MOST])


def _houses(houses: list[tuple], day: date) -> list[tuple[Thing, tuple[str, ...]]]:
    served: dict[int, list[str]] = {}
    areas = WorkingArea.objects.on(day).order_by("municipality__name")
    for house, name, whole in areas.values_list(
        "house_id", "municipality__name", "municipality__merged_into__name"
    ):
        served.setdefault(house, []).extend(filter(None, (name, whole)))
    return [
        (
            Thing(
                "house",
                name,
                reverse("house_detail", args=[slug]),
                "Voor " + ", ".join(dict.fromkeys(served[pk])) if pk in served else "",
            ),
            (shared_name_as_one(name), f"{HOUSE} {' '.join(served.get(pk, ()))}", intro),
        )
        for pk, slug, name, intro in houses
    ]


def _partners(day: date) -> list[tuple[Thing, tuple[str, ...]]]:
    """Organisations with a visible House, each once; of their people nothing."""
    rows = (
        Partnership.objects.on(day)
        .filter(house__is_published=True)
        .order_by("organisation_id", "since", "pk")
    )
    facts = rows.values_list(
        "organisation_id",
        "organisation__name",
        "organisation__kind",
        "organisation__description",
        "house__slug",
        "house__name",
    )
    first = {pk: rest for pk, *rest in reversed(list(facts))}
    return [
        (
            Thing(
                "partner",
                name,
                reverse("house_detail", args=[slug]),
                f"{kind or 'Partner'} van {house}",
            ),
            (name, kind, description),
        )
        for _, (name, kind, description, slug, house) in sorted(first.items())
    ]


def _pages() -> list[tuple[Thing, tuple[str, ...]]]:
    return [
        (Thing("page", title, reverse(name), text), (shared_name_as_one(title), words, text))
        for name, title, text, words in PAGES
    ]
