"""The network of a House as a picture: the House in the middle, its partners around it, those who share most side by side.

Drawn without chance: the same ties always give the same picture. Measures are units of the drawing.
"""

from math import cos, pi, sin
from typing import NamedTuple

from activities.partner_ties import HOUSE, Node, Tie, Ties

#: The drawing is a square of this side; partners stand on a circle, their names outside it.
SIDE, RADIUS, NAMES_AT = 1000, 255, 272
#: A line grows with what it stands for, up to here.
THICKEST = 8
LONGEST_NAME = 27


class Dot(NamedTuple):
    """A partner: where it stands, how its name is turned, and what a reader hears of it."""

    node: Node
    x: int
    y: int
    angle: int
    is_left: bool
    label: str
    words: str
    is_alone: bool


class Stroke(NamedTuple):
    """A tie: from where to where, how thick, and whether it is of meetings alone."""

    x1: int
    y1: int
    x2: int
    y2: int
    width: int
    is_meeting: bool


class Picture(NamedTuple):
    """All that is drawn; `middle` is where the House stands."""

    side: int
    middle: int
    names_at: int
    dots: list[Dot]
    strokes: list[Stroke]


def picture_of(ties: Ties) -> Picture:
    """The picture of a network; lines between partners first, so that those of the House lie above them."""
    middle = SIDE // 2
    order = around(ties)
    turns = {node.key: 2 * pi * place / max(1, len(order)) - pi / 2 for place, node in enumerate(order)}
    spots = {key: (_at(middle, cos(turn)), _at(middle, sin(turn))) for key, turn in turns.items()}
    spots[HOUSE] = (middle, middle)
    with_house = {tie.other: tie for tie in ties.ties if tie.one == HOUSE}
    linked = {key for tie in ties.ties for key in tie[:2]}
    dots = [
        _dot(node, spots[node.key], turns[node.key], with_house.get(node.key), node.key in linked)
        for node in order
    ]
    strokes = [_stroke(tie, spots) for tie in sorted(ties.ties, key=lambda tie: tie.one == HOUSE)]
    return Picture(SIDE, middle, NAMES_AT, dots, strokes)


def around(ties: Ties) -> list[Node]:
    """The partners in the order of the circle: the best connected first, then each time who shares most with the last."""
    shared = {frozenset(tie[:2]): tie.strength for tie in ties.ties}
    total = {node.key: sum(tie.strength for tie in ties.ties if node.key in tie[:2]) for node in ties.nodes}
    left = sorted((node for node in ties.nodes if node.key != HOUSE), key=lambda node: -total[node.key])
    order: list[Node] = []
    while left:
        best = (
            max(left, key=lambda node: shared.get(frozenset({node.key, order[-1].key}), 0))
            if order
            else left[0]
        )
        left.remove(best)
        order.append(best)
    return order


def _at(middle: int, share: float) -> int:
    return round(middle + RADIUS * share)


def _dot(node: Node, spot: tuple[int, int], turn: float, tie: Tie | None, is_linked: bool) -> Dot:
    degrees = round(turn * 180 / pi)
    # On the left half a name is turned over, so that nobody reads upside down.
    is_left = cos(turn) < -1e-9
    label = node.name if len(node.name) <= LONGEST_NAME else f"{node.name[: LONGEST_NAME - 1]}…"
    return Dot(node, *spot, degrees, is_left, label, _words(node, tie), not is_linked)


def _words(node: Node, tie: Tie | None) -> str:
    if tie is None:
        return f"{node.name}: nog niets samen met het Huis"
    activities = "1 activiteit" if tie.activities == 1 else f"{tie.activities} activiteiten"
    return f"{node.name}: {activities}, {tie.meetings} keer samen op overleg"


def _stroke(tie: Tie, spots: dict[int, tuple[int, int]]) -> Stroke:
    return Stroke(*spots[tie.one], *spots[tie.other], min(THICKEST, tie.strength), not tie.activities)
