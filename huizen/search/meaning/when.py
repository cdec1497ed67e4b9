"""Time words: today, next week, Wednesday afternoon, in the Easter holidays, 12 March; in six languages."""

import re
from calendar import monthrange
from datetime import date, timedelta

from django.utils.translation import gettext

from huizen import words
from huizen.models import Holiday
from huizen.search.meaning.sentence import Phrases, Reading, Sentence, lines

PERIODS = Phrases(
    lines("""
vandaag: vandaag, nog vandaag, aujourd'hui, today, bugün, اليوم, сьогодні
morgen: morgen, demain, tomorrow, yarın, غدا, بكرا, بكرة, завтра
overmorgen: overmorgen, après-demain, day after tomorrow, the day after tomorrow, öbür gün, بعد غد, післязавтра
week: deze week, cette semaine, this week, bu hafta, هذا الأسبوع, هذا الاسبوع, цього тижня, на цьому тижні
next_week: volgende week, komende week, la semaine prochaine, semaine prochaine, next week, gelecek hafta, haftaya, الأسبوع القادم, الاسبوع القادم, наступного тижня
weekend: dit weekend, in het weekend, het weekend, weekend, weekends, komend weekend, ce week-end, ce weekend, le week-end, week-end, this weekend, at the weekend, on the weekend, bu hafta sonu, hafta sonu, hafta sonları, نهاية الأسبوع, عطلة نهاية الأسبوع, у вихідні, на вихідних, цими вихідними, вихідні
next_weekend: volgend weekend, volgende weekend, le week-end prochain, next weekend, gelecek hafta sonu
month: deze maand, ce mois-ci, ce mois, this month, bu ay, هذا الشهر, цього місяця
next_month: volgende maand, le mois prochain, next month, gelecek ay, الشهر القادم, наступного місяця
vakantie: in de vakantie, in de schoolvakantie, tijdens de vakantie, in de vakanties, tijdens de schoolvakantie, schoolvakantie, schoolvakanties, vakantie, vakanties, pendant les vacances, vacances scolaires, les vacances, vacances, school holidays, school holiday, during the holidays, in the holidays, holidays, tatilde, okul tatili, tatil, في العطلة, العطلة المدرسية, عطلة مدرسية, العطلة, عطلة, на канікулах, канікули, під час канікул
vandaag namiddag: vanmiddag, vannamiddag, deze namiddag, vandaag in de namiddag, cet après-midi, this afternoon, bugün öğleden sonra
vandaag voormiddag: vanochtend, vanmorgen, deze voormiddag, ce matin, this morning, bu sabah
vandaag avond: vanavond, deze avond, ce soir, tonight, this evening, bu akşam, هذا المساء, сьогодні ввечері
morgen voormiddag: morgenvroeg, morgenochtend, morgenvoormiddag, morgen vroeg, morgen ochtend, demain matin, tomorrow morning, yarın sabah
morgen namiddag: morgennamiddag, morgenmiddag, demain après-midi, tomorrow afternoon
morgen avond: morgenavond, demain soir, tomorrow evening, yarın akşam
""")
)

