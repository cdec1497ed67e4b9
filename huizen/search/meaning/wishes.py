"""Price and practical words: free, without signing up, by wheelchair, with childcare, inside, in Turkish, little Dutch.

"Goedkoop" is no wish of its own: nearly all is free, and a filter would hide what costs two euro.
"""

from django.utils.translation import gettext_noop as _

from huizen.search.meaning.sentence import Phrases, Reading, Sentence, lines

LABELS = {
    "gratis=1": _("Gratis"),
    "korting=1": _("Minder betalen kan"),
    "vrij=1": _("Zonder inschrijven"),
    "plaatsvrij=1": _("Nog plaats"),
    "rolstoel=1": _("Met de rolstoel"),
    "buggy=1": _("Met de buggy"),
    "opvang=1": _("Met opvang"),
    "binnen=1": _("Binnen"),
    "nederlands=none": _("Geen Nederlands nodig"),
    "nederlands=little": _("Een beetje Nederlands"),
}
WISHES = Phrases(
    lines("""
gratis=1: gratis, kosteloos, zonder te betalen, gratuit, gratuite, gratuits, gratuites, gratuitement, for free, free, ücretsiz, bedava, مجاني, مجانا, مجانية, المجانية, безкоштовно, безкоштовний, безкоштовна, безкоштовні, безоплатно
nothing: niet gratis, hoeft niet gratis, pas gratuit, not free
korting=1: met korting, met kansentarief, aan kansentarief, tarif réduit, à tarif réduit, reduced price, reduced rate
vrij=1: zonder inschrijven, zonder inschrijving, niet inschrijven, zonder afspraak, zonder reservatie, vrij binnenlopen, vrij binnen lopen, gewoon binnenlopen, gewoon binnen lopen, gewoon langskomen, gewoon komen, sans inscription, sans rendez-vous, without registration, without signing up, no registration, no sign up, without appointment, no appointment, walk in, drop in, randevusuz, kayıtsız, بدون موعد, بدون تسجيل, без запису, без реєстрації
plaatsvrij=1: nog plaats, nog plaatsen, vrije plaatsen, nog plaatsen vrij, places libres, places left
rolstoel=1: rolstoel, rolstoeltoegankelijk, toegankelijk voor rolstoelen, rolstoelvriendelijk, rolwagen, met rolstoel, met de rolstoel, met een rolstoel, fauteuil roulant, en fauteuil roulant, chaise roulante, wheelchair, wheelchair accessible, tekerlekli sandalye, كرسي متحرك, інвалідний візок, на візку
buggy=1: met de buggy, met buggy, met een buggy, met de kinderwagen, met kinderwagen, met een kinderwagen, met de koets, buggy toegankelijk, toegankelijk met buggy, avec poussette, avec une poussette, en poussette, with buggy, with stroller, with a stroller, with pram, with a pram, with pushchair, bebek arabası ile, bebek arabasıyla, مع عربة أطفال, з коляскою, з візочком
opvang=1: met opvang, met kinderopvang, met opvang voor kinderen, opvang voorzien, kinderopvang voorzien, er is opvang, er opvang is, avec garderie, avec garde d'enfants, with childcare, childcare provided, with babysitting, çocuk bakımı ile, مع حضانة, з доглядом за дітьми
binnen=1: binnen spelen, binnen, binnenspeeltuin, als het regent, het regent, bij regen, bij regenweer, regenweer, regen, slecht weer, bij slecht weer, à l'intérieur, quand il pleut, il pleut, jour de pluie, pluie, indoor, indoors, inside, rainy day, when it rains, rain, kapalı alan, kapalı alanda, yağmurlu, yağmur, مطر, في الداخل, дощ, дощова погода, в приміщенні, у приміщенні
nederlands=none: geen nederlands, zonder nederlands, ik spreek geen nederlands, ik ken geen nederlands, ik versta geen nederlands, spreek geen nederlands, pas de néerlandais, sans néerlandais, sans parler néerlandais, je ne parle pas néerlandais, je ne parle pas le néerlandais, ne parle pas néerlandais, no dutch, without dutch, i don't speak dutch, i do not speak dutch, don't speak dutch, hollandaca bilmiyorum, felemenkçe bilmiyorum, flamanca bilmiyorum, لا أتكلم الهولندية, لا اتكلم الهولندية, لا أتحدث الهولندية, بدون الهولندية, не розмовляю нідерландською, не знаю нідерландської, без нідерландської
nederlands=little: weinig nederlands, beetje nederlands, een beetje nederlands, maar een beetje nederlands, niet goed nederlands, nog niet goed nederlands, nederlands niet goed, peu de néerlandais, un peu de néerlandais, a little dutch, little dutch, not much dutch, az hollandaca, biraz hollandaca, biraz felemenkçe, القليل من الهولندية, قليل من الهولندية, трохи нідерландської, трохи нідерландською
""")
)
#: After "binnen" a stretch of time makes it another word: "binnen 2 weken", "binnen een maand".
_NOT_INSIDE = {"een", "de", "het", "n", "enkele", "paar", "lopen", "komen"}

