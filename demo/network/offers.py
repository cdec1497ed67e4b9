"""The bank of offers: what each kind is called and how it usually goes, read from the files beside this one."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from huizen.vocabulary import OfferType

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """What a parent reads of one offer; ages in months where the words ask for other ones than the kind has."""

    title: str
    summary: str
    description: str
    plain: str = ""
    ages: tuple[int, int] | None = None
    outside: bool = False
    childcare: bool = False


@dataclass(frozen=True)
class Shape:
    """How offers of one kind usually go: ways to plan, hours, days, signing up, price in cents, places."""

    kinds: tuple[str, ...]
    hours: tuple[str, ...]
    weekdays: tuple[int, ...]
    sign_up: tuple[str, ...]
    prices: tuple[int, ...]
    domains: tuple[str, ...]
    where: str
    places: tuple[int, ...] = field(default=())


@cache
def words() -> dict[str, list[Words]]:
    """At least four ways to tell of every kind of offer."""
    found = {}
    for path in sorted((FOLDER / "texts").glob("*.toml")):
        for kind, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[kind] = [Words(**_frozen(entry)) for entry in entries]
    return {kind: found[kind] for kind in OfferType}


@cache
def shapes() -> dict[str, Shape]:
    """How every kind of offer usually goes."""
    found = tomllib.loads((FOLDER / "shapes.toml").read_text(encoding="utf-8"))
    return {kind: Shape(**_frozen(found[kind])) for kind in OfferType}


def _frozen(entry: dict) -> dict:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