#: 0 = Monday.
WEEKDAYS = {
    0: "maandag, maandagen, lundi, lundis, monday, mondays, pazartesi, الاثنين, الإثنين, понеділок, понеділка",
    1: "dinsdag, dinsdagen, mardi, mardis, tuesday, tuesdays, salı, الثلاثاء, вівторок, вівторка",
    2: "woensdag, woensdagen, woe, mercredi, mercredis, wednesday, wednesdays, çarşamba, الأربعاء, الاربعاء, середа, середу, середи",
    3: "donderdag, donderdagen, jeudi, jeudis, thursday, thursdays, perşembe, الخميس, четвер, четверга",
    4: "vrijdag, vrijdagen, vendredi, vendredis, friday, fridays, cuma, الجمعة, п'ятниця, п'ятницю, п'ятниці",
    5: "zaterdag, zaterdagen, samedi, samedis, saturday, saturdays, cumartesi, السبت, субота, суботу, суботи",
    6: "zondag, zondagen, dimanche, dimanches, sunday, sundays, pazar, الأحد, الاحد, неділя, неділю, неділі",
}
PARTS = {
    "voormiddag": "voormiddag, ochtend, morgen, morgens, ochtends, matin, morning, sabah, sabahı, صباحا, الصباح, вранці, ранок",
    "namiddag": "namiddag, middag, middags, namiddags, après-midi, afternoon, öğleden sonra, بعد الظهر, після обіду, вдень",
    "avond": "avond, avonds, soir, evening, akşam, akşamı, مساء, المساء, ввечері, вечір, увечері",
}
#: Said without a day before it, these mean a part of the day; the bare word "morgen" means tomorrow.
ALONE = Phrases(
    lines("""
voormiddag: in de voormiddag, 's morgens, 's ochtends, smorgens, sochtends, in de ochtend, in de morgen, de morgen, voormiddag, ochtend, le matin, matin, in the morning, mornings, morning, sabahları, sabah, صباحا, في الصباح, вранці, зранку
namiddag: in de namiddag, na de middag, na den noen, achternoen, 's namiddags, 's middags, smiddags, namiddag, na school, na de school, na schooltijd, l'après-midi, après-midi, après l'école, in the afternoon, afternoons, afternoon, after school, öğleden sonra, okuldan sonra, بعد الظهر, بعد المدرسة, після обіду, після школи
avond: in de avond, 's avonds, savonds, avond, na het werk, na mijn werk, le soir, soir, après le travail, in the evening, evenings, evening, after work, akşamları, akşam, işten sonra, مساء, في المساء, بعد العمل, ввечері, увечері, вечорами
""")
)

TRAILING_DAY = {"gunu", "gunleri"}
BETWEEN = {"in", "de", "en", "the", "s", "op", "في"}

MONTHS = {
    1: "januari, jan, janvier, january, ocak ayı, يناير, січень, січня, січні",
    2: "februari, feb, février, february, şubat, فبراير, лютий, лютого, лютому",
    3: "maart, mars, march, mart, مارس, березень, березня, березні",
    4: "april, apr, avril, nisan, ابريل, أبريل, квітень, квітня, квітні",
    5: "mei, mai, may, mayıs, مايو, травень, травня, травні",
    6: "juni, juin, june, haziran, يونيو, червень, червня, червні",
    7: "juli, juillet, july, temmuz, يوليو, липень, липня, липні",
    8: "augustus, aug, août, august, ağustos, اغسطس, أغسطس, серпень, серпня, серпні",
    9: "september, sept, septembre, eylül, سبتمبر, вересень, вересня, вересні",
    10: "oktober, okt, octobre, october, ekim, اكتوبر, أكتوبر, жовтень, жовтня, жовтні",
    11: "november, nov, novembre, kasım, نوفمبر, листопад, листопада, листопаді",
    12: "december, dec, décembre, aralık, ديسمبر, грудень, грудня, грудні",
}
#: Words that mean a month only beside a figure, or after "in": "may" and "mars" mean other things too.
SHY = {"may", "march", "mars", "mart", "jan", "mai", "ekim"}
IN = {"in", "en", "au", "eind", "begin", "half", "في", "у", "в"}
#: Before a month these say from when on.
FROM = {
    "vanaf",
    "sinds",
    "tegen",
    "dès",
    "des",
    "pour",
    "depuis",
    "from",
    "since",
    "by",
    "starting",
    "з",
    "від",
    "من",
}

#: What people call a school holiday, and how its name begins in the table of holidays.
HOLIDAYS = Phrases(
    lines("""
Kerst: kerstvakantie, vacances de noël, christmas holidays, christmas holiday, christmas break, noel tatili, عطلة عيد الميلاد, різдвяні канікули, зимові канікули
Krokus: krokusvakantie, voorjaarsvakantie, vacances de carnaval, vacances de détente, carnival holidays, spring break
Paas: paasvakantie, vacances de pâques, easter holidays, easter holiday, easter break, paskalya tatili, عطلة الفصح, великодні канікули, пасхальні канікули
Zomer: zomervakantie, grote vakantie, de grote vakantie, grandes vacances, les grandes vacances, vacances d'été, summer holidays, summer holiday, summer vacation, summer break, yaz tatili, yaz tatilinde, العطلة الصيفية, عطلة الصيف, літні канікули, літніх канікулах
Herfst: herfstvakantie, allerheiligenvakantie, vacances de la toussaint, vacances d'automne, vacances de toussaint, autumn break, autumn holidays, sonbahar tatili, осінні канікули
""")
)


