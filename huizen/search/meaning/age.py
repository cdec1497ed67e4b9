"""Age words: "baby van 4 maanden", "peuter", "2,5 jaar", "zwanger"; in six languages."""

import re

from django.utils.translation import gettext

from huizen import words
from huizen.search.meaning.sentence import Phrases, Reading, Sentence, lines
from huizen.vocabulary import AGE_BANDS, AGE_MAX

BANDS = {band.code: band for band in AGE_BANDS}
#: Above this, it is not the child who is so old.
OLDEST_YEARS = 24
#: From this age on, who says "19 jaar en zwanger" speaks of herself.
MOTHERS_FROM = 14 * 12
PREGNANCY = "pregnancy"

STAGES = Phrases(
    lines("""
pregnancy: zwanger, zwangere, zwangerschap, in verwachting, hoogzwanger, enceinte, grossesse, pregnant, pregnancy, expecting a baby, hamile, hamileyim, gebe, gebeyim, hamilelik, hamilelikte, حامل, الحامل, للحامل, للحوامل, الحوامل, حوامل, الحمل, вагітна, вагітною, вагітність, вагітності, вагітних, вагітним
0: pasgeboren, pasgeborene, pas geboren, pasgeboren baby, net bevallen, pas bevallen, nouveau-né, nouveau né, nouveau-nés, newborn, new born, newborns, yenidoğan, yeni doğan, حديث الولادة, حديثي الولادة, مولود جديد, новонароджений, новонароджена, новонародженого, немовля, немовлям, немовлят, немовляти
baby: baby, baby's, babytje, bebe, zuigeling, bébé, bébés, nourrisson, babies, infant, bebek, bebeğim, bebeğimi, bebeğime, bebeği, bebekler, bebekle, رضيع, الرضيع, رضيعي, رضع, الرضع, طفلي الرضيع, малюк, малюка, малюком
nobody's: nieuwe baby, een nieuwe baby, nieuwe babytje, new baby, nouveau bébé, nouveau bebe, yeni bebek
toddler: peuter, peuters, peutertje, dreumes, tout-petit, tout petit, tout-petits, tout petits, toddler, toddlers
preschool: kleuter, kleuters, kleutertje, enfant de maternelle, preschooler, preschoolers, дошкільнят, дошкільник
primary: lagere school, lagereschoolkind, lagere schoolkind, basisschool, basisschoolkind, école primaire, primary school, ilkokul, المدرسة الابتدائية, початкова школа
teen: tiener, tieners, puber, pubers, pubermeisje, puberzoon, puberdochter, tienerdochter, tienerzoon, ado, ados, adolescent, adolescente, adolescents, teen, teens, teenager, teenagers, teenage, ergen, ergenler, مراهق, المراهق, مراهقة, المراهقين, مراهقين, підліток, підлітка, підлітки, підлітком, підліткам, підлітків
young_adult: jongvolwassene, jongvolwassenen, jeune adulte, young adult, young adults
""")
)
#: It is another child that the question is about: "jaloers op de nieuwe baby".
NOBODYS = "nobody's"
#: How many months (or, for weeks and days, none) lie in one of what was counted.
UNITS = {
    12: "jaar jaren jaartje jaartjes jr j jarig jarige ans an year years yr yrs yaş yaşında yaşındaki سنة سنوات سنين عام أعوام рік роки років річний річна річної річного",
    1: "m maand maanden maandje maandjes mnd mdn mois month months mo ay aylık شهر أشهر اشهر شهور місяць місяці місяців місячний",
    0: "week weken weekjes dagen dag semaine semaines week weeks days haftalık günlük أسبوع أسابيع اسابيع тиждень тижні тижнів",
}
_UNITS = {Sentence(word).words[0].text: months for months, row in UNITS.items() for word in row.split()}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
#: What is counted from another moment than a birth.
_NOT_AN_AGE = r"(?! (?:geleden|in belgie|in vlaanderen|hier|samen|getrouwd|gehuwd|ago|wachten|ici|en belgique|in belgium))"
_COUNTED = re.compile(
    rf"(?<!binnen )(?<!over )(?<!sinds )(\d{{1,3}})(?:[.,](\d))? ?-?({_UNIT})(?: (?:oud|old|oude|zwanger|pregnant|enceinte))?(?!\S){_NOT_AN_AGE}"
)
_HALF = re.compile(r"(anderhalf|anderhalve) jaar(?: oud)?(?!\S)")
_AND_A_HALF = re.compile(r"(\d{1,2}) (?:jaar )?(?:en )?(?:een |n )?half(?: jaar)?(?: oud)?(?!\S)")
#: "mijn dochter van 14": a figure behind a child needs no unit.
_CHILD = """
dochter dochtertje zoon zoontje kind kinderen kindje jongen meisje kleindochter kleinzoon kleinkind baby peuter kleuter tiener
puber fille fils enfant garcon bebe daughter son child kid boy girl
"""
_OF_FIGURE = re.compile(
    rf"(?:{'|'.join(_CHILD.split())}) (?:van |de |of |is |aged |heeft )?(\d{{1,2}})(?![\d/.,])(?!\S)(?! (?:{_UNIT})(?!\S))(?! (?:jaar )?(?:en )?(?:een |n )?half(?!\S))"
)
#: Who or what tells that weeks or days are an age.
_YOUNG = {
    *_CHILD.split(),
    "oud",
    "oude",
    "old",
    "bebek",
    "bebegim",
    "newborn",
    "رضيع",
    "طفل",
    "طفلي",
    "немовля",
    "дитина",
}
_JOINING = {"van", "de", "of", "is", "aged"}


