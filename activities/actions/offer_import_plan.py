"""What a line with an activity will do, seen from the House and from who brings it in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from activities.models import Activity, OfferImport, OfferLine, Schedule
from activities.offer_facts import RULES, rules_from
from huizen.models import House, Location, User
from huizen.recurrence import ONGOING, schedule_in_words
from huizen.roles import Permission
from partners.actions.import_plan import name_key
from partners.models import Organisation, Partnership

Outcome, Status, Kind = OfferLine.Outcome, Activity.Status, Schedule.Kind

#: What makes two lines one activity: the words of its title, its organiser and its place.
Key = tuple[str, int | None, int | None]
#: What is over no longer counts: the same title next year is another activity.
OVER = (Status.EXPIRED, Status.ARCHIVED)
ELSEWHERE = "Ze bestaat al, met andere dagen. Wijzig die in de activiteit zelf."


@dataclass(frozen=True)
class OfferDecision:
    """What a line does, to which activity (None: one that is not there yet), whose and where it is, and what to say."""

    outcome: str
    key: Key = ("", None, None)
    activity: int | None = None
    column: str = ""
    reason: str = ""

    @property
    def organiser(self) -> int | None:
        return self.key[1]

    @property
    def location(self) -> int | None:
        return self.key[2]


class Unknown(Exception):
    """A word in a line that the House does not know: its column, and why in words."""

    def __init__(self, column: str, reason: str):
        super().__init__(reason)
        self.column = column


@dataclass
class Surroundings:
    """Everything that decides what a line does, read in a fixed number of queries; it follows what the lines add."""

    today: date
    #: Whether the activity may be of the House itself; else it is of an organisation that she edits.
    publishes: bool = False
    may: bool = False
    by_kbo: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    activities: dict[Key, int] = field(default_factory=dict)
    days: dict[int, set] = field(default_factory=lambda: defaultdict(set))
    #: The line of this very file that brings an activity in, as long as it is not online.
    line_of: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(
        cls, house: House, by: User | None, *, now: datetime, offer_import: OfferImport | None = None
    ) -> "Surroundings":
        """As the database is now."""
        around = cls(timezone.localdate(now))
        if by is not None:
            around.publishes = house in by.houses_where(Permission.PUBLISH_OFFER)
            around.may = house in by.houses_where(Permission.EDIT_OFFER)
            around._read_organisers(house, by)
        for key, name in Location.objects.filter(house=house, is_active=True).values_list("pk", "name"):
            around.places[name_key(name)].add(key)
        around._read_activities(house)
        if offer_import:
            around._read_lines(offer_import)
        return around

    def _read_organisers(self, house: House, by: User) -> None:
        rows = organisers_for(house, by, today=self.today)
        for key, name, kbo in rows.values_list("pk", "name", "kbo_number"):
            self.by_name[name_key(name)].add(key)
            if kbo:
                self.by_kbo[kbo] = key

    def _read_activities(self, house: House) -> None:
        rows = Activity.objects.filter(house=house).exclude(status__in=OVER)
        for key, title, *whose in rows.values_list("pk", "title", "organiser", "location"):
            self.activities[name_key(title), whose[0], whose[1]] = key
        for rule in Schedule.objects.filter(activity__in=rows):
            self.days[rule.activity_id] |= days_of([rule])

    def _read_lines(self, offer_import: OfferImport) -> None:
        made = OfferLine.objects.filter(offer_import=offer_import, outcome=Outcome.NEW).added()
        made = made.filter(activity__status__in=[Status.DRAFT, Status.PROPOSED])
        self.line_of = {key: number for key, number in made.values_list("activity", "number") if key}

    def add(self, decision: OfferDecision, rules: Iterable[Schedule], activity: int, line: int) -> None:
        """What a line brings in is known from now on."""
        if decision.outcome == Outcome.NEW:
            self.activities[decision.key] = activity
            self.line_of[activity] = line
        if decision.outcome != Outcome.SAME:
            self.days[activity] |= days_of(rules)

    def decide(self, facts: dict) -> OfferDecision:
        """What a line with these facts does now."""
        rules = rules_from(facts[RULES], Activity())
        try:
            self._refuse(rules)
            key = (name_key(facts["title"]), self._organiser(facts), self._location(facts))
        except Unknown as unknown:
            return OfferDecision(Outcome.FAULT, column=unknown.column, reason=str(unknown))
        activity = self.activities.get(key)
        if activity is None:
            return OfferDecision(Outcome.NEW, key)
        return self._of_known(key, activity, days_of(rules))

    def _of_known(self, key: Key, activity: int, days: set) -> OfferDecision:
        line = self.line_of.get(activity)
        reason = f"Staat ook op lijn {line}." if line else ""
        if days <= self.days[activity]:
            return OfferDecision(Outcome.SAME, key, activity, reason=reason)
        if line:
            return OfferDecision(Outcome.DAYS, key, activity, reason=reason)
        return OfferDecision(Outcome.SAME, key, activity, reason=ELSEWHERE)

    def _refuse(self, rules: list[Schedule]) -> None:
        if not self.may:
            raise Unknown("Titel", "Wie dit bestand gaf, maakt geen activiteiten meer in dit Huis.")
        if rules and all(_is_over(rule, self.today) for rule in rules):
            raise Unknown("Wanneer", "Al deze dagen zijn voorbij.")

    def _organiser(self, facts: dict) -> int | None:
        words = facts["organiser"]
        if not words:
            if not self.publishes:
                raise Unknown("Organisator", "Zet je eigen organisatie erbij.")
            return None
        found = {self.by_kbo[words]} if words in self.by_kbo else self.by_name.get(name_key(words), set())
        if len(found) > 1:
            raise Unknown("Organisator", "Er zijn er meer met deze naam. Zet het KBO-nummer in de plaats.")
        if not found:
            whose = "geen partner van dit Huis" if self.publishes else "niet je eigen organisatie"
            raise Unknown("Organisator", f"'{words[:60]}' is {whose}.")
        return next(iter(found))

    def _location(self, facts: dict) -> int | None:
        words = facts["location"]
        if not words:
            return None
        found = self.places.get(name_key(words), set())
        if len(found) != 1:
            raise Unknown(
                "Plek", f"'{words[:60]}' is geen plek van dit Huis. Schrijf de naam zoals hij hier staat."
            )
        return next(iter(found))


def organisers_for(house: House, by: User, *, today: date) -> QuerySet[Organisation]:
    """In whose name somebody brings in offer: the partners of the House where she publishes, else what she edits."""
    if house in by.houses_where(Permission.PUBLISH_OFFER):
        partners = Partnership.objects.on(today).filter(house=house).values("organisation")
        return Organisation.objects.filter(pk__in=partners)
    return Organisation.objects.filter(editors__user=by, editors__ended_at=None).distinct()


def days_of(rules: Iterable[Schedule]) -> set:
    """What rules say about when it is, in pieces that compare: a day with its hours, or a rule in words."""
    pieces: set = set()
    for rule in rules:
        if rule.kind in {Kind.ONCE, Kind.DATES}:
            pieces |= {(day, rule.starts_at, rule.ends_at) for day in rule.dates}
        else:
            pieces.add(schedule_in_words(rule))
    return pieces


def _is_over(rule: Schedule, today: date) -> bool:
    if rule.kind in ONGOING:
        return False
    if rule.kind in {Kind.ONCE, Kind.DATES}:
        return all(day < today for day in rule.dates)
    return rule.ends_on is not None and rule.ends_on < today
