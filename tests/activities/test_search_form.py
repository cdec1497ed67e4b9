"""The address of a search: every wish is read, a wrong one is named, and what is written can be taken away."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.forms.search import SearchForm
from activities.periods import common, from_until
from activities.question import address, less, words_less
from activities.search.wanted import Spot, Wanted
from huizen.recurrence import BRUSSELS
from huizen.search.understood import Choice, Understood
from tests.factories import NOW

MOL = Spot(lat=51.19, lon=5.11, house_id=1)


def wanted(query, **understood):
    form = SearchForm(QueryDict(query))
    assert form.is_valid(), form.errors
    return form.wanted(spot=MOL, now=NOW, **understood)


def day(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("query", "wishes"),
    [
        ("", {}),
        ("q=zingen", {"q": "zingen"}),
        ("straal=10", {"straal": 10}),
        ("geboren=2024-03", {"children": (24,)}),
        ("geboren=3/2024&geboren=2019-01&alle=1", {"children": (24, 86), "alle": True}),
        ("geboren=2026-08", {"children": (-5,)}),
        ("leeftijd=pregnancy", {"leeftijd": (-9, 0)}),
        ("leeftijd=18", {"leeftijd": (18, 19)}),
        ("geboren=2024-03&leeftijd=pregnancy", {"children": (24, -1)}),
        ("geboren=2024-03&leeftijd=teen", {"children": (24,)}),
        ("straks=1", {"straks": True}),
        ("wanneer=vandaag", {"between": (day("2026-03-04"), day("2026-03-05"))}),
        ("wanneer=vakantie", {"vakantie": True}),
        ("van=2026-12-01&tot=2026-12-31", {"between": (day("2026-12-01"), day("2027-01-01"))}),
        ("wanneer=week&van=2026-03-07", {"between": (day("2026-03-07"), day("2026-03-11"))}),
        ("dag=5&dag=2", {"days": (2, 5)}),
        ("deel=avond", {"deel": "avond"}),
        ("gratis=1&korting=1&vrij=1", {"gratis": True, "korting": True, "vrij": True}),
        ("plaatsvrij=1&opvang=1&binnen=1", {"plaatsvrij": True, "opvang": True, "binnen": True}),
        ("taal=tr&taal=ar&nederlands=little", {"talen": ("tr", "ar"), "nederlands": "little"}),
        ("rolstoel=1&buggy=1", {"rolstoel": True, "buggy": True}),
        (
            "element=support&vraag=geld&soort=workshop",
            {"element": "support", "vraag": "geld", "soort": "workshop"},
        ),
        ("huis=mol&volgorde=dichtst", {"huis": "mol", "volgorde": "dichtst"}),
        ("gratis=&dag=&geboren=&van=", {}),
    ],
)
def test_every_wish_is_read(query, wishes):
    assert wanted(query) == Wanted(spot=MOL, **wishes)


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("straal=0", "Hoe ver"),
        ("straal=999", "Hoe ver"),
        ("&".join(f"geboren=2024-{month:02d}" for month in range(1, 10)), "Geboortemaand van je kind"),
        ("gratis=ja", "Gratis"),
        ("van=2026-02-30", "Vanaf welke dag"),
        ("tot=9999-12-31", "Tot welke dag"),
        ("van=2026-03-09&tot=2026-03-08", "Tot welke dag"),
        ("taal=tr&taal=klingon", "Welke taal spreek je?"),
        ("nederlands=native", "Hoeveel Nederlands spreek je?"),
        ("volgorde=willekeurig", "Volgorde"),
    ],
)
def test_what_we_cannot_read_is_named_and_left_out(query, label):
    form = SearchForm(QueryDict(f"{query}&binnen=1"))
    assert not form.is_valid()
    assert f"De keuze bij '{label}' kennen we niet. We lieten ze weg." in form.notes(now=NOW)
    assert form.wanted(spot=None, now=NOW).binnen is True


@pytest.mark.parametrize("half", ["2024-13", "0001-01", "2024", "03", "03/20", "maart"])
def test_a_half_typed_birth_month_is_left_out_and_the_others_count(half):
    form = SearchForm(QueryDict(f"geboren={half}&geboren=2024-03&binnen=1"))
    assert form.is_valid()
    assert form.half_months() == [half]
    assert form.notes(now=NOW) == [
        "Kies een maand en een jaar, zoals 3/2025. We zochten zonder die geboortemaand."
    ]
    wanted = form.wanted(spot=None, now=NOW)
    assert (wanted.children, wanted.binnen) == ((24,), True)


def test_a_child_that_is_too_old_is_left_out_with_a_sentence():
    form = SearchForm(QueryDict("geboren=1995-01&geboren=2024-03"))
    assert form.is_valid()
    assert form.notes(now=NOW) == [
        "We kennen aanbod van zwanger tot 25 jaar. We lieten de andere geboortemaanden weg."
    ]
    assert form.wanted(spot=None, now=NOW).children == (24,)


def test_what_was_chosen_is_said_value_by_value():
    form = SearchForm(
        QueryDict("q=zingen&geboren=2024-03&dag=2&dag=4&van=2026-12-01&straal=5&gratis=1&leeftijd=8")
    )
    assert form.is_valid()
    assert [(choice.name, choice.value, choice.label) for choice in form.chosen()] == [
        ("q", "zingen", "'zingen'"),
        ("straal", "5", "Tot 5 km"),
        ("geboren", "2024-03", "Geboren in maart 2024"),
        ("leeftijd", "8", "8 maanden"),
        ("van", "2026-12-01", "Van dinsdag 1 december 2026"),
        ("dag", "2", "Woensdag"),
        ("dag", "4", "Vrijdag"),
        ("gratis", "1", "Gratis"),
    ]


def choice(name, value):
    return Choice(name, value, label=value, typed=value)


@pytest.mark.parametrize(
    ("query", "offered", "taken"),
    [
        ("", [choice("dag", "0"), choice("dag", "3")], [choice("dag", "0"), choice("dag", "3")]),
        ("dag=2", [choice("dag", "0")], []),
        ("geboren=2024-03", [choice("leeftijd", "toddler")], []),
        ("van=2026-12-01", [choice("wanneer", "vandaag")], []),
        ("gratis=1", [choice("deel", "avond")], [choice("deel", "avond")]),
        ("", [choice("deel", "nacht"), choice("q", "x"), choice("onbekend", "1")], []),
    ],
)
def test_words_add_a_wish_where_she_chose_nothing_herself(query, offered, taken):
    form = SearchForm(QueryDict(query))
    assert form.is_valid()
    assert form.take(offered) == taken


def test_wishes_from_words_are_wanted_too():
    form = SearchForm(QueryDict("q=zingen maandag of donderdag"))
    assert form.is_valid()
    form.take([choice("dag", "0"), choice("dag", "3"), choice("gratis", "1")])
    understood = Understood(words="zingen", offer_types={"workshop": 0.5})
    found = form.wanted(spot=None, now=NOW, understood=understood)
    assert found == Wanted(q="zingen", days=(0, 3), gratis=True, offer_types={"workshop": 0.5})


@pytest.mark.parametrize(
    ("query", "gone", "left"),
    [
        ("gratis=1&dag=2&pagina=3", {"names": ["gratis"]}, "/activiteiten/?dag=2"),
        ("dag=2&dag=4", {"names": ["dag"], "value": "2"}, "/activiteiten/?dag=4"),
        (
            "geboren=3/2024&geboren=2019-01",
            {"names": ["geboren"], "value": "2024-03"},
            "/activiteiten/?geboren=2019-01",
        ),
        ("q=gratis zingen", {"typed": "gratis"}, "/activiteiten/?q=zingen"),
        ("q=gratis", {"typed": "gratis"}, "/activiteiten/"),
        ("gratis=1&pagina=1", {"names": ["gratis"], "value": "1"}, "/activiteiten/"),
    ],
)
def test_the_address_without_a_wish(query, gone, left):
    assert address(less(QueryDict(query), *gone.pop("names", []), **gone)) == left


@pytest.mark.parametrize(
    ("text", "typed", "left"),
    [
        ("Gratis spelen", "gratis", "spelen"),
        ("spelen op woensdag", "op  woensdag", "spelen"),
        ("spelen (gratis)", "gratis", "spelen ( )"),
        ("samen met baby spelen", "samen spelen", "met baby"),
        ("spelen", "zingen", "spelen"),
    ],
)
def test_a_question_without_some_of_its_words(text, typed, left):
    assert words_less(text, typed) == left


def test_two_stretches_share_what_lies_in_both():
    week = from_until(dt.date(2026, 3, 2), dt.date(2026, 3, 8), now=NOW)
    weekend = from_until(dt.date(2026, 3, 7), dt.date(2026, 3, 9), now=NOW)
    later = from_until(dt.date(2026, 4, 1), None, now=NOW)
    assert common(week, weekend) == (weekend[0], week[1])
    assert common(None, week) == week
    assert common(week, later)[0] == common(week, later)[1]


@given(
    st.dictionaries(
        st.sampled_from(sorted(SearchForm.base_fields)), st.lists(st.text(max_size=20), max_size=4)
    )
)
@settings(deadline=None)
def test_no_address_is_an_error(values):
    params = QueryDict(mutable=True)
    for name, several in values.items():
        params.setlist(name, several)
    form = SearchForm(params)
    form.is_valid()
    form.notes(now=NOW)
    form.chosen()
    assert form.wanted(spot=None, now=NOW).spot is None
