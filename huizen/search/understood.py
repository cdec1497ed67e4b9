"""What we made of somebody's words: choices that she can take back, kinds of offer, and the words that are left."""

from dataclasses import dataclass, field

#: Kinds of offer that weigh nearly as much as the first are meant too.
NEARLY = 0.7


@dataclass(frozen=True)
class Choice:
    """A wish in her own words, as the results page knows it: `gratis=1`, `leeftijd=toddler`, `plaats=2400-mol`.

    `typed`: the words of the question it came from, exactly as they stand there; the choice goes when they go.
    """

    name: str
    value: str
    label: str
    typed: str


@dataclass(frozen=True)
class Understood:
    """A question taken apart.

    `words`: what is left to look for, as typed. `offer_types` and `life_domains`: what the question as a whole means, by code,
    each with a weight from 0 (hardly) to 1 (surely). `concepts`: the phrases of ours that told so.
    `known`: the folded words that our phrases hold, so that none of them is taken for a slip of another word.
    """

    words: str = ""
    choices: tuple[Choice, ...] = ()
    offer_types: dict[str, float] = field(default_factory=dict)
    life_domains: dict[str, float] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


def nearly_first(weights: dict[str, float]) -> tuple[str, ...]:
    """The codes that weigh the most, or nearly."""
    most = max(weights.values(), default=0)
    return tuple(code for code, weight in weights.items() if weight >= NEARLY * most)
