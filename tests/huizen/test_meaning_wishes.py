"""Time, age, price, place and practical words become choices, in six languages."""

import datetime as dt

import pytest

from huizen.finder import place_by_key
from huizen.search.meaning import understand
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def chosen(text, **others):
    """The choices as in an address: a Wednesday morning, 4 March 2026."""
    return "&".join(f"{c.name}={c.value}" for c in understand(text, now=NOW, **others).choices)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("vandaag", "wanneer=vandaag"),
        ("wat is er morgen te doen", "wanneer=morgen"),
        ("overmorgen", "van=2026-03-06&tot=2026-03-06"),
        ("deze week", "wanneer=week"),
        ("volgende week", "van=2026-03-09&tot=2026-03-15"),
        ("dit weekend", "wanneer=weekend"),
        ("volgend weekend", "van=2026-03-14&tot=2026-03-15"),
        ("deze maand", "van=2026-03-04&tot=2026-03-31"),
        ("volgende maand", "van=2026-04-01&tot=2026-04-30"),
        ("vanavond", "wanneer=vandaag&deel=avond"),
        ("morgenvroeg", "wanneer=morgen&deel=voormiddag"),
        ("woensdag namiddag", "dag=2&deel=namiddag"),
        ("op woensdagnamiddag", "dag=2&deel=namiddag"),
        ("zaterdagvoormiddag", "dag=5&deel=voormiddag"),
        ("woensdag morgen", "dag=2&deel=voormiddag"),
        ("elke dinsdag in de namiddag", "dag=1&deel=namiddag"),
        ("maandag of donderdag", "dag=0&dag=3"),
        ("'s avonds", "deel=avond"),
        ("na school", "deel=namiddag"),
        ("in de vakantie", "wanneer=vakantie"),
        ("kerstvakantie", "van=2026-12-21&tot=2027-01-03"),
        ("in de paasvakantie", "van=2026-04-06&tot=2026-04-19"),
        ("zomervakantie", "van=2026-07-01&tot=2026-08-31"),
        ("de grote vakantie", "van=2026-07-01&tot=2026-08-31"),
        ("12 maart", "van=2026-03-12&tot=2026-03-12"),
        ("op 12/3", "van=2026-03-12&tot=2026-03-12"),
        ("2 maart", "van=2027-03-02&tot=2027-03-02"),
        ("12/3/2027", "van=2027-03-12&tot=2027-03-12"),
        ("31 februari", ""),
        ("maart", "van=2026-03-04&tot=2026-03-31"),
        ("in januari", "van=2027-01-01&tot=2027-01-31"),
        ("mercredi après-midi", "dag=2&deel=namiddag"),
        ("aujourd'hui", "wanneer=vandaag"),
        ("vacances de Pâques", "van=2026-04-06&tot=2026-04-19"),
        ("le 12 mars", "van=2026-03-12&tot=2026-03-12"),
        ("saturday morning", "dag=5&deel=voormiddag"),
        ("this week", "wanneer=week"),
        ("may i come", ""),
        ("in may", "van=2026-05-01&tot=2026-05-31"),
        ("bugün", "wanneer=vandaag"),
        ("Çarşamba öğleden sonra", "dag=2&deel=namiddag"),
        ("yaz tatili", "van=2026-07-01&tot=2026-08-31"),
        ("غدا", "wanneer=morgen"),
        ("يوم الأربعاء بعد الظهر", "dag=2&deel=namiddag"),
        ("сьогодні", "wanneer=vandaag"),
        ("у п'ятницю вранці", "dag=4&deel=voormiddag"),
        ("літні канікули", "van=2026-07-01&tot=2026-08-31"),
    ],
)
def test_time_words(text, address):
    assert chosen(text) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("baby van 4 maanden", "leeftijd=4"),
        ("baby", "leeftijd=baby"),
        ("mijn peuter", "leeftijd=toddler"),
        ("kleuters", "leeftijd=preschool"),
        ("2 jaar", "leeftijd=24"),
        ("2,5 jaar", "leeftijd=30"),
        ("anderhalf jaar", "leeftijd=18"),
        ("3-jarige", "leeftijd=36"),
        ("3 jarige", "leeftijd=36"),
        ("dochter van 14", "leeftijd=168"),
        ("tiener", "leeftijd=teen"),
        ("puber", "leeftijd=teen"),
        ("pasgeboren baby", "leeftijd=0"),
        ("3 weken oud", "leeftijd=0"),
        ("zwanger", "leeftijd=pregnancy"),
        ("20 weken zwanger", "leeftijd=pregnancy"),
        ("ik ben 19 jaar en zwanger", "leeftijd=pregnancy"),
        ("lagere school", "leeftijd=primary"),
        ("peuter en baby", ""),
        ("ik woon hier 2 jaar in belgië", ""),
        ("oma van 70 jaar", ""),
        ("bébé de 6 mois", "leeftijd=6"),
        ("enceinte", "leeftijd=pregnancy"),
        ("3 year old", "leeftijd=36"),
        ("toddler", "leeftijd=toddler"),
        ("hamile", "leeftijd=pregnancy"),
        ("3 yaşında", "leeftijd=36"),
        ("حامل", "leeftijd=pregnancy"),
        ("вагітна", "leeftijd=pregnancy"),
        ("2 роки", "leeftijd=24"),
    ],
)
def test_age_words(text, address):
    assert chosen(text) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("gratis", "gratis=1"),
        ("gratuit", "gratis=1"),
        ("ücretsiz", "gratis=1"),
        ("مجاني", "gratis=1"),
        ("безкоштовно", "gratis=1"),
        ("goedkoop", ""),
        ("zonder inschrijven", "vrij=1"),
        ("sans rendez-vous", "vrij=1"),
        ("met de rolstoel", "rolstoel=1"),
        ("met de buggy", "buggy=1"),
        ("tweedehands kinderwagen", ""),
        ("met opvang", "opvang=1"),
        ("binnen spelen", "binnen=1"),
        ("als het regent", "binnen=1"),
        ("binnen 2 weken", ""),
        ("in het frans", "taal=fr"),
        ("spreekt iemand turks", ""),
        ("iemand die turks spreekt", "taal=tr"),
        ("turks", "taal=tr"),
        ("parle français", "taal=fr"),
        ("turkish speaking", "taal=tr"),
        ("بالعربية", "taal=ar"),
        ("українською", "taal=uk"),
        ("tolk arabisch", ""),
        ("franse les", ""),
        ("weinig nederlands", "nederlands=little"),
        ("geen nederlands", "nederlands=none"),
        ("no dutch", "nederlands=none"),
    ],
)
def test_price_and_practical_words(text, address):
    assert chosen(text) == address


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("babymassage in mol", "2400-mol"),
        ("te Geel", "2440-geel"),
        ("rond turnhout", "2300-turnhout"),
        ("2400", "2400-mol"),
        ("2400 mol", "2400-mol"),
        ("babymassage mol", "2400-mol"),
        ("babymassage Sint-Niklaas", "9100-sint-niklaas"),
        ("turnhout babymassage", "2300-turnhout"),
        ("speelplein heist op den berg", "2220-heist-op-den-berg"),
        ("near Leuven", "3000-leuven"),
        ("Mol'da", "2400-mol"),
        ("في أنتويرب", "2000-antwerpen"),
        ("у Генті", "9000-gent"),
        ("in boom", "2850-boom"),
        ("boom", "2850-boom"),
        ("een boom planten", None),
        ("kind speelt niet meer", None),
        ("broodmaaltijd met ham", None),
        ("vlakbij", None),
        ("9999", None),
    ],
)
def test_place_words(text, place):
    choices = {c.name: c.value for c in understand(text, now=NOW).choices}
    assert choices.get("plaats") == place


@pytest.mark.parametrize(
    "text", ["vlakbij", "in de buurt", "near me", "près de chez moi", "yakınımda", "قريب", "поруч"]
)
def test_nearby_is_near_the_home_that_we_know(text):
    home = place_by_key("2400-mol", day=dt.date(2026, 3, 4))
    assert chosen(text, home=home) == "plaats=2400-mol&straal=10"


def test_choices_come_with_the_words_as_they_were_typed():
    understood = understand("Babymassage op Woensdag-Namiddag, GRATIS in Mol", now=NOW)
    assert [(c.name, c.typed) for c in understood.choices] == [
        ("dag", "op Woensdag-Namiddag"),
        ("deel", "op Woensdag-Namiddag"),
        ("gratis", "GRATIS"),
        ("plaats", "in Mol"),
    ]
    assert understood.words == "Babymassage"
