"""What an offer says, as plain values: kept beside it, compared field by field, and put back."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field

from activities.models import Activity, ActivityTranslation, Schedule
from activities.word_difference import Piece, difference
from huizen import words
from huizen.languages import BY_CODE
from huizen.recurrence import schedule_in_words

Facts = dict[str, Any]
#: {(field, key): what it is called}.
Names = dict[tuple[str, int], str]
GONE = "bestaat niet meer"
#: What no editor types: it follows from what happens.
DERIVED = {"id", "status", "checked_on", "changed_at", "published_at", "is_demo", "slug"}
FIELDS = {field.name: field for field in Activity._meta.concrete_fields if field.name not in DERIVED}
RULE_FIELDS = {
    field.name: field for field in Schedule._meta.concrete_fields if field.name not in {"id", "activity"}
}
#: When it is: its rules, as one fact.
RULES = "rules"
#: What it says in another language: "translation:fr".
TRANSLATION = "translation:"


class FieldDifference(NamedTuple):
    """One fact in words, before and after, with the words that differ marked."""

    name: str
    label: str
    before: str
    after: str
    pieces: list[Piece]


def facts_of(activity: Activity) -> Facts:
    """Every field that an editor types, as JSON holds it; references by their key."""
    return {name: _plain(getattr(activity, field.attname)) for name, field in FIELDS.items()}


def snapshot(activity: Activity) -> Facts:
    """The same with its rules, as they stand in the database (one query)."""
    return facts_of(activity) | {RULES: rules_of(activity.schedules.order_by("pk"))}


def rules_of(schedules: Iterable[Schedule]) -> list[Facts]:
    """The rules as JSON holds them, each with the key of its row where it has one."""
    return [
        {"id": rule.pk} | {name: _plain(getattr(rule, name)) for name in RULE_FIELDS} for rule in schedules
    ]


def put_facts(activity: Activity, facts: Facts) -> Activity:
    """Give an activity (not saved here) these facts; what is no field of it is left out."""
    for name in facts.keys() & FIELDS.keys():
        setattr(activity, FIELDS[name].attname, _read(FIELDS[name], facts[name]))
    return activity


def rules_from(facts: list[Facts], activity: Activity) -> list[Schedule]:
    """The rules of an activity (not saved here), with the keys of the rows that they are."""
    return [
        Schedule(
            pk=rule.get("id"),
            activity=activity,
            **{name: _read(field, rule[name]) for name, field in RULE_FIELDS.items() if name in rule},
        )
        for rule in facts
    ]


def field_differences(before: Facts, after: Facts, names: Names | None = None) -> list[FieldDifference]:
    """What differs, in the order of the editor; facts that only one of both has count as empty in the other.

    `names` of what they refer to (`names_in`), so that many differences ask the database once.
    """
    known = names_in([before, after]) if names is None else names
    order = [*FIELDS, RULES]
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    changed.sort(key=lambda name: (order.index(name) if name in order else 99, name))
    shown = [
        (name, in_words(name, before.get(name), known), in_words(name, after.get(name), known))
        for name in changed
    ]
    return [
        FieldDifference(name, label_of(name), old, new, difference(old, new))
        for name, old, new in shown
        if old != new
    ]


def differs(name: str, before: Any, after: Any) -> bool:
    """Whether people would read another thing; which row holds a rule does not matter."""
    if name == RULES:
        return [_without_key(rule) for rule in before or []] != [_without_key(rule) for rule in after or []]
    if name.startswith(TRANSLATION):
        return _translation_in_words(before or {}) != _translation_in_words(after or {})
    return before != after


def label_of(name: str) -> str:
    """The name of a fact as the editor says it."""
    if name == RULES:
        return "Wanneer"
    if name.startswith(TRANSLATION):
        return f"Vertaling: {BY_CODE[name.removeprefix(TRANSLATION)].name}"
    return str(FIELDS[name].verbose_name).capitalize()


def names_in(many: Iterable[Facts]) -> Names:
    """What the references in these facts are called (three queries at most)."""
    many = list(many)
    found: Names = {}
    for name, field in FIELDS.items():
        keys = {facts[name] for facts in many if facts.get(name)} if field.is_relation else set()
        if keys:
            rows = field.related_model._default_manager.in_bulk(keys)
            found |= {(name, key): str(rows[key]) if key in rows else GONE for key in keys}
    return found


def in_words(name: str, value: Any, names: Names) -> str:
    """One fact as people read it; empty for nothing. `names`: of what it refers to (`names_in`)."""
    if name == RULES:
        return "\n".join(schedule_in_words(rule).capitalize() for rule in rules_from(value or [], Activity()))
    if name.startswith(TRANSLATION):
        return _translation_in_words(value or {})
    return _field_in_words(FIELDS[name], value, names)


def _translation_in_words(texts: Facts) -> str:
    return "\n".join(texts[name] for name in ActivityTranslation.FIELDS if texts.get(name))


def _field_in_words(field: Field, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if field.name in {"age_min", "age_max"}:
        return words.age(value)
    if field.name == "price_cents":
        return words.price("paid", value)
    if field.is_relation:
        return names.get((field.name, value), GONE)
    if isinstance(field, ArrayField):
        labels = dict(field.base_field.flatchoices)
        return ", ".join(str(labels.get(one, one)) for one in value)
    return str(dict(field.flatchoices).get(value, value))


def _without_key(rule: Facts) -> Facts:
    return {name: value for name, value in rule.items() if name != "id"}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value


def _read(field: Field, value: Any) -> Any:
    if isinstance(field, ArrayField):
        return [field.base_field.to_python(one) for one in value or []]
    return field.to_python(value)
