"""Words of life lead to the offer that answers them, in six languages."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from huizen import reference_data
from huizen.models import Concept
from huizen.search.meaning import understand
from huizen.search.meaning.sentence import MOST_LETTERS, MOST_WORDS, Sentence
from huizen.search.understood import Understood
from huizen.vocabulary import LifeDomain, OfferType
from tests.factories import NOW, ConceptFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

#: Our own phrases: none of them stands in the table of concepts as it is.
PHRASES = Path(__file__).parent / "search_phrases.tsv"
#: What everybody knows that parents type.
EXAMPLES = [
    ("mijn baby slaapt niet", "parenting_advice|consultation_clinic|workshop"),
    ("driftbuien peuter", "parenting_advice|lecture"),
    ("zindelijkheid potje", "parenting_advice|lecture"),
    ("tiener altijd op zijn gsm", "lecture|parenting_advice"),
    ("mijn kind wordt gepest", "parenting_advice"),
    ("zwanger waar naartoe", "prenatal_support|info_point"),
    ("baby wegen", "consultation_clinic"),
    ("consultasiebureau", "consultation_clinic"),
    ("creche zoeken", "childcare_desk"),
    ("opvang terwijl ik nederlandse les volg", "occasional_childcare|language_practice"),
    ("naschoolse opvang", "out_of_school_care"),
    ("speelotheek", "toy_library"),
    ("gratis pampers", "diaper_bank|give_shop"),
    ("babbelen met andere mama's", "parent_cafe|play_meet|parent_group"),
    ("spelen woensdag namiddag", "play_meet|family_event|out_of_school_care"),
    ("vadergroep", "parent_group"),
    ("we gaan scheiden en de kinderen", "parenting_advice"),
    ("kindergeld vraag", "sitting_day|rights_check"),
    ("huiswerkhulp", "homework_support"),
    ("crèche pas chère", "childcare_desk"),
    ("baby group near me", "parent_cafe|play_meet"),
    ("hamileyim yardım", "prenatal_support"),
    ("حضانة أطفال", "childcare_desk"),
    ("дитячий садок", "childcare_desk|school_transition"),
]


def phrases():
    with PHRASES.open(encoding="utf-8", newline="") as file:
        return [(row["phrase"], row["expected"]) for row in csv.DictReader(file, delimiter="\t")]


def meant(text):
    return understand(text, now=NOW)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES + phrases())
def test_words_of_life_lead_first_to_an_offer_that_answers_them(text, expected):
    weights = meant(text).offer_types
    assert next(iter(weights), None) in expected.split("|")
    assert list(weights.values()) == sorted(weights.values(), reverse=True)
    assert all(0 < weight <= 1 for weight in weights.values())


def test_no_phrase_of_the_example_set_was_put_in_as_it_is():
    known = {row["folded"] for row in reference_data.concepts()}
    literal = [text for text, _ in phrases() if text in known]
    assert len(phrases()) - len(literal) >= 150
    assert {row["language"] for row in reference_data.concepts()} == set(Concept.Language.values)


def test_every_kind_of_offer_has_a_phrase_of_its_own_in_every_language():
    first = {(row["language"], row["offer_types"][0]) for row in reference_data.concepts()}
    missing = {(tongue, kind) for tongue in Concept.Language.values for kind in OfferType.values} - first
    assert missing == set()


def test_the_table_of_concepts_names_only_what_exists():
    rows = reference_data.concepts()
    assert {kind for row in rows for kind in row["offer_types"]} <= set(OfferType.values)
    assert {domain for row in rows for domain in row["life_domains"]} <= set(LifeDomain.values)


@pytest.mark.parametrize(
    ("text", "wishes", "words"),
    [
        ("opvang in de vakantie", [], "opvang vakantie"),
        ("spelen in de vakantie", ["wanneer"], "spelen"),
        ("babymassage voor mijn baby van 4 maanden", ["leeftijd"], "babymassage"),
        ("consultatiebureau voor een tiener", [], "consultatiebureau tiener"),
        ("nederlands leren in het turks", ["taal"], "nederlands leren"),
        ("gratis pampers", ["gratis"], "pampers"),
        ("ik wil nederlands leren", [], "nederlands leren"),
        ("ik spreek geen nederlands", ["nederlands"], ""),
        ("met de kinderwagen", ["buggy"], ""),
        ("kinderwagen", [], "kinderwagen"),
        ("het", [], ""),
    ],
)
def test_a_wish_never_shuts_out_what_is_asked_for(text, wishes, words):
    understood = meant(text)
    assert [choice.name for choice in understood.choices] == wishes
    assert understood.words == words


@pytest.mark.parametrize(
    "text", ["consultasiebureau", "driftbuiien", "babymasage", "huiswrekhulp", "vacinatie"]
)
def test_a_typing_error_changes_nothing(text):
    assert meant(text).offer_types


def test_a_change_of_a_phrase_is_seen_at_once_within_a_transaction():
    assert meant("knoerpelen").offer_types == {}
    concept = Concept.objects.create(phrase="knoerpelen", folded="knoerpelen", offer_types=["bike_library"])
    assert list(meant("knoerpelen").offer_types) == ["bike_library"]
    Concept.objects.filter(pk=concept.pk).update(is_active=False)
    assert meant("knoerpelen").offer_types == {}


def test_loading_again_leaves_alone_what_one_of_us_changed():
    Concept.objects.filter(folded="pampers", language="nl").update(offer_types=["other"], changed_at=NOW)
    Concept.objects.filter(folded="luier", language="nl").update(offer_types=["other"])
    call_command("load_reference", verbosity=0)
    assert Concept.objects.get(folded="pampers", language="nl").offer_types == ["other"]
    assert Concept.objects.get(folded="luier", language="nl").offer_types == ["diaper_bank", "give_shop"]


PIECES = """
in mol 2400 12/3 99 maart baby 4 maanden zwanger gratis d' ' / - ١٢ ½ ﷺ İ ß ʼ м'я da de 0 op 31 februari
"""
ODD = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*PIECES.split(), "\x00"]), max_size=40).map(" ".join),
)


@given(text=ODD)
@example(text="")
@example(text="\ud800")
@example(text="99999999999999999999 jaar 31/31/9999 2,5,5 jaar")
@example(text="a" * 100_000)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_raises_and_what_was_typed_stands_in_it(text):
    understood = meant(text)
    assert isinstance(understood, Understood)
    assert all(choice.typed in text and choice.typed for choice in understood.choices)
    assert all(word in text for word in understood.words.split(" "))
    assert len(understood.words.split()) <= MOST_WORDS


def test_of_a_long_question_only_the_beginning_costs_time():
    question = " ".join(text for text, _ in EXAMPLES)
    assert len(Sentence(question * 1000)) <= MOST_WORDS
    assert meant(question * 1000) == meant(question[:MOST_LETTERS])


@pytest.mark.parametrize("text", ["baby", "gratis woensdag turks pampers", "babymassage in mol"])
def test_a_question_asked_again_costs_no_more_than_asking_whether_something_changed(
    django_assert_num_queries, text
):
    meant(text)
    with django_assert_num_queries(1):
        meant(text)


def test_a_question_asked_again_means_what_our_phrases_mean_by_then():
    before = meant("proefwoord").offer_types
    ConceptFactory(phrase="proefwoord", offer_types=["baby_massage"])
    assert (set(before), set(meant("proefwoord").offer_types)) == (set(), {"baby_massage"})


def test_a_question_asked_again_the_next_day_means_that_day():
    days = [understand("overmorgen", now=NOW + dt.timedelta(days=n)).choices[0].value for n in (0, 1, 0)]
    assert days[0] == days[2] < days[1]


def test_a_night_hour_belongs_to_the_day_on_the_wall():
    late = dt.datetime(2026, 3, 4, 23, 30, tzinfo=dt.UTC)
    assert understand("overmorgen", now=late).choices[0].value == "2026-03-07"
