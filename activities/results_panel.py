"""The panel of the results page: made once for each set of choices, with the counts put in each time.

It holds a hundred choices, and is the same whatever words somebody types.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from activities.forms.search_fields import MOST_CHILDREN
from activities.question import Question
from huizen.changes import Piece, Pieces
from huizen.words import midnight_after

Counts = Mapping[str, Mapping[str, int]]

#: So many panels are kept, of about thirty kilobytes each.
MOST = 200
#: What does not stand in the panel.
OUTSIDE = {"q", "volgorde", "plaats"}
#: Where a count stands in a kept panel. Nobody can type it: it is another one in each process.
_MARK = token_hex(8)
_SLOT = re.compile(rf"<!--{_MARK} (\w+) ([\w-]*)-->")
_kept: Pieces[list[str]] = Pieces(most=MOST)


def panel(question: Question, counts: Counts, *, chips: int, now: datetime) -> SafeString:
    """The panel for a question; `chips`: how many wishes are chosen."""
    # All that the panel shows stands in its key, so no row of the database can make it untrue.
    place = question.place.found
    asked = tuple(
        (name, tuple(values))
        for name, values in sorted(question.params.lists())
        if name in question.form.fields and name not in OUTSIDE
    )
    key = (asked, place and (place.slug, place.label), question.place.typed, chips)
    parts = _kept.get(key, lambda: _made(question, chips, now), now=now)
    filled = list(parts)
    filled[1::3] = [
        count_sign(name, code, counts.get(name, {}))
        for name, code in zip(parts[1::3], parts[2::3], strict=True)
    ]
    filled[2::3] = [""] * len(parts[2::3])
    return mark_safe("".join(filled))  # noqa: S308 our own template, and figures


def slot(name: str, code: str) -> str:
    """Where the count of a choice goes."""
    return f"<!--{_MARK} {name} {code}-->"


def count_sign(name: str, code: str, numbers: Mapping[str, int], swap: str = "") -> str:
    """How many a choice of ours would give; nothing for what is not counted."""
    if not code or code not in numbers:
        return ""
    number = numbers[code]
    none = "" if number else " is-none"
    return f'<span class="choice-count{none}" id="n-{name}-{code}"{swap}>{number}</span>'


def _made(question: Question, chips: int, now: datetime) -> Piece[list[str]]:
    context = {
        "question": question,
        "form": question.form,
        "place": question.place,
        "birth_months": _birth_months(question),
        "chip_count": chips,
    }
    parts = _SLOT.split(render_to_string("activities/results_filters.html", context))
    return Piece.of(parts, since=now, until=midnight_after(now), rows={})


def _birth_months(question: Question) -> list[str]:
    """What stands in the fields for a birth month: those that we could read, what is half typed, and an empty one."""
    months = [choice.value for choice in question.chosen if choice.name == "geboren"]
    half = question.form.half_months()
    return [*months, *half, *([] if half else [""])][:MOST_CHILDREN]
