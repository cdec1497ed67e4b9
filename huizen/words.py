"""Days, hours, ages, prices and distances as people say them, in the language of the page.

Functions of what is passed in (the day of today, the clock) and of the active language; nothing is read, nothing
raises on odd figures. The wall clock is Europe/Brussels (settings.TIME_ZONE).
"""

import math
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from huizen.vocabulary import AGE_MAX, AGE_MIN

#: In Dutch, as people type and read them; `weekday_name` and `month_name` say them in the language of the page.
WEEKDAYS = (
    gettext_noop("maandag"),
    gettext_noop("dinsdag"),
    gettext_noop("woensdag"),
    gettext_noop("donderdag"),
    gettext_noop("vrijdag"),
    gettext_noop("zaterdag"),
    gettext_noop("zondag"),
)
MONTHS = (
    gettext_noop("januari"),
    gettext_noop("februari"),
    gettext_noop("maart"),
    gettext_noop("april"),
    gettext_noop("mei"),
    gettext_noop("juni"),
    gettext_noop("juli"),
    gettext_noop("augustus"),
    gettext_noop("september"),
    gettext_noop("oktober"),
    gettext_noop("november"),
    gettext_noop("december"),
)
NEAR_DAYS = {
    -1: gettext_noop("gisteren"),
    0: gettext_noop("vandaag"),
    1: gettext_noop("morgen"),
    2: gettext_noop("overmorgen"),
}
NEARBY_KM = 0.5
BRUSSELS = ZoneInfo(settings.TIME_ZONE)


def wall(moment: datetime) -> datetime:
    """A moment as the clock on the kitchen wall shows it; a naive one is taken as it is."""
    return moment.astimezone(BRUSSELS) if moment.tzinfo else moment


def midnight_after(moment: datetime) -> datetime:
    """The end of a day on the wall: from then on "morgen" is another day."""
    tomorrow = wall(moment).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=BRUSSELS)


def weekday_name(number: int) -> str:
    """A day of the week: 0 is "maandag"."""
    return gettext(WEEKDAYS[number])


def month_name(number: int) -> str:
    """A month: 1 is "januari"."""
    return gettext(MONTHS[number - 1])


def day_in_full(day: date) -> str:
    """A day that is still right when it is read next year: "woensdag 4 maart 2026"."""
    return gettext("%(weekday)s %(day)s %(month)s %(year)d") % _parts(day)


def day(day: date, *, today: date) -> str:
    """A day seen from today: "morgen", "zaterdag" within six days, "woensdag 4 maart", with its year if that differs."""
    ahead = (day - today).days
    if ahead in NEAR_DAYS:
        return gettext(NEAR_DAYS[ahead])
    if 2 < ahead <= 6:
        return weekday_name(day.weekday())
    if day.year != today.year:
        return day_in_full(day)
    return gettext("%(weekday)s %(day)s %(month)s") % _parts(day)


def _parts(day: date) -> dict:
    return {
        "weekday": weekday_name(day.weekday()),
        "day": pgettext("dag van de maand", "1") if day.day == 1 else day.day,
        "month": month_name(day.month),
        "year": day.year,
    }


def month(day: date) -> str:
    """The month of a day, for a child's birth: "maart 2025"."""
    return gettext("%(month)s %(year)d") % {"month": month_name(day.month), "year": day.year}


def fits_from(day: date) -> str:
    """From when an offer fits a child that is too young for it now, within half a year: "past vanaf maart 2027"."""
    return gettext("past vanaf %(month)s") % {"month": month(day)}


def clock(at: time) -> str:
    """The figures of an hour: "9", "9.30", "0.05"."""
    pattern = pgettext("uur", "%(hour)d.%(minute)02d") if at.minute else pgettext("uur", "%(hour)d")
    return pattern % {"hour": at.hour, "minute": at.minute}


def hours(start: "datetime | time", end: "datetime | time | None" = None) -> str:
    """From when to when: "van 9 tot 12 uur", "van 9.30 tot 11 uur", "om 9 uur" without an end."""
    first = _time(start)
    last = first if end is None else _time(end)
    figures = {"start": clock(first), "end": clock(last)}
    if first == last:
        return gettext("om middernacht") if first == time() else gettext("om %(start)s uur") % figures
    if last == time():
        return gettext("van %(start)s uur tot middernacht") % figures
    if first == time():
        return gettext("van middernacht tot %(end)s uur") % figures
    return gettext("van %(start)s tot %(end)s uur") % figures


def _time(at: "datetime | time") -> time:
    """The hour and minute on the wall: seconds are nobody's business."""
    if isinstance(at, datetime):
        at = wall(at).time()
    return at.replace(second=0, microsecond=0, tzinfo=None)


def moment(start: datetime, end: "datetime | None" = None, *, now: datetime) -> str:
    """A moment seen from now: "morgen van 9 tot 12 uur", "van vrijdag 18 uur tot zondag 12 uur"."""
    today = wall(now).date()
    return _moment(start, end, lambda day_: day(day_, today=today), gettext("%(day)s %(hours)s"))


def moment_in_full(start: datetime, end: "datetime | None" = None) -> str:
    """A moment for a mail or a print: "woensdag 4 maart 2026, van 9 tot 12 uur"."""
    return _moment(start, end, day_in_full, gettext("%(day)s, %(hours)s"))


