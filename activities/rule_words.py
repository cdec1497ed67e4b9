"""When something is, as people write it, read into a rule: "elke 1e en 3e maandag van 9 tot 12 uur, niet op feestdagen".

Reads all that `rule_in_words` says, and shorter ways of writing the same. Pure: text in, unsaved rule out.
"""

import re
from datetime import date, time

from activities.models import Schedule
from huizen.recurrence import ONGOING, schedule_in_words
from huizen.search.text import folded
from huizen.words import MONTHS, WEEKDAYS, day_in_full

Kind = Schedule.Kind
YEARS = range(2000, 2101)
NTHS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "laatste": -1}
NTHS |= {f"{number}e": number for number in range(1, 6)}
EXAMPLE = "elke maandag van 9 tot 12 uur"


class RuleError(Exception):
    """Why a rule cannot be read; its text is for who wrote it."""


def rule_in_words(rule: Schedule) -> str:
    """A rule in full: all that is needed to read it back."""
    words = schedule_in_words(rule)
    begins = rule.starts_on if rule.kind in {Kind.WEEKLY, Kind.NTH_WEEKDAY} else None
    return f"{words}, vanaf {day_in_full(begins)}" if begins else words


def read_rules(text: str, *, today: date) -> list[Schedule]:
    """The rules of a text, with a semicolon between them; what repeats and names no first day begins today.

    Raises RuleError.
    """
    return [read_rule(part, today=today) for part in text.split(";") if part.strip()]


def read_rule(text: str, *, today: date) -> Schedule:
    """One rule (not saved). Raises RuleError."""
    words = " ".join(folded(text).split())
    if kind := _ONGOING.get(words):
        return Schedule(kind=kind)
    found = _HOURS.search(words)
    if not found:
        raise RuleError(f"Zeg ook van wanneer tot wanneer. Schrijf bijvoorbeeld: {EXAMPLE}.")
    rule = Schedule(starts_at=read_clock(found["start"]), ends_at=read_clock(found["end"]))
    if rule.ends_at <= rule.starts_at:
        raise RuleError("Het einde komt na het begin.")
    rest = _take_pauses(rule, f"{words[: found.start()]}, {words[found.end() :]}")
    _take_days(rule, rest.strip(" ,."), today)
    return rule


def read_clock(text: str) -> time:
    """An hour as people and spreadsheets write it: "9", "9.30", "9u30", "09:00:00", "middernacht". Raises RuleError."""
    if text == "middernacht":
        return time()
    found = re.fullmatch(r"(\d{1,2})\s*(?:[.:u]\s*(\d{2})(?::\d{2})?)?\s*(?:u|uur)?", text.strip(), re.ASCII)
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else _no_hour(text)
    except ValueError:
        return _no_hour(text)


def _no_hour(text: str):
    raise RuleError(f"'{text[:20]}' is geen uur. Schrijf 9 of 9.30.")


def _take_pauses(rule: Schedule, words: str) -> str:
    """What of the words does not say when it pauses, begins or ends."""
    for pattern, names in _FLAGS:
        words, found = re.subn(pattern, ",", words)
        if found:
            for name, value in names.items():
                setattr(rule, name, value)
    for name, pattern in _LIMITS.items():
        if found := re.search(pattern, words):
            days = _days(found[1])
            setattr(rule, name, days if name == "skip_dates" else days[0])
            words = words[: found.start()] + "," + words[found.end() :]
    return words


