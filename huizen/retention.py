"""How long we keep what we know of people: one file is policy, page and nightly job at once.

docs/data-retention.yaml names every model, says which fields are personal, and under which rule they go.
A rule with `days` is carried out every night by the function that an app registers for it here.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

import yaml
from django.conf import settings


class Erase(Protocol):
    """Erases what a rule covers and is older than `before`; answers how many rows changed."""

    def __call__(self, *, before: datetime, now: datetime) -> int: ...


_erasers: dict[str, Erase] = {}


def register(rule: str, erase: Erase) -> None:
    """Say how a rule of the policy is carried out; called by an app's `ready()`."""
    _erasers[rule] = erase


def registered() -> set[str]:
    """The rules that an app carries out."""
    return set(_erasers)


@cache
def policy() -> dict:
    """The policy as it stands in docs/data-retention.yaml: `rules` and `models`."""
    return yaml.safe_load((settings.BASE_DIR / "docs" / "data-retention.yaml").read_text(encoding="utf-8"))


def timed_rules() -> dict[str, int]:
    """The rules that the night carries out, each with its number of days."""
    return {name: rule["days"] for name, rule in policy()["rules"].items() if "days" in rule}


def apply_retention(*, now: datetime) -> dict[str, int]:
    """Erase what is older than the policy allows. Safe to run twice; answers the rows per rule."""
    return {
        rule: _erasers[rule](before=now - timedelta(days=days), now=now)
        for rule, days in timed_rules().items()
    }
