"""Days, hours, ages, prices and distances as people say them.

Pure functions: the day of today and the clock are passed in, nothing is read, nothing raises on odd figures.
The wall clock is Europe/Brussels (settings.TIME_ZONE).
"""

import math
from datetime import date, datetime, time

from django.utils import timezone

from huizen.vocabulary import AGE_MAX, AGE_MIN

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
NEAR_DAYS = {-1: "gisteren", 0: "vandaag", 1: "morgen", 2: "overmorgen"}
NEARBY_KM = 0.5


def wall(moment: datetime) -> datetime:
    """A moment as the clock on the kitchen wall shows it; a naive one is taken as it is."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def day_in_full(day: date) -> str:
    """A day that is still right when it is read next year: "woensdag 4 maart 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def day(day: date, *, today: date) -> str:
    """A day seen from today: "morgen", "zaterdag" within six days, "woensdag 4 maart", with its year if that differs."""
    ahead = (day - today).days
    if ahead in NEAR_DAYS:
        return NEAR_DAYS[ahead]
    if 2 < ahead <= 6:
        return WEEKDAYS[day.weekday()]
    words = day_in_full(day)
    return words.removesuffix(f" {day.year}") if day.year == today.year else words


def month(day: date) -> str:
    """The month of a day, for a child's birth: "maart 2025"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def clock(at: time) -> str:
    """The figures of an hour: "9", "9.30", "0.05"."""
    return f"{at.hour}.{at.minute:02d}" if at.minute else str(at.hour)


def hours(start: "datetime | time", end: "datetime | time | None" = None) -> str:
    """From when to when: "van 9 tot 12 uur", "van 9.30 tot 11 uur", "om 9 uur" without an end."""
    first = _time(start)
    last = first if end is None else _time(end)
    if first == last:
        return "om middernacht" if first == time() else f"om {clock(first)} uur"
    if last == time():
        return f"van {clock(first)} uur tot middernacht"
    if first == time():
        return f"van middernacht tot {clock(last)} uur"
    return f"van {clock(first)} tot {clock(last)} uur"


def _time(at: "datetime | time") -> time:
    """The hour and minute on the wall: seconds are nobody's business."""
    if isinstance(at, datetime):
        at = wall(at).time()
    return at.replace(second=0, microsecond=0, tzinfo=None)


def moment(start: datetime, end: "datetime | None" = None, *, now: datetime) -> str:
    """A moment seen from now: "morgen van 9 tot 12 uur", "van vrijdag 18 uur tot zondag 12 uur"."""
    today = wall(now).date()
    return _moment(start, end, lambda day_: day(day_, today=today))


def moment_in_full(start: datetime, end: "datetime | None" = None) -> str:
    """A moment for a mail or a print: "woensdag 4 maart 2026, van 9 tot 12 uur"."""
    return _moment(start, end, day_in_full, comma=",")


def _moment(start, end, say, comma: str = "") -> str:
    first, last = wall(start), wall(end) if end else wall(start)
    overnight = last.date() > first.date() and (last.date() - first.date()).days == 1 and last.hour < 6
    if first.date() == last.date() or overnight:
        return f"{say(first.date())}{comma} {hours(start, end)}"
    return (
        f"van {say(first.date())} {clock(_time(start))} uur tot {say(last.date())} {clock(_time(last))} uur"
    )


def age(months: int) -> str:
    """One age: "6 maanden", "2,5 jaar", "2 jaar en 4 maanden", "zwanger" before birth."""
    months = _clamp(months)
    if months < 0:
        return "zwanger"
    years, rest = divmod(months, 12)
    if rest == 0 and years:
        return f"{years} jaar"
    if months < 24:
        return count(months, "maand", "maanden", none="0 maanden")
    if rest == 6:
        return f"{years},5 jaar"
    return f"{years} jaar en {count(rest, 'maand', 'maanden')}"


def ages(age_min: int, age_max: int) -> str:
    """For whom, both ages included and in months: "0 tot 18 maanden", "vanaf 2,5 jaar", "zwanger en tot 1 jaar"."""
    low, high = sorted((_clamp(age_min), _clamp(age_max)))
    if high == AGE_MAX:
        return _from(low)
    if low < 0:
        return "zwanger" if high <= 0 else f"zwanger en tot {age(high)}"
    if low == high:
        return "pasgeboren" if low == 0 else age(low)
    return _between(low, high)


def _from(low: int) -> str:
    if low < 0:
        return "voor elke leeftijd"
    return "vanaf de geboorte" if low == 0 else f"vanaf {age(low)}"


def _between(low: int, high: int) -> str:
    """Says the unit once where both have the same: "3 tot 12 maanden", "1 tot 2,5 jaar"."""
    if low == 0 or (_in_years(low) and _in_years(high)):
        return f"{age(low).partition(' ')[0]} tot {age(high)}"
    if high <= 24:
        return f"{low} tot {high} maanden"
    return f"{age(low)} tot {age(high)}"


def _in_years(months: int) -> bool:
    """Whether people say this age in whole or half years."""
    return months % 12 == 0 or (months > 24 and months % 6 == 0)


def _clamp(months: int) -> int:
    return max(AGE_MIN, min(AGE_MAX, months))


def price(kind: str, cents: "int | None" = None) -> str:
    """What it costs, in people's words: "Gratis", "3 euro", "2,50 euro", "Kies zelf wat je geeft"."""
    if kind == "free":
        return "Gratis"
    if kind == "own_choice":
        return "Kies zelf wat je geeft"
    return euros(cents) if cents and cents > 0 else "Vraag de prijs"


def euros(cents: int) -> str:
    """An amount: "3 euro", "2,50 euro", "50 cent"."""
    whole, rest = divmod(abs(cents), 100)
    if not whole:
        return f"{rest} cent"
    return f"{_figure(whole)},{rest:02d} euro" if rest else f"{_figure(whole)} euro"


def distance(km: float) -> str:
    """How far: "vlakbij" under half a kilometre, "2,5 km", "12 km"."""
    if math.isnan(km) or math.isinf(km):
        return "we weten niet hoe ver"
    if km < NEARBY_KM:
        return "vlakbij"
    if km < 9.95:
        return f"{km:.1f}".removesuffix(".0").replace(".", ",") + " km"
    return f"{_figure(round(km))} km"


def stretch(days: int) -> str:
    """How long something lasts: "2 jaar", "60 dagen", "1 dag"."""
    years, rest = divmod(days, 365)
    return f"{years} jaar" if years and not rest else count(days, "dag", "dagen")


def count(n: int, one: str, many: str, none: str = "") -> str:
    """A number of things: "1 plaats", "3 plaatsen", "geen plaatsen"."""
    if n == 0:
        return none or f"geen {many}"
    return f"{_figure(n)} {one if n == 1 else many}"


def _figure(n: int) -> str:
    """A whole number as Belgians write it: 12.500."""
    return f"{n:,}".replace(",", ".")
