"""How a thing goes from hand to hand: a table of steps, each from where, by what, to where, and who may (pure)."""

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

from huizen.roles import Permission

Act = TypeVar("Act", bound=str)


class Step(NamedTuple, Generic[Act]):
    """One row of a table. What has no row cannot be done; two rows where either of two sides may."""

    start: str
    act: Act
    to: str
    permission: Permission


#: Whether somebody has a permission for the thing at hand.
May = Callable[[Permission], bool]


def step_of(steps: Iterable[Step[Act]], state: str, act: Act, may: May) -> Step[Act] | None:
    """Where an act leads from a state; None where it is not possible, or not hers."""
    return next(
        (each for each in steps if (each.start, each.act) == (state, act) and may(each.permission)), None
    )


def acts_of(steps: Iterable[Step[Act]], state: str, may: May) -> set[Act]:
    """What somebody can do in a state."""
    return {each.act for each in steps if each.start == state and may(each.permission)}
