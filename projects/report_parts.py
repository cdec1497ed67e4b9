"""What a report asks, part by part: what the portal proposes, what last year's said, and what stops it from being handed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Prefetch, QuerySet, TextChoices

from projects.counted import Count, counts_of
from projects.models import (
    BudgetLine,
    Figure,
    Indicator,
    ProgressReport,
    ReportKind,
    ReportVersion,
    WorkingYear,
    Yardstick,
)
from projects.numbers import cents_of, read_number, write_cents, write_number
from projects.progress import deviates

#: The summary in own words: so many lines, and the most of a line.
SUMMARY_LINES, LINE_LENGTH = 5, 200


class Kind(StrEnum):
    """What is typed in a part."""

    TEXT = "text"
    NOTE = "note"
    NUMBER = "number"
    EURO = "euro"
    SIGNAL = "signal"


class Signal(TextChoices):
    """How it goes with an objective, said by the project."""

    ON_TRACK = "on_track", "op schema"
    ATTENTION = "attention", "vraagt aandacht"
    OFF_TRACK = "off_track", "loopt vast"
    DONE = "done", "bereikt"


@dataclass(frozen=True)
class Measured:
    """What a number is held against. `count`: what the portal proposes, with the rows behind it."""

    unit: str
    target: Decimal | None = None
    baseline: Decimal | None = None
    last: Decimal | None = None
    yardstick: Yardstick | None = None
    count: Count | None = None


@dataclass(frozen=True)
class Part:
    """One field of a report. `about`: the number that a note explains; `offered`: what stands there until somebody types."""

    key: str
    section: str
    label: str
    kind: Kind
    guide: str = ""
    required: bool = True
    offered: str = ""
    about: str = ""
    previous: str = ""
    measured: Measured | None = None
    row: int = 0


SUMMARY = "summary"


def parts_of(report: ProgressReport) -> list[Part]:
    """All parts of a report in order, in a fixed number of queries."""
    before = previous_texts(report)
    makers = {
        ReportKind.CONTENT: _content,
        ReportKind.FINANCIAL: _financial,
        ReportKind.SELF_EVALUATION: _questions,
    }
    parts = makers[ReportKind(report.period.kind)](report)
    return [Part(**{**part.__dict__, "previous": before.get(part.key, "")}) for part in parts]


def values_of(report: ProgressReport, parts: list[Part]) -> dict[str, str]:
    """What stands in each part now: what was typed, or else what the portal proposes."""
    return {part.key: report.draft.get(part.key, part.offered) for part in parts}


def previous_texts(report: ProgressReport) -> dict[str, str]:
    """What the last version of the same kind said of the working year before, by part (one query)."""
    period = report.period
    rows = ReportVersion.objects.filter(
        report__project=report.project_id,
        report__period__kind=period.kind,
        report__period__number=period.number - 1,
    )
    content = rows.order_by("-number").values_list("content", flat=True).first() or {"parts": []}
    return {part["key"]: part["words"] for part in content["parts"]}


def _content(report: ProgressReport) -> Iterator[Part]:
    year = report.period.year
    counts = counts_of(report.project, year)
    yield Part(
        SUMMARY,
        "In vijf lijnen",
        "Wat veranderde er dit jaar voor gezinnen?",
        Kind.TEXT,
        guide="In eigen woorden, hoogstens vijf lijnen.",
    )
    for objective in _objectives(report):
        section = str(objective)
        yield Part(f"signal-{objective.pk}", section, "Hoe staat dit doel ervoor?", Kind.SIGNAL)
        for result in objective.results.all():
            for indicator in result.indicators.all():
                yield from _figure(indicator, section, year, counts)
        yield Part(
            f"story-{objective.pk}", section, "Wat wil je er nog over vertellen?", Kind.TEXT, required=False
        )
    yield from _questions(report)


def _objectives(report: ProgressReport) -> QuerySet:
    standing = Prefetch("yardsticks", Yardstick.objects.filter(state="standing"), to_attr="standing")
    last = Figure.objects.filter(number=report.period.number - 1)
    indicators = Indicator.objects.order_by("pk").prefetch_related(
        standing, Prefetch("figures", last, to_attr="last_year")
    )
    rows = report.project.objectives.order_by("number")
    return rows.prefetch_related("results", Prefetch("results__indicators", indicators))


def _figure(
    indicator: Indicator, section: str, year: WorkingYear, counts: dict[str, Count]
) -> Iterator[Part]:
    yardstick = indicator.standing[0] if indicator.standing else None
    count = counts.get(indicator.source)
    key = f"value-{indicator.pk}"
    measured = Measured(
        unit=indicator.unit,
        target=yardstick.target(year.number) if yardstick else None,
        baseline=yardstick.baseline if yardstick else None,
        last=indicator.last_year[0].value if indicator.last_year else None,
        yardstick=yardstick,
        count=count,
    )
    yield Part(
        key,
        section,
        indicator.name,
        Kind.NUMBER,
        guide=indicator.definition,
        offered=write_number(count.now) if count else "",
        measured=measured,
        row=indicator.pk,
    )
    if count:
        yield _note(f"why-{indicator.pk}", section, "Waarom een ander getal dan het portaal telde?", key)
    if measured.target is not None:
        yield _note(
            f"explain-{indicator.pk}", section, "Wat verklaart het verschil met het streefcijfer?", key
        )


def _financial(report: ProgressReport) -> Iterator[Part]:
    lines = BudgetLine.objects.filter(project=report.project_id, number=report.period.number)
    section = "Uitgaven"
    for line in lines.order_by("source", "what"):
        key = f"spent-{line.pk}"
        measured = Measured(unit="euro", target=Decimal(line.cents) / 100)
        yield Part(key, section, str(line), Kind.EURO, measured=measured, row=line.pk)
        yield _note(f"explain-{line.pk}", section, "Wat verklaart het verschil met de begroting?", key)
    yield from _questions(report)


def _questions(report: ProgressReport) -> Iterator[Part]:
    period = report.period
    for question in period.call.questions.filter(kind=period.kind).order_by("number"):
        yield Part(question.key, "Vragen", question.text, Kind.TEXT, guide=question.guide)


def _note(key: str, section: str, label: str, about: str) -> Part:
    return Part(key, section, label, Kind.NOTE, required=False, about=about)


def number_in(part: Part, text: str) -> Decimal | None:
    """The number of a part, in its unit; None where nothing is typed. Raises ValueError for what is no number."""
    if not text.strip():
        return None
    return Decimal(cents_of(text)) / 100 if part.kind == Kind.EURO else read_number(text)


def words_of(part: Part, text: str) -> str:
    """What was typed, as people read it."""
    text = text.strip()
    if part.kind == Kind.SIGNAL:
        return dict(Signal.choices).get(text, "")
    if part.kind == Kind.EURO and text:
        return f"{write_cents(cents_of(text))} euro"
    if part.kind == Kind.NUMBER and text:
        return f"{write_number(read_number(text))} {part.measured.unit}"
    return text


def faults_in(parts: list[Part], values: Mapping[str, str], *, percent: int) -> dict[str, str]:
    """What still has to be mended before a report can be handed in: a sentence a part."""
    faults = {part.key: fault for part in parts if (fault := _fault(part, values.get(part.key, "").strip()))}
    for part in parts:
        if part.measured and part.key not in faults:
            faults |= _silent(part, values, percent)
    return {part.key: faults[part.key] for part in parts if part.key in faults}


def _fault(part: Part, text: str) -> str:
    if not text:
        return "Vul dit nog in." if part.required else ""
    if part.kind == Kind.SIGNAL and text not in Signal.values:
        return "Kies een van de vier."
    if part.key == SUMMARY and len(text.splitlines()) > SUMMARY_LINES:
        return f"Schrijf hoogstens {SUMMARY_LINES} lijnen."
    if part.key == SUMMARY and len(text) > SUMMARY_LINES * LINE_LENGTH:
        return f"Schrijf hoogstens {SUMMARY_LINES * LINE_LENGTH} tekens."
    try:
        if part.measured:
            number_in(part, text)
    except ValueError:
        return "Schrijf een getal, zoals 95 of 1.250,50."
    return ""


def _silent(part: Part, values: Mapping[str, str], percent: int) -> dict[str, str]:
    """The notes about a number that should say something and do not."""
    actual, measured = number_in(part, values[part.key]), part.measured
    why, explain = f"why-{part.row}", f"explain-{part.row}"
    silent = {}
    if measured.count and actual != measured.count.now and not values.get(why, "").strip():
        silent[why] = (
            f"Het portaal telde {write_number(measured.count.now)}. Zeg waarom jij een ander getal geeft."
        )
    if (
        deviates(actual=actual, target=measured.target, percent=percent)
        and not values.get(explain, "").strip()
    ):
        silent[explain] = (
            f"Dit wijkt meer dan {percent} % af van {write_number(measured.target)}. Zeg wat dat verklaart."
        )
    return silent
