"""What an event of somebody's calendar says beside what its activity says here, and who changed it."""

from dataclasses import dataclass

from activities.models import Activity, OutsideEvent
from activities.offer_facts import (
    RULES,
    Facts,
    FieldDifference,
    differs,
    facts_of,
    field_differences,
    rules_of,
)

#: What is taken from a calendar; all else is of who keeps the activity.
NAMES = ("title", "summary", "description", "location", RULES)


@dataclass(frozen=True)
class Outside:
    """An event beside its activity: `present` is what the activity says now."""

    event: OutsideEvent
    present: Facts

    @classmethod
    def of(cls, event: OutsideEvent, activity: Activity) -> "Outside":
        """As the database is now (one query for the rules, none where they came with the activity)."""
        rules = sorted(activity.schedules.all(), key=lambda rule: rule.pk)
        facts = facts_of(activity) | {RULES: rules_of(rules)}
        return cls(event, {name: facts[name] for name in NAMES})

    @property
    def new(self) -> list[str]:
        """What the calendar says otherwise since we last took it over, and the activity does not say yet."""
        return [
            name
            for name in NAMES
            if differs(name, self.event.taken.get(name), self.event.said[name])
            and differs(name, self.present[name], self.event.said[name])
        ]

    @property
    def same(self) -> Facts:
        """What both say, whoever wrote it first."""
        said = self.event.said
        return {name: said[name] for name in NAMES if not differs(name, self.present[name], said[name])}

    @property
    def edited(self) -> list[str]:
        """What a person changed here since we took it over: never overwritten by itself."""
        return [name for name in NAMES if differs(name, self.event.taken.get(name), self.present[name])]

    def in_words(self) -> list[tuple[FieldDifference, bool]]:
        """All that differs from the calendar, and whether it was changed here."""
        said = {name: self.event.said[name] for name in NAMES}
        edited = self.edited
        return [(one, one.name in edited) for one in field_differences(self.present, said)]
