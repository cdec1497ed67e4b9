"""Which application the jury finds best: the weighted mean of what its members say. Worked out, never stored (pure).

A member gives 0 to 10 points a criterion; hers is their mean by weight. An application has the mean of its members.
Sums are exact (fractions), so that the order in which scores come changes nothing and a tie is a tie.
"""

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

#: One member's points by criterion.
Points = Mapping[Hashable, int]


class Place(NamedTuple):
    """Where an application stands. `place` is None where nobody judged it; `equals`: others with the same mean."""

    key: Hashable
    mean: Fraction | None
    place: int | None
    equals: tuple[Hashable, ...] = ()


def weighted_mean(points: Points, weights: Mapping[Hashable, int]) -> Fraction:
    """What one member says, from 0 to 10. Raises KeyError where a criterion has no points."""
    return Fraction(sum(points[key] * weight for key, weight in weights.items()), sum(weights.values()))


def mean_of(judgements: Iterable[Points], weights: Mapping[Hashable, int]) -> Fraction | None:
    """The mean of all members; None where nobody judged."""
    means = [weighted_mean(points, weights) for points in judgements]
    return sum(means, Fraction()) / len(means) if means else None


def ranking(means: Mapping[Hashable, Fraction | None]) -> list[Place]:
    """All applications, best first; equals have the same place and name each other, who was not judged comes last."""
    judged = sorted({mean for mean in means.values() if mean is not None}, reverse=True)
    places, place = [], 1
    for mean in judged:
        same = [key for key, each in means.items() if each == mean]
        places += [Place(key, mean, place, tuple(other for other in same if other != key)) for key in same]
        place += len(same)
    return places + [Place(key, None, None) for key, mean in means.items() if mean is None]
