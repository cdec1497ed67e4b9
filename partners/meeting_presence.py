"""Who comes to the meetings of a year, who never does, who does not answer, and which parts of life were at the table."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices

from huizen.models import House
from huizen.vocabulary import LifeDomain, PolicyDomain, policy_domains
from partners.models import Meeting, MeetingInvitation, Organisation

Answer = MeetingInvitation.Answer


@dataclass
class Party:
    """An organisation (or somebody without one), with the meetings it was asked for, came to, and left without answer."""

    name: str
    organisation: Organisation | None = None
    asked: set[int] = field(default_factory=set)
    came: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)

    @property
    def silent(self) -> int:
        """For how many meetings nobody of it answered."""
        return len(self.asked - self.answered)

    @property
    def stayed_away(self) -> int:
        """For how many meetings it answered, and nobody came."""
        return len(self.answered - self.came)

    @property
    def verdict(self) -> str:
        """What asks for a call: "never" came, "silent" about half of the time or more; or ""."""
        if not self.came:
            return "never"
        return "silent" if self.silent * 2 >= len(self.asked) else ""


@dataclass(frozen=True)
class Represented:
    """A part of life or of policy: to how many meetings an organisation came that works on it."""

    label: str
    meetings: int


@dataclass(frozen=True)
class Presence:
    """All of a year: how many meetings there were, who came, what was represented."""

    meetings: int
    parties: list[Party]
    domains: list[Represented]
    policy_domains: list[Represented]


def presence(*, house: House | None, year: int, now: datetime) -> Presence:
    """The meetings of a House (None: of the network) in a year that are over (two queries)."""
    meetings = Meeting.objects.filter(
        house=house, status=Meeting.Status.SCHEDULED, starts_at__year=year, ends_at__lte=now
    )
    asked = MeetingInvitation.objects.asked().filter(meeting__in=meetings).select_related("organisation")
    rows = list(asked.exclude(name="", organisation=None))
    came = set(asked.came().values_list("pk", flat=True))
    parties = _parties(rows, came)
    domains = _represented(parties, LifeDomain, list)
    return Presence(meetings.count(), parties, domains, _represented(parties, PolicyDomain, policy_domains))


def years(house: House | None, *, now: datetime) -> list[int]:
    """The years in which there were meetings, the latest first (one query)."""
    held = Meeting.objects.filter(house=house).past(now=now)
    return [day.year for day in held.dates("starts_at", "year", order="DESC")]


def _parties(rows: Iterable[MeetingInvitation], came: set[int]) -> list[Party]:
    """Who needs a call first: those who came least often of what they were asked for."""
    found: dict[str, Party] = {}
    for row in rows:
        key = f"o{row.organisation_id}" if row.organisation_id else f"e{row.email}"
        party = found.setdefault(key, Party(str(row.organisation or row.name), row.organisation))
        party.asked.add(row.meeting_id)
        if row.pk in came:
            party.came.add(row.meeting_id)
        if row.answer != Answer.NONE or row.pk in came:
            party.answered.add(row.meeting_id)
    return sorted(found.values(), key=lambda party: (len(party.came) / len(party.asked), party.name))


def _represented(
    parties: Iterable[Party], domains: type[TextChoices], domains_of: Callable[[list[str]], Iterable[str]]
) -> list[Represented]:
    """Every domain with its number of meetings, what was missing first; `domains_of` reads them from life domains."""
    meetings: dict[str, set[int]] = defaultdict(set)
    for party in parties:
        for code in domains_of(party.organisation.life_domains) if party.organisation else ():
            meetings[code] |= party.came
    found = [Represented(str(domain.label), len(meetings[domain])) for domain in domains]
    return sorted(found, key=lambda each: (each.meetings, each.label))