def _names(table: dict[int, str]) -> dict[str, int]:
    return {phrase: number for number, row in table.items() for phrase in row.split(", ")}


_DAYS = Phrases(_names(WEEKDAYS).items())
_PARTS = Phrases((phrase, part) for part, names in PARTS.items() for phrase in names.split(","))
_TOGETHER = {
    f"{day}{part}": (number, code)
    for number, day in enumerate(words.WEEKDAYS)
    for part, code in {
        "voormiddag": "voormiddag",
        "ochtend": "voormiddag",
        "morgen": "voormiddag",
        "middag": "namiddag",
        "namiddag": "namiddag",
        "avond": "avond",
    }.items()
}
_MONTHS = {
    plain: number for name, number in _names(MONTHS).items() if (plain := Sentence(name).words[0].text)
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:e|er|ste|de|st|nd|rd|th)? (?:of )?({_MONTH})(?: (20\d\d))?(?!\S)")
_MONTH_DAY = re.compile(
    rf"({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?: (20\d\d))?(?!\S)(?! (?:jaar|jarige?|maanden?|ans|years?|months?|uur|euro)(?!\S))"
)
_FIGURES = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(20\d\d|\d\d))?(?!\S)")


def read(sentence: Sentence, *, today: date, holidays: tuple[Holiday, ...]) -> list[Reading]:
    """The time words of a question, as choices; none over another."""
    found: list[Reading] = []
    taken: set[int] = set()
    for reader in (_dates, _school_holidays, _periods, _weekdays, _parts, _months):
        for reading in reader(sentence, taken, today, holidays):
            if taken.isdisjoint(reading.places):
                found.append(reading)
                taken.update(reading.places)
    return sorted(found, key=lambda reading: reading.first)


def _dates(sentence, taken, today, holidays):
    """12 maart, march 12, 12/3/2027."""
    if not any(letter.isdigit() for letter in sentence.line):
        return
    for match, first, last in sentence.matches(_DAY_MONTH):
        yield from _dated(sentence, first, last, today, match[1], _MONTHS[match[2]], match[3])
    for match, first, last in sentence.matches(_MONTH_DAY):
        yield from _dated(sentence, first, last, today, match[2], _MONTHS[match[1]], match[3])
    for match, first, last in sentence.matches(_FIGURES):
        yield from _dated(sentence, first, last, today, match[1], match[2], match[3])


def _dated(sentence, first, last, today, day, month, year):
    found = _day(int(day), int(month), int(year) if year else 0, today=today)
    if found:
        yield Reading(_back(sentence, first, {"op", "le", "on"}), last, _span(found, found, today=today))


def _day(day: int, month: int, year: int, *, today: date) -> date | None:
    """The day meant: the next one, where no year was said; None where no calendar has it."""
    year = year + 2000 if 0 < year < 100 else year
    for candidate in [year] if year else [today.year, today.year + 1]:
        if 1 <= month <= 12 and 1 <= day <= monthrange(candidate, month)[1]:
            found = date(candidate, month, day)
            if year or found >= today:
                return found
    return None


def _school_holidays(sentence, taken, today, holidays):
    for first, last, name in HOLIDAYS.found(sentence, taken):
        first = _back(sentence, first, {"in", "de", "tijdens", "pendant", "les", "the", "during"})
        ahead = [row for row in holidays if row.name.startswith(name) and row.ends_on >= today]
        if ahead:
            row = min(ahead, key=lambda row: row.starts_on)
            yield Reading(first, last, _span(max(row.starts_on, today), row.ends_on, today=today))
        else:
            yield Reading(first, last, (("wanneer", "vakantie", "In de schoolvakantie"),))


