"""The list that somebody takes attendance with: a line for each child or party, and what is counted beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.actions.attendance import OPENS, Mark
from activities.actions.headcount import COUNTED
from activities.models import Attendance, Came, Headcount, Registration, Session, Visit

#: What nobody noted for so long, nobody remembers.
RECENT = timedelta(days=14)


@dataclass(frozen=True)
class Line:
    """One tap: a child, or a party that is counted as one. `key` names it in the form."""

    registration: UUID
    child: int | None
    name: str
    state: str
    heads: int
    places: int

    @property
    def key(self) -> str:
        return f"k{self.child}" if self.child else f"g{self.registration.hex}"

    @property
    def counts_heads(self) -> bool:
        """Whether it can be asked how many of the party came."""
        return self.child is None and self.places > 1 and self.state == Came.PRESENT

    @property
    def heads_choices(self) -> range:
        return range(1, self.places + 1)


@dataclass(frozen=True)
class FamilyLines:
    """A family that signed up, with a line for each of its children or one for all."""

    registration: Registration
    lines: list[Line]

    @property
    def known(self) -> Attendance | None:
        return getattr(self.registration, "attendance", None)

    @property
    def key(self) -> str:
        return self.registration.pk.hex

    @property
    def is_there(self) -> bool:
        return self.known is not None and self.known.state == Came.PRESENT

    @property
    def is_new(self) -> bool:
        return self.known is not None and self.known.is_new


@dataclass(frozen=True)
class Sheet:
    """Everything on the page of one moment (four queries)."""

    session: Session
    families: list[FamilyLines]
    visits: list[Visit]
    headcount: Headcount
    is_counted: bool
    erased: int = field(default=0)

    @cached_property
    def lines(self) -> dict[str, Line]:
        return {line.key: line for family in self.families for line in family.lines}

    def number(self, *states: str) -> int:
        return sum(1 for line in self.lines.values() if line.state in states)

    @property
    def here(self) -> int:
        return self.number(Came.PRESENT)

    @property
    def away(self) -> int:
        return self.number(Came.ABSENT, Came.EXCUSED)

    @property
    def unanswered(self) -> int:
        return self.number("")

    @property
    def walked_in(self) -> int:
        """How many people came without a sign-up, in noted families and in the counts."""
        noted = sum(visit.children + visit.adults for visit in self.visits)
        return noted + self.headcount.children + self.headcount.adults

    @property
    def is_open_house(self) -> bool:
        """Whether nobody signed up, so that counting is all there is to do."""
        return not self.families and not self.erased

    @property
    def counters(self) -> list[tuple[str, str, int]]:
        """What is counted: its name, its word, how many."""
        label = Headcount._meta.get_field
        return [(name, label(name).verbose_name, getattr(self.headcount, name)) for name in COUNTED]


def sheet_of(session: Session) -> Sheet:
    """The list of one moment as it is now."""
    rows = session.registrations.filter(state=Registration.State.CONFIRMED)
    current = rows.filter(anonymised_at=None).select_related("attendance").prefetch_related("participants")
    headcount = Headcount.objects.filter(session=session).first()
    return Sheet(
        session=session,
        families=[_family(row) for row in current.order_by("name", "created_at", "pk")],
        visits=list(session.visits.order_by("marked_at", "pk")),
        headcount=headcount or Headcount(session=session),
        is_counted=headcount is not None,
        erased=rows.exclude(anonymised_at=None).count(),
    )


def without_attendance(*, now: datetime) -> QuerySet[Session]:
    """Moments that began in the last two weeks or begin within the hour, of which nobody noted who came: those with
    sign-ups, and open houses of an activity where heads were counted before."""
    noted = Attendance.objects.filter(registration__session=OuterRef("pk"))
    walked_in = Visit.objects.filter(session=OuterRef("pk"))
    counted = Headcount.objects.filter(session=OuterRef("pk"))
    before = Headcount.objects.filter(session__activity=OuterRef("activity"))
    recent = Session.objects.scheduled().filter(starts_at__gt=now - RECENT, starts_at__lte=now + OPENS)
    asks = Q(confirmed_count__gt=0) | Exists(before)
    return recent.filter(asks, ~Exists(noted), ~Exists(walked_in), ~Exists(counted))


def tapped(sheet: Sheet, sent: Mapping[str, str]) -> list[Mark]:
    """What somebody changed in the form: a line counts only when it differs from what the page showed (`was-…`), so
    what another noted meanwhile stays. Nonsense is left out."""
    return [mark for line in sheet.lines.values() if (mark := _changed(line, sent))]


def changed_counts(sent: Mapping[str, str]) -> dict[str, int]:
    """How much each count was typed up or down."""
    steps = {name: _number(sent, f"tel-{name}") - _number(sent, f"was-tel-{name}") for name in COUNTED}
    return {name: step for name, step in steps.items() if step and f"tel-{name}" in sent}


def newly(sheet: Sheet, sent: Mapping[str, str]) -> list[tuple[UUID, bool]]:
    """Of which families somebody said that they come for the first time, or took that back."""
    ticks = [
        (family, f"nieuw-{family.key}" in sent, f"was-nieuw-{family.key}" in sent)
        for family in sheet.families
    ]
    return [(family.registration.pk, is_new) for family, is_new, was in ticks if is_new != was]


def marks_to_text(marks: Iterable[Mark]) -> str:
    """Marks as one line of text, to undo them later."""
    return " ".join(
        f"{mark.registration.hex}:{mark.child or ''}:{mark.state}:{mark.heads or ''}" for mark in marks
    )


def marks_from_text(text: str) -> list[Mark]:
    """The same back."""
    rows = [part.split(":") for part in text.split()]
    return [
        Mark(UUID(key), int(child) if child else None, state, int(heads) if heads else None)
        for key, child, state, heads in rows
    ]


def _family(row: Registration) -> FamilyLines:
    children = list(row.participants.all())
    if children:
        return FamilyLines(
            row, [Line(row.pk, each.pk, each.first_name, each.came, 1, 1) for each in children]
        )
    known = getattr(row, "attendance", None)
    heads = known.children + known.adults if known else 0
    return FamilyLines(row, [Line(row.pk, None, row.name, known.state if known else "", heads, row.places)])


def _changed(line: Line, sent: Mapping[str, str]) -> Mark | None:
    state, heads = sent.get(line.key), sent.get(f"n{line.key}")
    if state is None or state not in {"", *Came.values}:
        return None
    same = (state, heads) == (sent.get(f"was-{line.key}", ""), sent.get(f"was-n{line.key}"))
    if same:
        return None
    number = _number(sent, f"n{line.key}")
    return Mark(line.registration, line.child, state, number if 1 <= number <= line.places else None)


def _number(sent: Mapping[str, str], name: str) -> int:
    text = sent.get(name, "").strip()
    return min(int(text), 100_000) if text.isascii() and text.isdigit() and len(text) < 9 else 0