TONGUES = {
    "fr": (
        "Frans",
        "frans franse franstalig franstalige français french francophone fransızca الفرنسية بالفرنسية французькою",
    ),
    "en": (
        "Engels",
        "engels engelse engelstalig engelstalige anglais english anglophone ingilizce الانجليزية بالانجليزية الإنجليزية بالإنجليزية англійською",
    ),
    "tr": (
        "Turks",
        "turks turkse turkstalig turkstalige turc turque turkish türkçe türk التركية بالتركية турецькою",
    ),
    "ar": (
        "Arabisch",
        "arabisch arabische arabischtalig arabe arabophone arabic arapça العربية بالعربية بالعربي عربي арабською",
    ),
    "uk": (
        "Oekraïens",
        "oekraiens oekraïens oekraiense oekraïense ukrainien ukrainienne ukrainian ukraynaca الأوكرانية بالأوكرانية українською українська українська-мова",
    ),
    "es": (
        "Spaans",
        "spaans spaanse spaanstalig spaanstalige espagnol español spanish ispanyolca الاسبانية іспанською",
    ),
    "pl": ("Pools", "pools poolse polonais polonaise polski polish lehçe البولندية польською"),
}
_TONGUES = {
    Sentence(word).words[0].text: code for code, (_, names) in TONGUES.items() for word in names.split()
}
#: Said so, a language is the one she wants to be spoken to in.
_BEFORE = {
    "in",
    "het",
    "spreekt",
    "spreken",
    "spreek",
    "praat",
    "praten",
    "en",
    "parle",
    "parlent",
    "parlant",
    "speak",
    "speaks",
    "speaking",
    "le",
    "l",
    "talen",
}
_MARKS = {
    "in",
    "en",
    "spreekt",
    "spreken",
    "spreek",
    "praat",
    "praten",
    "parle",
    "parlent",
    "parlant",
    "speak",
    "speaks",
}
_IN = {"in", "en"}
_AFTER = {
    "spreekt",
    "spreken",
    "spreek",
    "sprekend",
    "sprekende",
    "talig",
    "gesproken",
    "speaking",
    "speakers",
    "spoken",
    "konusan",
    "konusuyorum",
    "konusulan",
    "biliyorum",
}
#: One word that says it all: in Arabic and Ukrainian the case does, in Dutch the ending.
_WHOLE = ("talig", "talige", "phone", "kou")
#: Who learns or translates a language does not ask to be spoken to in it.
_LEARNING = {
    "leren",
    "leer",
    "les",
    "lessen",
    "cursus",
    "oefenen",
    "tolk",
    "tolken",
    "vertaler",
    "vertalen",
    "vertaling",
    "apprendre",
    "cours",
    "interprete",
    "traduire",
    "traduction",
    "learn",
    "learning",
    "lesson",
    "lessons",
    "class",
    "classes",
    "course",
    "interpreter",
    "translate",
    "translation",
    "ogrenmek",
    "kursu",
    "kurs",
    "tercuman",
    "тлумач",
    "перекладач",
    "курси",
    "مترجم",
    "تعلم",
    "دورة",
}


def read(sentence: Sentence) -> list[Reading]:
    """The practical wishes of a question."""
    found = []
    for first, last, wish in WISHES.found(sentence):
        if wish == "binnen=1" and first == last and _is_of_time(sentence, last):
            continue
        name, _sign, value = wish.partition("=")
        found.append(Reading(first, last, ((name, value, LABELS[wish]),) if value else ()))
    taken = {place for reading in found for place in reading.places}
    return found + [reading for reading in _tongues(sentence) if taken.isdisjoint(reading.places)]


def _is_of_time(sentence: Sentence, place: int) -> bool:
    after = sentence.words[place + 1].text if place + 1 < len(sentence) else ""
    return sentence.words[place].text == "binnen" and (after.isdigit() or after in _NOT_INSIDE)


def _tongues(sentence: Sentence) -> list[Reading]:
    """Languages in which she wants to be spoken to; the bare word counts when nothing else was asked."""
    learns = any(word.text in _LEARNING for word in sentence.words)
    found = []
    for place, word in enumerate(sentence.words):
        if code := _TONGUES.get(word.text):
            reading = _marked(sentence, place, code)
            if reading and (not learns or sentence.words[reading.first].text in _IN):
                found.append(reading)
    return found


def _marked(sentence: Sentence, place: int, code: str) -> Reading | None:
    first, last = place, place
    while first and sentence.words[first - 1].text in _BEFORE:
        first -= 1
    while last + 1 < len(sentence) and sentence.words[last + 1].text in _AFTER:
        last += 1
    led = any(word.text in _MARKS for word in sentence.words[first:place])
    whole = sentence.words[place].text.endswith(_WHOLE) or sentence.words[place].text.startswith("بال")
    if led or last > place or whole or len(sentence) == 1:
        return Reading(first, last, (("taal", code, TONGUES[code][0]),))
    return None