def _take_days(rule: Schedule, words: str, today: date) -> None:
    if re.fullmatch(rf"(?:op )?{_DAYS}", words):
        _name_days(rule, _days(words))
    elif found := re.fullmatch(rf"elke (?:({_NTHS}) )?({_WEEKDAYS}|dag|weekdag)", words):
        rule.kind = Kind.NTH_WEEKDAY if found[1] else Kind.WEEKLY
        rule.nths = sorted({NTHS[nth] for nth in re.findall(_NTH, found[1] or "")}, key=_last_behind)
        rule.weekdays = _weekdays(found[2])
    elif found := re.fullmatch(rf"om de (\d{{1,2}}) (?:week|weken) op ({_WEEKDAYS})", words):
        rule.kind, rule.every_weeks, rule.weekdays = Kind.WEEKLY, int(found[1]), _weekdays(found[2])
        if not 1 <= rule.every_weeks <= 26:
            raise RuleError("Kies om de 1 tot 26 weken.")
    else:
        raise RuleError(f"'{words[:60]}' begrijpen we niet. Schrijf bijvoorbeeld: {EXAMPLE}.")
    if rule.kind in {Kind.WEEKLY, Kind.NTH_WEEKDAY}:
        rule.starts_on = rule.starts_on or today
        if rule.ends_on and rule.ends_on < rule.starts_on:
            raise RuleError("De laatste dag ligt voor de eerste.")


def _name_days(rule: Schedule, days: list[date]) -> None:
    """Days that are named one by one: nothing pauses or limits them."""
    rule.kind = Kind.ONCE if len(days) == 1 else Kind.DATES
    rule.dates = days
    rule.starts_on = rule.ends_on = None


def _last_behind(nth: int) -> tuple[bool, int]:
    return nth < 0, nth


def _weekdays(words: str) -> list[int]:
    if words in {"dag", "weekdag"}:
        return list(range(7 if words == "dag" else 5))
    return sorted({WEEKDAYS.index(name) for name in re.findall(_WEEKDAY, words)})


def _days(words: str) -> list[date]:
    return sorted({_day(found) for found in re.finditer(_DAY_PARTS, words)})


def _day(found: re.Match) -> date:
    month = found["name"] and MONTHS.index(found["name"]) + 1
    parts = (found["y1"], month, found["d1"]) if month else (found["y2"], found["m2"], found["d2"])
    if found["y3"]:
        parts = (found["y3"], found["m3"], found["d3"])
    try:
        day = date(*map(int, parts))
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise RuleError(f"'{found[0][:40]}' is geen dag.")
    return day


_WEEKDAY, _MONTH = "|".join(WEEKDAYS), "|".join(MONTHS)
_NTH = "|".join(NTHS)
_CLOCK = r"\d{1,2}(?:[.:u]\d{2})?|middernacht"
_HOURS = re.compile(
    rf"\b(?:van )?(?P<start>{_CLOCK}) ?(?:uur|u)? tot (?P<end>{_CLOCK})(?: ?(?:uur|u)\b)?", re.ASCII
)
_DAY_PARTS = (
    rf"(?P<d1>\d{{1,2}}) (?P<name>{_MONTH}) (?P<y1>\d{{4}})"
    r"|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{1,2})-(?P<d3>\d{1,2})"
)
_DAY = rf"(?:(?:{_WEEKDAY}) )?(?:{re.sub(r'[?]P<[a-z0-9]+>', '?:', _DAY_PARTS)})"
_DAYS = rf"{_DAY}(?:(?: ?, ?| en ){_DAY})*"
_WEEKDAYS = rf"(?:{_WEEKDAY})(?:(?:, ?| en )(?:{_WEEKDAY}))*"
_NTHS = rf"(?:{_NTH})(?:(?:, ?| en )(?:{_NTH}))*"
_FLAGS = (
    (r"niet in (?:de )?schoolvakanties?", {"skip_school_holidays": True}),
    (r"niet in (?:de zomer|juli en augustus)", {"skip_summer": True}),
    (r"ook op feestdagen", {"skip_public_holidays": False}),
    (r"niet op feestdagen", {"skip_public_holidays": True}),
)
_LIMITS = {
    "skip_dates": rf"niet op ({_DAYS})",
    "ends_on": rf"tot en met ({_DAY})",
    "starts_on": rf"vanaf ({_DAY})",
}
_ONGOING = {folded(str(Kind(kind).label)): kind for kind in ONGOING}
