"""All Houses and municipalities at once: who is covered, what each House has and lacks, by province (pure)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.db.models import TextChoices

from activities.reach import Reach
from huizen.models import House, Municipality
from huizen.vocabulary import LifeDomain, Pillar, PolicyDomain

Province = Municipality.Province


class Covered(StrEnum):
    """Whether a municipality lies in the working area of a House; of a merged one perhaps only a part does."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"

    @property
    def label(self) -> str:
        return {"whole": "helemaal", "part": "een deel", "none": "geen Huis"}[self]


class Town(NamedTuple):
    """A municipality of today, the Houses that serve it, and its former parts that none serves."""

    municipality: Municipality
    houses: list[House]
    covered: Covered
    left_out: list[str]


@dataclass
class HouseLine:
    """What one House has: where, what it offers, how fresh that is, whom it reached this year and last."""

    house: House
    towns: list[Municipality] = field(default_factory=list)
    offers: int = 0
    pillars: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)
    policies: Counter[str] = field(default_factory=Counter)
    fresh: int = 0
    old: int = 0
    hidden: int = 0
    reach: Reach = field(default_factory=Reach)
    before: Reach = field(default_factory=Reach)

    @property
    def provinces(self) -> list[str]:
        """Those in which it serves somewhere."""
        return sorted({town.province for town in self.towns})

    @property
    def pillar_cells(self) -> list[tuple[str, int]]:
        """How many offers each pillar has, in the order of the decree."""
        return [(pillar.label, self.pillars[pillar]) for pillar in Pillar]

    @property
    def missing_pillars(self) -> list[str]:
        """The pillars of the decree that its offer does not touch now."""
        return [pillar.label for pillar in Pillar if not self.pillars[pillar]]

    @property
    def domain_cells(self) -> list[tuple[str, int, int]]:
        """Each life domain with how many offers and how dark that is (0 to 4)."""
        return [(domain.label, n := self.domains[domain], level(n)) for domain in LifeDomain]

    @property
    def policy_cells(self) -> list[tuple[str, int, int]]:
        """The same by policy domain."""
        return [(domain.label, n := self.policies[domain], level(n)) for domain in PolicyDomain]


class ProvinceLine(NamedTuple):
    """One province: how many of its municipalities are served, and what its Houses have together."""

    label: str
    towns: int
    whole: int
    part: int
    houses: int
    with_pillars: int
    offers: int
    old: int
    families: int
    families_before: int


class Gap(NamedTuple):
    """What is missing, and where: the names of Houses or municipalities."""

    sentence: str
    names: list[str]

    @property
    def title(self) -> str:
        """The sentence with how many there are."""
        return f"{self.sentence}: {len(self.names)}"


def level(number: int) -> int:
    """How dark a cell is: one step from 1, 2, 4 and 8 on."""
    return sum(number >= least for least in (1, 2, 4, 8))


def provinces(towns: Sequence[Town], lines: Sequence[HouseLine]) -> list[ProvinceLine]:
    """A line for each province that has municipalities, and all together where there are several.

    A House in two provinces is of both.
    """
    found = [
        _province(
            province.label,
            [town for town in towns if town.municipality.province == province],
            [line for line in lines if province in line.provinces],
        )
        for province in Province
    ]
    found = [line for line in found if line.towns]
    return [*found, _province("Samen", towns, lines)] if len(found) > 1 else found


def _province(label: str, towns: Sequence[Town], lines: Sequence[HouseLine]) -> ProvinceLine:
    covered = Counter(town.covered for town in towns)
    return ProvinceLine(
        label=label,
        towns=len(towns),
        whole=covered[Covered.WHOLE],
        part=covered[Covered.PART],
        houses=len(lines),
        with_pillars=sum(not line.missing_pillars for line in lines),
        offers=sum(line.offers for line in lines),
        old=sum(line.old + line.hidden for line in lines),
        families=sum(line.reach.families for line in lines),
        families_before=sum(line.before.families for line in lines),
    )


def gaps_of_towns(towns: Iterable[Town]) -> list[Gap]:
    """Which municipalities have no House, and which former ones were left out of one that has."""
    towns = list(towns)
    none = [town.municipality.name for town in towns if town.covered == Covered.NONE]
    part = [
        f"{town.municipality.name} (niet: {', '.join(town.left_out)})"
        for town in towns
        if town.covered == Covered.PART
    ]
    return [
        gap
        for gap in (Gap("Gemeenten zonder Huis", none), Gap("Gemeenten met een Huis in een deel", part))
        if gap.names
    ]


def gaps_of_houses(lines: Sequence[HouseLine]) -> list[Gap]:
    """Which Houses lack a pillar, offer or anybody who was counted."""
    found = [
        Gap(
            f"Geen aanbod in de pijler {pillar.label.lower()}",
            [line.house.name for line in lines if not line.pillars[pillar]],
        )
        for pillar in Pillar
    ]
    found.append(
        Gap("Nog niemand geteld dit jaar", [line.house.name for line in lines if not line.reach.moments])
    )
    return [gap for gap in found if gap.names]


def gaps_of_domains(lines: Sequence[HouseLine]) -> list[Gap]:
    """For each life domain the Houses without offer in it, the emptiest domain first."""
    return _emptiest("rond", LifeDomain, [(line.house.name, line.domains) for line in lines])


def gaps_of_policies(lines: Sequence[HouseLine]) -> list[Gap]:
    """The same for each policy domain."""
    return _emptiest("in", PolicyDomain, [(line.house.name, line.policies) for line in lines])


def _emptiest(word: str, domains: type[TextChoices], houses: list[tuple[str, Counter[str]]]) -> list[Gap]:
    gaps = [
        Gap(
            f"Geen aanbod {word} {_lower(domain.label)}",
            [name for name, offers in houses if not offers[domain]],
        )
        for domain in domains
    ]
    return sorted((gap for gap in gaps if gap.names), key=lambda gap: -len(gap.names))


def _lower(label: str) -> str:
    return str(label[:1]).lower() + str(label[1:])
