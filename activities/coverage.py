"""Where the offer of a House is, and where it is not: counted along two axes, with what is empty in words (pure)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from huizen import words
from huizen.vocabulary import AGE_BANDS, Element, LifeDomain, PolicyDomain, policy_domains

#: The key of offer without a partner, a place or a life domain.
NONE = ""
#: From how many offers a cell is of the next level; a level is one step darker.
LEVELS = (1, 2, 4, 8)


class Offer(NamedTuple):
    """What counts of an activity; ages in months, both ends included; keys as text, "" for none."""

    domains: tuple[str, ...]
    partner: str
    age_min: int
    age_max: int
    place: str
    element: str


class Value(NamedTuple):
    """One row or column: its key, what stands at its head, and how a sentence says it after "Geen aanbod"."""

    key: str
    label: str
    phrase: str


class Axis(NamedTuple):
    """One way to part the offer: `of` says in which of its values an offer lies.

    `works`: in which of them a partner with these life domains works; None where that is no question.
    """

    code: str
    label: str
    values: Sequence[Value]
    of: Callable[[Offer], Iterable[str]]
    works: Callable[[Iterable[str]], Iterable[str]] | None = None


class Partner(NamedTuple):
    """A present partner of the House: its key, the address of its page, its name and its life domains."""

    key: str
    url: str
    name: str
    domains: frozenset[str]


class Cell(NamedTuple):
    """How many offers lie in a column, and how dark that is."""

    column: str
    number: int

    @property
    def level(self) -> int:
        return sum(self.number >= least for least in LEVELS)


class Line(NamedTuple):
    """A row: its cells, how many offers lie in it, and how many partners work on it (None where that is no question)."""

    value: Value
    cells: list[Cell]
    total: int
    partners: int | None


class Gap(NamedTuple):
    """What is missing, as a sentence, and the partners who could do it (None where that is no question)."""

    sentence: str
    who: list[Partner] | None


def policy_axis(offers: Sequence[Offer]) -> Axis:
    """The policy domains, as the life domains tell them."""
    values = [Value(each.value, each.label, f"in {_lower(each.label)}") for each in PolicyDomain]
    axis = Axis("beleid", "Beleidsdomein", values, _policies, policy_domains)
    return _with_rest(axis, offers, "Zonder beleidsdomein")


def domain_axis(offers: Sequence[Offer]) -> Axis:
    """The sixteen life domains, and offer without one where there is any."""
    values = [Value(each.value, each.label, f"rond {_lower(each.label)}") for each in LifeDomain]
    return _with_rest(Axis("domein", "Levensdomein", values, _domains, list), offers, "Zonder levensdomein")


def age_axis() -> Axis:
    """The stretches of childhood; an offer lies in each that it shares a month with."""
    values = [
        Value(
            band.code,
            band.label,
            f"voor {words.ages(band.low, band.high)}" if band.low >= 0 else "voor wie zwanger is",
        )
        for band in AGE_BANDS
    ]
    return Axis("leeftijd", "Leeftijd", values, _ages)


def element_axis() -> Axis:
    """Support, encounter, activities."""
    values = [Value(each.value, each.label, f"als {_lower(each.label)}") for each in Element]
    return Axis("element", "Element", values, lambda offer: (offer.element,))


def place_axis(places: Iterable[tuple[str, str]], offers: Sequence[Offer]) -> Axis:
    """The places of the House by key and name."""
    values = [Value(key, name, f"in {name}") for key, name in _apart(places)]
    return _with_rest(Axis("plek", "Plek", values, lambda offer: (offer.place,)), offers, "Zonder vaste plek")


def partner_axis(partners: Iterable[tuple[str, str]], offers: Sequence[Offer]) -> Axis:
    """Who organises, by key and name; and the House itself."""
    values = [Value(key, name, f"van {name}") for key, name in _apart(partners)]
    return _with_rest(
        Axis("partner", "Partner", values, lambda offer: (offer.partner,)), offers, "Het Huis zelf"
    )


def count(offers: Iterable[Offer], rows: Axis, columns: Axis) -> Counter[tuple[str, str]]:
    """How many offers lie in each cell; one that lies in several is counted in each."""
    return Counter(
        (row, column) for offer in offers for row in set(rows.of(offer)) for column in set(columns.of(offer))
    )


def lines(offers: Sequence[Offer], rows: Axis, columns: Axis, partners: Sequence[Partner]) -> list[Line]:
    """The table, row by row."""
    numbers = count(offers, rows, columns)
    totals = Counter(row for offer in offers for row in set(rows.of(offer)))
    working = Counter(key for partner in partners for key in _works(partner, rows))
    return [
        Line(
            row,
            [Cell(column.label, numbers[row.key, column.key]) for column in columns.values],
            totals[row.key],
            working[row.key] if rows.works and row.key else None,
        )
        for row in rows.values
    ]


def gaps(
    table: Sequence[Line], rows: Axis, columns: Axis, partners: Sequence[Partner], *, where: str
) -> list[Gap]:
    """What is empty, one sentence a row. `where`: the place that all of it is about, as words; "" for the House."""
    found = []
    for line in table:
        empty = [
            value
            for value, cell in zip(columns.values, line.cells, strict=True)
            if not cell.number and value.key
        ]
        if line.value.key and empty:
            found.append(Gap(_sentence(line, empty, where), _who(line, rows, partners)))
    return found


def _sentence(line: Line, empty: list[Value], where: str) -> str:
    about = line.value.phrase + (f" {where}" if where else "")
    if not line.total:
        return f"Geen aanbod {about}."
    return f"Geen aanbod {about}: {', '.join(value.phrase for value in empty)}."


def _who(line: Line, rows: Axis, partners: Sequence[Partner]) -> list[Partner] | None:
    if rows.works is None:
        return None
    return [partner for partner in partners if line.value.key in _works(partner, rows)]


def _works(partner: Partner, axis: Axis) -> Iterable[str]:
    return axis.works(partner.domains) if axis.works else ()


def _with_rest(axis: Axis, offers: Sequence[Offer], label: str) -> Axis:
    """The axis with what lies nowhere on it, where there is such offer."""
    if not any(NONE in axis.of(offer) for offer in offers):
        return axis
    return axis._replace(values=[*axis.values, Value(NONE, label, _lower(label))])


def _policies(offer: Offer) -> Iterable[str]:
    return policy_domains(offer.domains) or (NONE,)


def _domains(offer: Offer) -> Iterable[str]:
    return offer.domains or (NONE,)


def _ages(offer: Offer) -> Iterable[str]:
    return [band.code for band in AGE_BANDS if offer.age_min < band.high and offer.age_max >= band.low]


def _apart(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same with a number behind a name that came before: each head of a column is another."""
    seen: Counter[str] = Counter()
    result = []
    for key, name in named:
        seen[name] += 1
        result.append((key, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return result


def _lower(label: str) -> str:
    return str(label[:1]).lower() + str(label[1:])
