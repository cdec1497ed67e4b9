"""The picture of the network as rows of a spreadsheet: a line for each House, or for each municipality."""

from collections.abc import Callable, Iterable
from typing import Any

from huizen.vocabulary import LifeDomain, Pillar, PolicyDomain
from projects.network.facts import Network
from projects.network.form import NetworkForm
from projects.network.picture import HouseLine, Town

Table = tuple[list[str], Iterable[list[Any]]]
#: The head of each column with what stands in it.
TOWN_COLUMNS: dict[str, Callable[[Town], Any]] = {
    "NIS-code": lambda town: town.municipality.nis_code,
    "Gemeente": lambda town: town.municipality.name,
    "Provincie": lambda town: town.municipality.province,
    "Inwoners 2020": lambda town: town.municipality.population_2020,
    "Bediend": lambda town: town.covered.label,
    "Huizen": lambda town: ", ".join(house.name for house in town.houses),
    "Niet bediende delen": lambda town: ", ".join(town.left_out),
}


def houses_table(form: NetworkForm, found: Network) -> Table:
    """The Houses that the form shows, with their offer and whom they reached in its year."""
    lines = (line for line in found.lines if form.shows(line))
    return _table(_house_columns(form.year), lines)


def towns_table(form: NetworkForm, found: Network) -> Table:
    """The municipalities with the Houses that serve them."""
    return _table(TOWN_COLUMNS, found.towns)


def _house_columns(year: int) -> dict[str, Callable[[HouseLine], Any]]:
    return {
        "Huis": lambda line: line.house.name,
        "Provincie": lambda line: ", ".join(line.provinces),
        "Gemeenten": lambda line: ", ".join(town.name for town in line.towns),
        "Erkend": lambda line: line.house.is_recognised,
        "Gesubsidieerd": lambda line: line.house.is_subsidised,
        "Nagekeken op": lambda line: line.house.checked_on,
        "Aanbod": lambda line: line.offers,
        **{pillar.label: lambda line, of=pillar: line.pillars[of] for pillar in Pillar},
        **{domain.label: lambda line, of=domain: line.domains[of] for domain in LifeDomain},
        **{
            f"Beleidsdomein {domain.label}": lambda line, of=domain: line.policies[of]
            for domain in PolicyDomain
        },
        "Aanbod nagekeken": lambda line: line.fresh,
        "Aanbod lang niet nagekeken": lambda line: line.old,
        "Aanbod verborgen": lambda line: line.hidden,
        f"Momenten geteld {year}": lambda line: line.reach.moments,
        f"Gezinnen {year}": lambda line: line.reach.families,
        f"Gezinnen {year - 1}": lambda line: line.before.families,
        f"Nieuwe gezinnen {year}": lambda line: line.reach.new_families,
        f"Doorverwijzingen {year}": lambda line: line.reach.referrals,
    }


def _table(columns: dict[str, Callable[[Any], Any]], things: Iterable) -> Table:
    return [str(head) for head in columns], ([cell(one) for cell in columns.values()] for one in things)
