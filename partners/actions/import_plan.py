"""What a line of an import will do, seen from what the network and the House know already."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from huizen.models import House
from huizen.search.text import folded, tokens
from partners.models import Contact, ImportLine, Organisation, Partnership

Outcome = ImportLine.Outcome


@dataclass(frozen=True)
class Decision:
    """What a line does, to which known organisation (None: to none that is known), and what to say about it."""

    outcome: str
    organisation: int | None = None
    adds_contact: bool = False
    column: str = ""
    reason: str = ""


@dataclass
class Known:
    """Everything that decides what a line does, read in three queries; it follows what the lines add."""

    kbo_of: dict[int, str] = field(default_factory=dict)
    by_kbo: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    #: The last day of the latest partnership of the House with an organisation; None while it lasts.
    until: dict[int, date | None] = field(default_factory=dict)
    contacts: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: The line of this very file that brings an organisation in.
    line_of: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(cls, house: House) -> "Known":
        """As the database is now."""
        known = cls()
        for key, name, kbo in Organisation.objects.values_list("pk", "name", "kbo_number"):
            known.add_organisation(key, name, kbo)
        spans = Partnership.objects.filter(house=house).order_by("since")
        known.until = dict(spans.values_list("organisation", "until"))
        for key, *words in Contact.objects.values_list("organisation", "name", "email"):
            known.contacts[key] |= {folded(word) for word in words if word}
        return known

    def add_organisation(self, key: int, name: str, kbo: str, line: int = 0) -> None:
        """From now on this one is known too."""
        self.kbo_of[key] = kbo
        self.by_name[name_key(name)].add(key)
        if kbo:
            self.by_kbo[kbo] = key
        if line:
            self.line_of[key] = line

    def add(self, facts: dict, key: int, line: int = 0) -> None:
        """What a line brings in: the organisation, its partnership and its contact."""
        if key not in self.kbo_of:
            self.add_organisation(key, facts["name"], facts["kbo_number"], line)
        self.until[key] = None
        self.contacts[key] |= {
            folded(facts[name]) for name in ("contact_name", "contact_email") if facts[name]
        }

    def decide(self, facts: dict) -> Decision:
        """What a line with these facts does now."""
        found = self._found(facts)
        if len(found) > 1:
            reason = f"Er zijn {len(found)} organisaties met deze naam. Zet het KBO-nummer erbij."
            return Decision(Outcome.FAULT, column="Naam", reason=reason)
        if not found:
            return Decision(Outcome.NEW, adds_contact=bool(facts["contact_name"]))
        (key,) = found
        return self._of_known(key, facts)

    def _found(self, facts: dict) -> set[int]:
        """By its KBO number; else by its name, unless both have a number and those differ."""
        kbo = facts["kbo_number"]
        if kbo and kbo in self.by_kbo:
            return {self.by_kbo[kbo]}
        named = self.by_name.get(name_key(facts["name"]), set())
        return {key for key in named if not (kbo and self.kbo_of[key])}

    def _of_known(self, key: int, facts: dict) -> Decision:
        words = {folded(facts[name]) for name in ("contact_name", "contact_email") if facts[name]}
        adds_contact = bool(facts["contact_name"]) and not words & self.contacts.get(key, set())
        reason = f"Staat ook op lijn {self.line_of[key]}." if key in self.line_of else ""
        if key not in self.until:
            return Decision(Outcome.PARTNER, key, adds_contact, reason=reason)
        last = self.until[key]
        if last is None:
            outcome = Outcome.CONTACT if adds_contact else Outcome.SAME
            return Decision(outcome, key, adds_contact, reason=reason)
        if date.fromisoformat(facts["since"]) <= last:
            reason = f"Deze organisatie was al partner tot en met {last:%d/%m/%Y}. Kies een latere dag."
            return Decision(Outcome.FAULT, key, column="Sinds", reason=reason)
        return Decision(Outcome.PARTNER, key, adds_contact, reason=reason)


def name_key(name: str) -> str:
    """A name made comparable: its words, without capitals, accents and signs."""
    return " ".join(tokens(name)) or folded(name)