def _periods(sentence, taken, today, holidays):
    for first, last, code in PERIODS.found(sentence, taken):
        if (
            code == "morgen"
            and first
            and (_DAYS.at(sentence, first - 1) or sentence.words[first - 1].text == "de")
        ):
            continue  # "woensdag morgen" is a morning, and so is "in de morgen"
        period, _, part = code.partition(" ")
        choices = _period(period, today)
        yield Reading(first, last, choices + ((_part(part),) if part else ()))


def _period(code: str, today: date) -> tuple:
    monday = today - timedelta(days=today.weekday())
    label = {
        "vandaag": "Vandaag",
        "morgen": "Morgen",
        "week": "Deze week",
        "weekend": "In het weekend",
        "vakantie": "In de schoolvakantie",
    }.get(code)
    if label:
        return (("wanneer", code, label),)
    first_of_next = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    spans = {
        "overmorgen": (today + timedelta(days=2),) * 2,
        "next_week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "next_weekend": (monday + timedelta(days=12), monday + timedelta(days=13)),
        "month": (today, first_of_next - timedelta(days=1)),
        "next_month": (first_of_next, _end_of_month(first_of_next)),
    }
    return _span(*spans[code], today=today)


def _weekdays(sentence, taken, today, holidays):
    """A day of the week, with the part of the day that stands behind it."""
    for place, word in enumerate(sentence.words):
        if word.text in _TOGETHER:
            number, part = _TOGETHER[word.text]
            yield Reading(_led(sentence, place), place, (_weekday(number), _part(part)))
    for first, last, number in _DAYS.found(sentence, taken):
        part_at = last + 1
        while part_at < len(sentence) and sentence.words[part_at].text in BETWEEN | TRAILING_DAY:
            part_at += 1
        part = _PARTS.at(sentence, part_at) if part_at < len(sentence) else None
        if part:
            yield Reading(_led(sentence, first), part[0], (_weekday(number), _part(part[1])))
        else:
            yield Reading(_led(sentence, first), last, (_weekday(number),))


def _parts(sentence, taken, today, holidays):
    for first, last, part in ALONE.found(sentence, taken):
        yield Reading(first, last, (_part(part),))


def _months(sentence, taken, today, holidays):
    """The month alone: all of it, the next time it comes."""
    for place, word in enumerate(sentence.words):
        month = _MONTHS.get(word.text)
        before = sentence.words[place - 1].text if place else ""
        begins = before in FROM or (before == "de" and sentence.words[place - 2].text == "partir")
        led = before in IN or begins
        if month and not before.isdigit() and (led or word.text not in SHY):
            start = date(today.year + (month < today.month), month, 1)
            if begins:
                yield Reading(place - 1, place, _since(max(start, today), today=today))
                continue
            span = _span(max(start, today), _end_of_month(start), today=today)
            yield Reading(place - 1 if led else place, place, span)


def is_beginning(reading: Reading) -> bool:
    """Whether it is a day from which on: "vanaf september"."""
    return [name for name, _, _ in reading.choices] == ["van"]


def _since(first: date, *, today: date) -> tuple:
    return (("van", first.isoformat(), f"Vanaf {words.day(first, today=today)}"),)


def _span(first: date, last: date, *, today: date) -> tuple:
    """The two choices of a stretch of days, both ends included."""
    since, until = words.day(first, today=today), words.day(last, today=today)
    if first == last:
        return (("van", first.isoformat(), since.capitalize()), ("tot", last.isoformat(), since.capitalize()))
    first_words = gettext("Vanaf %(day)s") % {"day": since}
    last_words = gettext("Tot en met %(day)s") % {"day": until}
    return (("van", first.isoformat(), first_words), ("tot", last.isoformat(), last_words))


def _weekday(number: int) -> tuple[str, str, str]:
    return ("dag", str(number), words.WEEKDAYS[number].capitalize())


def _part(code: str) -> tuple[str, str, str]:
    return ("deel", code, f"In de {code}")


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _led(sentence: Sentence, first: int) -> int:
    return _back(
        sentence, first, {"op", "elke", "iedere", "deze", "le", "les", "on", "every", "يوم", "في", "в", "у"}
    )


def _back(sentence: Sentence, first: int, leading: set[str]) -> int:
    """The little words before a phrase go with it."""
    while first and sentence.words[first - 1].text in leading:
        first -= 1
    return first
