"""What ships with the portal: municipalities, localities, other names, holidays, and the words of search.

Sources: BeST Address (FOD BOSA, CC BY 4.0, 22-09-2026), Statbel (REFNIS, population on 1-1-2020, statistical
sectors 2025), Provincies in Cijfers, the list of postcodes of bpost; for school holidays the decree that
tests/huizen/test_school_holidays.py cites. `former_nis` in localities.csv says in which merged municipality a
locality lay: by its postcode, and where the postcode does not tell, the part that lies nearest.
"""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import holidays
from django.db import models, transaction

from huizen.models import Concept, Holiday, Locality, Municipality, PlaceAlias
from huizen.search.text import tokens

FOLDER = Path(__file__).parent / "reference"
PUBLIC_HOLIDAY_YEARS = range(2025, 2031)
IN_FULL = {"O. L. H. Hemelvaart": "Hemelvaartsdag", "O. L. V. Hemelvaart": "Onze-Lieve-Vrouw-Hemelvaart"}

Row = dict[str, Any]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None


def municipalities() -> list[Row]:
    """The 304 of today and the 42 merged ones; those of today first, because the others point at them."""
    rows = [
        {
            "nis_code": row["nis_code"],
            "name": row["name"],
            "name_fr": row["name_fr"],
            "province": row["province"],
            "lat": float(row["lat"]),
            "lon": float(row["lon"]),
            "population_2020": _number(row["population_2020"]),
            "facility": row["facility"] == "1",
            "valid_from": _day(row["valid_from"]),
            "valid_until": _day(row["valid_until"]),
            "merged_into_id": row["merged_into_nis"] or None,
            "tile_col": _number(row["tile_col"]),
            "tile_row": _number(row["tile_row"]),
        }
        for row in _rows("municipalities")
    ]
    return sorted(rows, key=lambda row: row["merged_into_id"] is not None)


def localities() -> list[Row]:
    """Every postcode with its names, in the municipality of today and in the former one."""
    return [
        {
            "postcode": row["postcode"],
            "name": row["name"],
            "name_fr": row["name_fr"],
            "kind": row["kind"],
            "municipality_id": row["nis_code"],
            "former_id": row["former_nis"] or None,
            "is_primary": row["primary"] == "1",
            "lat": float(row["lat"]),
            "lon": float(row["lon"]),
        }
        for row in _rows("localities")
    ]


def aliases() -> list[Row]:
    """Names that people use and no register knows: Antwerp, Molenbeek, Sint-Joost."""
    return [{"name": row["name"], "municipality_id": row["nis_code"]} for row in _rows("aliases")]


def school_holidays() -> list[Row]:
    """The holidays of the schools of the Flemish Community, first and last day."""
    return [
        {
            "kind": Holiday.Kind.SCHOOL,
            "name": row["name"],
            "starts_on": date.fromisoformat(row["starts_on"]),
            "ends_on": date.fromisoformat(row["ends_on"]),
        }
        for row in _rows("school_holidays")
    ]


def public_holidays() -> list[Row]:
    """The Belgian public holidays, moving feasts included; their names without abbreviations."""
    days = holidays.country_holidays("BE", years=PUBLIC_HOLIDAY_YEARS, language="nl")
    return [
        {"kind": Holiday.Kind.PUBLIC, "name": IN_FULL.get(name, name), "starts_on": day, "ends_on": day}
        for day, name in sorted(days.items())
    ]


def concepts() -> list[Row]:
    """What families call things, in six languages, with the offer that it leads to; our own work."""
    return [
        {
            "phrase": row["phrase"],
            "folded": " ".join(tokens(row["phrase"])),
            "language": row["language"],
            "offer_types": row["offer_types"].split("|"),
            "life_domains": row["life_domains"].split("|") if row["life_domains"] else [],
        }
        for row in _rows("concepts")
    ]


def _keep_concepts(rows: list[Row]) -> int:
    """Write the phrases that are new or differ; those that one of us changed stay as they are."""
    names = ("phrase", "folded", "language", "offer_types", "life_domains")
    stored = {(row["folded"], row["language"]): row for row in Concept.objects.values(*names, "changed_at")}
    news = []
    for row in rows:
        known = stored.get((row["folded"], row["language"]))
        if known is None or (known.pop("changed_at") is None and known != row):
            news.append(row)
    if news:
        _upsert(Concept, news, key={"folded", "language"})
    return len(rows)


def _upsert(model: type[models.Model], rows: list[Row], *, key: set[str]) -> int:
    """Write the rows, new or changed, in one statement a thousand; gives how many there are."""
    names = set(rows[0])
    model._default_manager.bulk_create(
        [model(**row) for row in rows],
        update_conflicts=True,
        unique_fields=sorted(key),
        update_fields=sorted(names - key) or sorted(names),
        batch_size=1000,
    )
    return len(rows)


@transaction.atomic
def load() -> dict[str, int]:
    """Write the files into the database; gives the number of rows of each kind.

    Safe to run again: rows are recognised by their key and never removed, because families and working
    areas point at them.
    """
    return {
        "gemeenten": _upsert(Municipality, municipalities(), key={"nis_code"}),
        "plaatsen": _upsert(Locality, localities(), key={"postcode", "name", "municipality_id"}),
        "andere namen": _upsert(PlaceAlias, aliases(), key={"name", "municipality_id"}),
        "vakanties en feestdagen": _upsert(
            Holiday, school_holidays() + public_holidays(), key={"kind", "name", "starts_on"}
        ),
        "zoekwoorden": _keep_concepts(concepts()),
    }
