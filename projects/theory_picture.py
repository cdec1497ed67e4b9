"""The theory of change as a drawing: from what a project wants to reach (left) to what it counts (right) (pure).

Every step has a band of its own in which all that leads to it stands, so no two ever touch. Measures are units of the drawing.
"""

from textwrap import wrap
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.theory import Step

#: A step: its width, how many letters fit on a line of it, how high a line is, and the room around its words.
WIDTH, LETTERS, LINE, ROOM = 172, 21, 17, 10
#: Between two columns, between two steps of a column, and around all of it.
ASIDE, BELOW, MARGIN = 24, 14, 6
#: A longer text ends in three dots; the list has all of it.
MOST_LINES = 7


class Row(NamedTuple):
    """A line of words in a step: what it is (`rung`, `text` or `said`), where it stands, and the words."""

    kind: str
    at: SafeString
    words: str


class Box(NamedTuple):
    """One step where it is drawn; `lines` are its words as they are broken, each with what it is."""

    step: Step
    lines: list[tuple[str, str]]
    x: int
    y: int

    @property
    def height(self) -> int:
        return _height(self.step)

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def frame(self) -> SafeString:
        """Where its border goes."""
        return format_html('x="{}" y="{}" width="{}" height="{}"', self.x, self.y, WIDTH, self.height)

    @property
    def rows(self) -> list[Row]:
        """Its words, line by line."""
        # The line on which letters stand lies a little above the foot of their line.
        feet = (self.y + ROOM + number * LINE - 5 for number in range(1, len(self.lines) + 1))
        return [
            Row(kind, format_html('x="{}" y="{}"', self.x + ROOM, foot), words)
            for (kind, words), foot in zip(self.lines, feet, strict=True)
        ]


class Arrow(NamedTuple):
    """From a step to what it leads to."""

    start: Box
    end: Box

    @property
    def path(self) -> str:
        """The curve, as SVG writes it."""
        right, left = self.end.x + WIDTH, self.start.x
        half = (right + left) // 2
        return f"M{left} {self.start.middle}C{half} {self.start.middle} {half} {self.end.middle} {right} {self.end.middle}"


class Picture(NamedTuple):
    """All boxes and arrows, and how wide and high they are together."""

    boxes: list[Box]
    arrows: list[Arrow]
    width: int
    height: int


def picture_of(theory: Step) -> Picture:
    """Where every step of a theory is drawn, and what leads to what."""
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    _put(theory, MARGIN, MARGIN, boxes, arrows)
    width = max(box.x for box in boxes) + WIDTH + MARGIN
    return Picture(boxes, arrows, width, _band(theory) + 2 * MARGIN)


def _put(step: Step, x: int, top: int, boxes: list[Box], arrows: list[Arrow]) -> Box:
    """A step in the middle of its band, and all that leads to it beside it."""
    band = _band(step)
    box = Box(step, _lines(step), x, top + (band - _height(step)) // 2)
    boxes.append(box)
    below = top + (band - _bands(step)) // 2
    for child in step.children:
        arrows.append(Arrow(_put(child, x + WIDTH + ASIDE, below, boxes, arrows), box))
        below += _band(child) + BELOW
    return box


def _band(step: Step) -> int:
    """How much height a step needs with all that leads to it."""
    return max(_height(step), _bands(step))


def _bands(step: Step) -> int:
    return sum(_band(child) + BELOW for child in step.children) - BELOW if step.children else 0


def _height(step: Step) -> int:
    return 2 * ROOM + len(_lines(step)) * LINE


def _lines(step: Step) -> list[tuple[str, str]]:
    """What it is, its text, and its signal or its progress, each broken in lines."""
    words = {"rung": step.label, "text": step.text or "…", "said": step.said}
    return [(kind, line) for kind, text in words.items() for line in lines_of(text)]


def lines_of(text: str) -> list[str]:
    """A text broken in lines that fit in a step."""
    return wrap(text, LETTERS, max_lines=MOST_LINES, placeholder="…")
