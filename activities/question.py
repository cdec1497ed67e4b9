"""What somebody asks: her address read, her words understood, and the addresses of the questions next to it."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from activities.forms.search import SearchForm
from activities.place_choice import PlaceChoice, chosen_place
from activities.search import takes_place
from activities.search.wanted import Wanted
from huizen.forms import MonthField
from huizen.links import path_of
from huizen.search.meaning import understand
from huizen.search.understood import Choice, Understood
from huizen.words import wall

#: What a wish about when is called in an address.
DAYS = ("wanneer", "van", "tot")
ADDRESS_NAMES = {"wanneer": DAYS, "moment": (*DAYS, "dag", "deel", "plaatsvrij")}


@dataclass(frozen=True)
class Chip:
    """A wish shown back: its words, the words of the question that it came from, and the address without it."""

    words: str
    url: str
    typed: str = ""


@dataclass(frozen=True)
class Question:
    """A search: `chosen` by the visitor herself, `taken` from her words. `wanted` holds both.

    `other_place`: a place that stands in her words while she chose another one.
    """

    params: MultiValueDict
    form: SearchForm
    place: PlaceChoice
    understood: Understood
    wanted: Wanted
    chosen: tuple[Choice, ...] = ()
    taken: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()
    other_place: Choice | None = None
    words: str = ""

    @property
    def is_search(self) -> bool:
        return bool(self.chosen or self.taken)

    def address(self, name: str = "activity_list") -> str:
        """The address of this search, on the page of the results or on another one; without the number of a page."""
        return f"{path_of(name)}?{self._query}" if self._query else path_of(name)

    @cached_property
    def _query(self) -> str:
        return _written(less(self.params))

    def without(self, *names: str, value: str = "", typed: str = "") -> str:
        """The address of the same search without these wishes, one value of one, or these words."""
        return address(less(self.params, *names, value=value, typed=typed))

    def with_choice(self, **choices: str) -> str:
        """The address of the same search with these choices made, from its first page."""
        if self._query and self.params.keys().isdisjoint(choices):
            # A page holds seven of these: what was asked is written once.
            return f"{self.address()}&{urlencode(choices)}"
        params = less(self.params)
        for name, value in choices.items():
            params[name] = value
        return address(params)

    def chips(self) -> list[Chip]:
        """What she chose, what her words say, and where: each with the address without it."""
        own = [self._chip(choice) for choice in self.chosen]
        taken = [
            Chip(in_a_row(choices), self.without(typed=typed), typed)
            for typed, choices in groupby(self.taken, key=lambda choice: choice.typed)
        ]
        place = self.place.found if self.params.get("plaats") else None
        here = [Chip(place.label, self.without("plaats", "straal"))] if place else []
        return [chip for chip in own if chip.words] + taken + here

    def _chip(self, choice: Choice) -> Chip:
        if choice.name == "q" and self.taken:
            left = self.understood.words
            return Chip(left and f"'{left}'", self.without(typed=left))
        return Chip(gettext(choice.label), self.without(choice.name, value=choice.value))

    def label_of(self, wish: str) -> str:
        """The words of a wish, by the name that the index gives it: 'Gratis', 'Woensdag In de namiddag'."""
        names = ADDRESS_NAMES.get(wish, (wish,))
        return in_a_row(choice for choice in (*self.chosen, *self.taken) if choice.name in names)

    def address_without(self, wish: str) -> str:
        """The address without a wish, be it chosen or taken from her words."""
        names = ADDRESS_NAMES.get(wish, (wish,))
        params = less(self.params, *names)
        for choice in self.taken:
            if choice.name in names:
                params = less(params, typed=choice.typed)
        return address(params)


def in_a_row(choices: Iterable[Choice]) -> str:
    """The words of some choices as one: 'Woensdag in de namiddag'."""
    first, *others = [gettext(choice.label) for choice in choices] or [""]
    return " ".join([first, *(label[:1].lower() + label[1:] for label in others)])


def ask(params: MultiValueDict, *, now: datetime) -> Question:
    """Read the address of a search; nothing in it is an error. Her own choices win over what her words may mean."""
    form = SearchForm(params)
    form.is_valid()
    chosen = tuple(form.chosen())
    day = wall(now).date()
    place = chosen_place(params.get("plaats", ""), day=day)
    understood = understand(form.cleaned_data.get("q", ""), now=now, home=place.found)
    taken = form.take(choice for choice in understood.choices if choice.name != "plaats")
    typed_place = next((choice for choice in understood.choices if choice.name == "plaats"), None)
    if typed_place and not place.typed:
        place = chosen_place(typed_place.value, day=day)
        taken.append(typed_place)
    wanted = form.wanted(spot=place.spot, now=now, understood=understood)
    never = _never(taken, understood, wanted, now)
    if never:
        form.leave(choice.name for choice in never)
        taken = [choice for choice in taken if choice not in never]
        wanted = form.wanted(spot=place.spot, now=now, understood=understood)
    elsewhere = typed_place if place.found and typed_place and place.found.slug != typed_place.value else None
    notes = (*form.notes(now=now), place.note, _no_place(form, place), _not_then(never))
    return Question(
        params=params,
        form=form,
        place=place,
        understood=understood,
        wanted=wanted,
        chosen=chosen,
        taken=tuple(taken),
        notes=tuple(note for note in notes if note),
        other_place=elsewhere,
        words=form.cleaned_data.get("q", ""),
    )


def _never(taken: list[Choice], understood: Understood, wanted: Wanted, now: datetime) -> list[Choice]:
    """The words about when, where nothing of what she means happens then: it goes on without dates, or later."""
    when = [choice for choice in taken if choice.name in ADDRESS_NAMES["moment"]]
    if when and understood.offer_types and not takes_place(wanted, now=now):
        return when
    return []


def _not_then(never: list[Choice]) -> str:
    if not never:
        return ""
    when = " ".join(dict.fromkeys(choice.typed for choice in never))
    return gettext("We vonden niets voor '%(when)s'. Dit is er op een ander moment.") % {"when": when}


def _no_place(form: SearchForm, place: PlaceChoice) -> str:
    asks = form.cleaned_data.get("straal") or form.cleaned_data.get("volgorde") in ("dichtst", "buurt")
    return gettext("Zeg waar je woont. Dan weten we hoe ver het is.") if asks and not place.typed else ""


def address(params: MultiValueDict, name: str = "activity_list") -> str:
    """The address of a search on a page, without what was left open."""
    query = _written(params)
    return f"{path_of(name)}?{query}" if query else path_of(name)


def _written(params: MultiValueDict) -> str:
    return urlencode([(key, value) for key, values in params.lists() for value in values if value])


def less(params: MultiValueDict, *names: str, value: str = "", typed: str = "") -> MultiValueDict:
    """The same choices without these; of one that stands there more than once only `value`; without words of `q`."""
    # Not `params.copy()`, which reads every word of it anew, a dozen times a page: no list is changed in its place.
    kept = MultiValueDict(params)
    kept.pop("pagina", None)
    for name in names:
        rest = [one for one in kept.getlist(name) if value and not _same(name, one, value)]
        kept.setlist(name, rest) if rest else kept.pop(name, None)
    if typed:
        kept["q"] = words_less(kept.get("q", ""), typed)
    return kept


def _same(name: str, written: str, value: str) -> bool:
    """Whether two spellings say one thing: 3/2024 is 2024-03."""
    if name == "geboren":
        with suppress(ValidationError):
            return f"{MonthField().clean(written):%Y-%m}" == value
    return written.strip() == value


def words_less(text: str, typed: str) -> str:
    """A question without some of its words, whether they stand together or not."""
    pattern = r"\s+".join(re.escape(word) for word in typed.split())
    rest, together = re.subn(pattern, " ", text, count=1, flags=re.IGNORECASE)
    if not together:
        gone = {word.lower() for word in typed.split()}
        rest = " ".join(word for word in text.split() if word.lower() not in gone)
    return " ".join(rest.split())
