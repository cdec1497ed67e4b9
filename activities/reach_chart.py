"""A year as a drawing: two bars for each month, this year's beside last year's (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from activities.reach import Line
from huizen.words import month_name

WIDTH, HEIGHT = 720, 240
#: Room for the numbers above and the names of the months below.
ABOVE, BELOW = 24, 28
BAR, BETWEEN = 22, 4


@dataclass(frozen=True)
class Bar:
    """One bar, in units of the drawing, and its number. Whole units: a page in Dutch would write a comma."""

    x: int
    y: int
    height: int
    number: int

    @property
    def middle(self) -> int:
        return self.x + BAR // 2

    @property
    def top(self) -> int:
        return self.y - 5


@dataclass(frozen=True)
class Month:
    """The two bars of a month, with its short name below."""

    name: str
    now: Bar
    before: Bar

    @property
    def middle(self) -> int:
        return self.now.x - BETWEEN // 2


@dataclass(frozen=True)
class Chart:
    """Everything that the template draws."""

    months: list[Month]
    width: int = WIDTH
    height: int = HEIGHT
    bar: int = BAR
    ground: int = HEIGHT - BELOW
    words: int = HEIGHT - 8


def chart_of(months: Sequence[Line]) -> Chart:
    """The families of twelve months. The highest bar fills the drawing; nothing is drawn for nothing."""
    most = max((max(line.now.families, line.before.families) for line in months), default=0) or 1
    step = WIDTH / max(1, len(months))

    def bar(number: int, at: float) -> Bar:
        height = round((HEIGHT - ABOVE - BELOW) * number / most)
        return Bar(round(at), HEIGHT - BELOW - height, height, number)

    return Chart(
        [
            Month(
                month_name(number)[:3],
                now=bar(line.now.families, step * (number - 0.5) + BETWEEN / 2),
                before=bar(line.before.families, step * (number - 0.5) - BETWEEN / 2 - BAR),
            )
            for number, line in enumerate(months, start=1)
        ]
    )