def read(sentence: Sentence) -> list[Reading]:
    """The age words of a question as one choice; none where several ages are spoken of."""
    found = _merged(sentence, [*_numbers(sentence), *_stages(sentence)])
    values = {reading.choices[0][1] for reading in found}
    if PREGNANCY in values and all(_is_hers(value) for value in values):
        return [reading for reading in found if reading.choices[0][1] == PREGNANCY][:1]
    return found[:1] if len(values) == 1 else []


def _is_hers(value: str) -> bool:
    return value == PREGNANCY or (value.isdigit() and int(value) >= MOTHERS_FROM)


def _numbers(sentence: Sentence) -> list[Reading]:
    """Ages with a figure: 4 maanden, 2,5 jaar, 3-jarige, dochter van 14."""
    found = []
    for _, first, last in sentence.matches(_HALF):
        found.append(_months(first, last, 18))
    if any(letter.isdigit() for letter in sentence.line):
        for match, first, last in sentence.matches(_AND_A_HALF):
            if int(match[1]) <= OLDEST_YEARS:
                found.append(_months(first, last, int(match[1]) * 12 + 6))
        for match, first, last in sentence.matches(_COUNTED):
            found += _counted(sentence, match, first, last)
        for match, first, last in sentence.matches(_OF_FIGURE):
            if 0 < int(match[1]) <= OLDEST_YEARS:
                found.append(_months(first, last, int(match[1]) * 12))
    return found


def _counted(sentence: Sentence, match: re.Match, first: int, last: int) -> list[Reading]:
    unit = _UNITS[match[3]]
    if sentence.words[last].text in {"zwanger", "pregnant", "enceinte"}:
        return [_stage(first, last, PREGNANCY)]
    months = round(float(f"{match[1]}.{match[2] or 0}") * unit)
    if unit == 0 and not _is_of_a_child(sentence, first, last):
        return []
    if months > OLDEST_YEARS * 12 or months > AGE_MAX or (unit == 0 and int(match[1]) > 60):
        return []
    return [_months(first, last, months)]


def _is_of_a_child(sentence: Sentence, first: int, last: int) -> bool:
    """Weeks and days are an age beside a child, or "oud": "opvang 2 dagen" is none."""
    before = [word.text for word in sentence.words[:first]]
    while before and before[-1] in _JOINING:
        before.pop()
    beside = {*before[-1:], *(word.text for word in sentence.words[last : last + 2])}
    return not beside.isdisjoint(_YOUNG)


def _stages(sentence: Sentence) -> list[Reading]:
    return [
        _stage(first, last, code) if code in BANDS else _months(first, last, int(code))
        for first, last, code in STAGES.found(sentence)
        if code != NOBODYS
    ]


def _stage(first: int, last: int, code: str) -> Reading:
    return Reading(first, last, (("leeftijd", code, BANDS[code].label),), keeps_words=True)


def _months(first: int, last: int, months: int) -> Reading:
    label = gettext("Pasgeboren") if months == 0 else words.age(months)
    return Reading(first, last, (("leeftijd", str(months), label),), keeps_words=True)


def _merged(sentence: Sentence, found: list[Reading]) -> list[Reading]:
    """A figure tells more than the word before it: "baby van 4 maanden" is one age."""
    found = sorted(found, key=lambda reading: (reading.first, -reading.last))
    merged: list[Reading] = []
    for reading in found:
        before = merged[-1] if merged else None
        if before and reading.first <= before.last:
            continue
        if before and _joined(sentence, before, reading):
            value = reading if reading.choices[0][1].isdigit() else before
            merged[-1] = Reading(before.first, reading.last, value.choices, keeps_words=True)
        else:
            merged.append(reading)
    return merged


def _joined(sentence: Sentence, before: Reading, after: Reading) -> bool:
    """Whether two ages are one: a word and its figure, with nothing but "van" between."""
    between = {word.text for word in sentence.words[before.last + 1 : after.first]}
    one_of_each = before.choices[0][1].isdigit() != after.choices[0][1].isdigit()
    return one_of_each and between <= _JOINING