def _moment(start, end, say, one_day: str) -> str:
    first, last = wall(start), wall(end) if end else wall(start)
    overnight = last.date() > first.date() and (last.date() - first.date()).days == 1 and last.hour < 6
    if first.date() == last.date() or overnight:
        return one_day % {"day": say(first.date()), "hours": hours(start, end)}
    return gettext("van %(first_day)s %(start)s uur tot %(last_day)s %(end)s uur") % {
        "first_day": say(first.date()),
        "start": clock(_time(start)),
        "last_day": say(last.date()),
        "end": clock(_time(last)),
    }


def age(months: int) -> str:
    """One age: "6 maanden", "2,5 jaar", "2 jaar en 4 maanden", "zwanger" before birth."""
    months = _clamp(months)
    if months < 0:
        return gettext("zwanger")
    years, rest = divmod(months, 12)
    if months < 24 and (rest or not years):
        return count(months, "maand", "maanden", none=gettext("0 maanden"))
    if rest in {0, 6}:
        return ngettext("%(years)s jaar", "%(years)s jaar", years) % {"years": _years(months)}
    return gettext("%(years)s en %(months)s") % {
        "years": ngettext("%(years)s jaar", "%(years)s jaar", years) % {"years": years},
        "months": count(rest, "maand", "maanden"),
    }


def ages(age_min: int, age_max: int) -> str:
    """For whom, both ages included and in months: "0 tot 18 maanden", "vanaf 2,5 jaar", "zwanger en tot 1 jaar"."""
    low, high = sorted((_clamp(age_min), _clamp(age_max)))
    if high == AGE_MAX:
        return _from(low)
    if low < 0:
        return gettext("zwanger") if high <= 0 else gettext("zwanger en tot %(age)s") % {"age": age(high)}
    if low == high:
        return gettext("pasgeboren") if low == 0 else age(low)
    return _between(low, high)


def _from(low: int) -> str:
    if low < 0:
        return gettext("voor elke leeftijd")
    return gettext("vanaf de geboorte") if low == 0 else gettext("vanaf %(age)s") % {"age": age(low)}


def _between(low: int, high: int) -> str:
    """Says the unit once where both have the same: "3 tot 12 maanden", "1 tot 2,5 jaar"."""
    if low == 0 or (_in_years(low) and _in_years(high)):
        first, last = _years(low), age(high)
    elif high <= 24:
        return gettext("%(low)s tot %(high)s") % {"low": low, "high": _months(high)}
    else:
        first, last = age(low), age(high)
    return gettext("%(low)s tot %(high)s") % {"low": first, "high": last}


def _in_years(months: int) -> bool:
    """Whether people say this age in whole or half years."""
    return months % 12 == 0 or (months > 24 and months % 6 == 0)


def _years(months: int) -> str:
    """The figure of an age in whole or half years: "2", "2,5"."""
    years, rest = divmod(months, 12)
    return f"{years}{_comma()}5" if rest else str(years)


def _months(months: int) -> str:
    return count(months, "maand", "maanden")


def _clamp(months: int) -> int:
    return max(AGE_MIN, min(AGE_MAX, months))


def price(kind: str, cents: "int | None" = None) -> str:
    """What it costs, in people's words: "Gratis", "3 euro", "2,50 euro", "Kies zelf wat je geeft"."""
    if kind == "free":
        return gettext("Gratis")
    if kind == "own_choice":
        return gettext("Kies zelf wat je geeft")
    return euros(cents) if cents and cents > 0 else gettext("Vraag de prijs")


def euros(cents: int) -> str:
    """An amount: "3 euro", "2,50 euro", "50 cent"."""
    whole, rest = divmod(abs(cents), 100)
    if not whole:
        return ngettext("%(cents)d cent", "%(cents)d cent", rest) % {"cents": rest}
    amount = f"{_figure(whole)}{_comma()}{rest:02d}" if rest else _figure(whole)
    return ngettext("%(amount)s euro", "%(amount)s euro", whole) % {"amount": amount}


def distance(km: float) -> str:
    """How far: "vlakbij" under half a kilometre, "2,5 km", "12 km"."""
    if math.isnan(km) or math.isinf(km):
        return gettext("we weten niet hoe ver")
    if km < NEARBY_KM:
        return gettext("vlakbij")
    figure = f"{km:.1f}".removesuffix(".0").replace(".", _comma()) if km < 9.95 else _figure(round(km))
    return gettext("%(km)s km") % {"km": figure}


def stretch(days: int) -> str:
    """How long something lasts: "2 jaar", "60 dagen", "1 dag"."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(years)s jaar", "%(years)s jaar", years) % {"years": years}
    return count(days, "dag", "dagen")


def count(n: int, one: str, many: str, none: str = "") -> str:
    """A number of things: "1 plaats", "3 plaatsen", "geen plaatsen".

    `one` and `many` are Dutch, and words of the portal themselves (config/translations.py takes them from the call);
    `none` is in the language of the page already.
    """
    if n == 0:
        return none or gettext("geen %(things)s") % {"things": ngettext(one, many, 0)}
    return gettext("%(number)s %(things)s") % {"number": _figure(n), "things": ngettext(one, many, n)}


def _figure(n: int) -> str:
    """A whole number as it is written: 12.500."""
    return f"{n:,}".replace(",", pgettext("duizendtal", "."))


def _comma() -> str:
    return pgettext("komma", ",")
