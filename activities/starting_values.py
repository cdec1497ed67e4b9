"""With what the editor of a new offer begins: the usual values of its kind, or a template of the House."""

import tomllib
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from activities.models import Activity, ActivityTemplate, Schedule
from activities.offer_facts import RULES, Facts
from huizen.models import User
from huizen.vocabulary import OfferType

KINDS = Path(__file__).parent / "reference" / "offer_types.toml"
#: A template of a House is named in an address by this and its key; a kind by its code.
OF_HOUSE = "huis-"
Mode, Channel = Activity.RegistrationMode, Activity.Channel
SIGN_UP = {
    "drop_in": (Mode.NONE, []),
    "optional": (Mode.OPTIONAL, [Channel.ONLINE, Channel.PHONE]),
    "online": (Mode.REQUIRED, [Channel.ONLINE, Channel.PHONE]),
    "phone": (Mode.REQUIRED, [Channel.PHONE]),
    "appointment": (Mode.APPOINTMENT, [Channel.PHONE, Channel.EMAIL]),
}
REPEATS = {Schedule.Kind.WEEKLY, Schedule.Kind.NTH_WEEKDAY}
#: A rule that repeats leaves out public holidays, as the editor does by itself.
USUAL_RULE = {"every_weeks": 1, "skip_public_holidays": True}


def facts_for(code: str, user: User) -> Facts:
    """The values of the editor for a kind, or for a template that this person may use; none for an unknown one.

    How a person may be reached is of the House: where it has no number or address of its own, she types one.
    """
    if template := _template(code, user):
        facts = {name: value for name, value in template.facts.items() if name != RULES}
        return facts | {"house": template.house_id}
    return _of_kind(code) if code in OfferType else {}


def rules_for(code: str, user: User, *, today: date) -> list[dict[str, Any]]:
    """How its rules usually go, for the page that asks for the days: what repeats begins today."""
    rules = _rules(code, user)
    return [{"starts_on": today} | rule if rule["kind"] in REPEATS else rule for rule in rules]


def _rules(code: str, user: User) -> list[dict[str, Any]]:
    if template := _template(code, user):
        return template.facts.get(RULES, [])
    if code not in OfferType:
        return []
    usual = kinds()[code]
    starts_at, ends_at = (time.fromisoformat(hour) for hour in usual.get("hours", ["09:00", "12:00"]))
    rule = USUAL_RULE | {"kind": usual["kind"]}
    return [rule | {"starts_at": starts_at, "ends_at": ends_at} if _has_hours(usual) else rule]


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """The usual values of every kind of offer (activities/reference/offer_types.toml)."""
    found = tomllib.loads(KINDS.read_text(encoding="utf-8"))
    return {kind: found[kind] for kind in OfferType}


def _of_kind(code: str) -> Facts:
    usual, facts = kinds()[code], OfferType(code).facts
    mode, channels = SIGN_UP[usual["sign_up"]]
    return {
        "title": usual["title"],
        "summary": usual["summary"],
        "offer_type": code,
        "element": facts.element,
        "age_min": facts.age_min,
        "age_max": facts.age_max,
        "registration_mode": mode,
        "channels": list(channels),
        "capacity": usual.get("capacity"),
        "counts": usual.get("counts", Activity.Counts.CHILDREN),
        "asks_birth_month": "counts" not in usual,
    }


def _has_hours(usual: dict[str, Any]) -> bool:
    return usual["kind"] not in {Schedule.Kind.BY_APPOINTMENT, Schedule.Kind.IN_OPENING_HOURS}


def _template(code: str, user: User) -> ActivityTemplate | None:
    key = code.removeprefix(OF_HOUSE)
    if key == code or not key.isdecimal() or len(key) > 18:
        return None
    return ActivityTemplate.objects.usable_by(user).filter(pk=int(key)).first()
