"""Partnerships of two organisations in the same Houses: where they overlap, one stands for all of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from partners.models import Organisation, Partnership


@dataclass(frozen=True)
class Chain:
    """Partnerships in one House that overlap: the one that stands for them, the others, and the whole time of them all."""

    stands: Partnership
    others: list[Partnership]
    since: date
    until: date | None


def mixed_chains(keep: Organisation, gone: Organisation) -> list[Chain]:
    """Where both were partner of a House at the same time. What does not overlap moves as it is."""
    rows = Partnership.objects.filter(organisation__in=[keep, gone]).select_related("house")
    by_house = defaultdict(list)
    for row in rows.order_by("house__name", "house", "since", "pk"):
        by_house[row.house_id].append(row)
    chains = [chain for own in by_house.values() for chain in _overlapping(own)]
    return [_joined(chain, keep) for chain in chains if len({row.organisation_id for row in chain}) == 2]


def _overlapping(rows: list[Partnership]) -> list[list[Partnership]]:
    """Rows of one House, by their first day, in groups without a free day between."""
    chains: list[list[Partnership]] = []
    last = date.min
    for row in rows:
        if chains and row.since <= last:
            chains[-1].append(row)
        else:
            chains.append([row])
            last = date.min
        last = max(last, row.until or date.max)
    return chains


def _joined(chain: list[Partnership], keep: Organisation) -> Chain:
    """Of the organisation that stays, its present partnership where there is one."""
    own = [row for row in chain if row.organisation_id == keep.pk]
    stands = max(own, key=lambda row: row.until or date.max)
    ends = [row.until for row in chain]
    return Chain(
        stands=stands,
        others=[row for row in chain if row != stands],
        since=min(row.since for row in chain),
        until=None if None in ends else max(end for end in ends if end),
    )
