"""Two things at once: which sign-ups of one family lie at the same time for the same child. A warning, never a block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext

from activities.models import Registration, Session

#: A child as a sign-up knows it: a first name, and a birth month where the activity asked.
Child = tuple[str, date | None]


@dataclass(frozen=True)
class Stay:
    """One party at one moment; the end is not included. Without children it is the parent who is there."""

    key: UUID | int
    title: str
    starts_at: datetime
    ends_at: datetime
    children: tuple[Child, ...] = ()


@dataclass(frozen=True)
class Overlap:
    """Two stays of which one begins before the other ends. `names`: the children of both; empty: the family itself."""

    first: Stay
    second: Stay
    names: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """'Noor en Sam hebben', 'Noor heeft' or 'Jullie hebben'."""
        if not self.names:
            return gettext("Jullie hebben")
        *others, last = self.names
        if not others:
            return gettext("%(name)s heeft") % {"name": last}
        return gettext("%(names)s en %(last)s hebben") % {"names": ", ".join(others), "last": last}


def overlaps(stays: Iterable[Stay]) -> list[Overlap]:
    """Every pair that lies at the same time for the same child, each once, in the order of the clock."""
    ordered = sorted(stays, key=lambda stay: (stay.starts_at, stay.ends_at, str(stay.key)))
    found = []
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            if (names := _same_children(first, second)) is not None:
                found.append(Overlap(first, second, names))
    return found


def _same_children(first: Stay, second: Stay) -> tuple[str, ...] | None:
    """The names of who is expected at both; () where one of the two names nobody, None where nobody is."""
    if not first.children or not second.children:
        return ()
    names = tuple(
        dict.fromkeys(
            one[0] for one in first.children if any(_is_same(one, other) for other in second.children)
        )
    )
    return names or None


def _is_same(one: Child, other: Child) -> bool:
    """The same first name, and not two different birth months."""
    same_name = _plain(one[0]) == _plain(other[0])
    return same_name and (one[1] is None or other[1] is None or one[1] == other[1])


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def stay_of(registration: Registration) -> Stay:
    """A sign-up as a stay. Its session with activity, and its participants, should be loaded."""
    session = registration.session
    children = tuple((child.first_name, child.birth_month) for child in registration.participants.all())
    return Stay(registration.pk, session.activity.title, session.starts_at, session.ends_at, children)


def overlaps_among(registrations: Sequence[Registration]) -> list[Overlap]:
    """The same for sign-ups that are loaded already; what does not take place is no stay."""
    return overlaps(stay_of(row) for row in registrations if row.session.status == Session.Status.SCHEDULED)


def first_of_each(found: Iterable[Overlap]) -> list[Overlap]:
    """Of two things that lie at the same time again and again, the first time alone."""
    kinds: dict[tuple, Overlap] = {}
    for each in found:
        kinds.setdefault((each.first.title, each.second.title, each.names), each)
    return list(kinds.values())


def overlaps_of(registration: Registration, others: Iterable[Registration]) -> list[Overlap]:
    """The overlaps of one sign-up with these others, as seen from that one: it stands first."""
    if registration.session.status != Session.Status.SCHEDULED:
        return []
    own = stay_of(registration)
    found = (each for other in others for each in overlaps([own, stay_of(other)]))
    return [each if each.first is own else Overlap(own, each.first, each.names) for each in found]
