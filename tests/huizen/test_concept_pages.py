"""Staff teach the search its words, try them, switch them off, and answer what was missed."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from huizen.actions import concept as actions
from huizen.actions.search import count_search
from huizen.models import Concept, Event, SearchPhrase
from huizen.retention import apply_retention, timed_rules
from huizen.roles import Role
from tests.factories import NOW, ConceptFactory, HouseFactory, MembershipFactory, SearchPhraseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[Role.OFFICER, Role.COORDINATOR])
def teacher(request, client):
    """An officer of the agency and a coordinator may both."""
    house = HouseFactory() if request.param == Role.COORDINATOR else None
    user = MembershipFactory(role=request.param, house=house).user
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client):
    user = MembershipFactory(role=Role.COORDINATOR).user
    client.force_login(user)
    return user


def facts(**others):
    return {
        "phrase": "Babyborrel",
        "language": "nl",
        "first": "family_event",
        "second": "parent_cafe",
    } | others


def test_a_new_phrase_is_understood_at_once(client, teacher):
    answer = client.post(reverse("concept_create"), facts())
    concept = Concept.objects.get()
    assert answer.url == reverse("concept_edit", args=[concept.pk])
    assert (concept.folded, concept.offer_types) == ("babyborrel", ["family_event", "parent_cafe"])
    tried = client.get(answer.url, {"probeer": "babyborrels"})
    assert [label for label, _ in tried.context["kinds"]] == ["Gezinsfeest", "Oudercafé"]
    assert Event.objects.get().verb == "created"


def test_a_phrase_that_leads_nowhere_is_refused_and_kept_on_the_page(client, coordinator):
    answer = client.post(reverse("concept_create"), facts(first="", second=""))
    assert answer.status_code == 422
    assert "Kies waar het zoekwoord naartoe leidt." in answer.content.decode()
    assert "Babyborrel" in answer.content.decode()
    assert not Concept.objects.exists()


@pytest.mark.parametrize("phrase", ["", "...", "\x00", "a" * 81])
def test_a_phrase_without_words_is_refused(client, coordinator, phrase):
    assert client.post(reverse("concept_create"), facts(phrase=phrase)).status_code == 422


def test_a_life_domain_alone_is_somewhere(client, coordinator):
    client.post(reverse("concept_create"), facts(first="", second="", life_domains=["housing"]))
    assert Concept.objects.get().life_domains == ["housing"]


@pytest.mark.parametrize("phrase", ["kribbe", "KRIBBE", " Kribbe! "])
def test_a_phrase_exists_once_in_a_language_however_it_is_spelt(client, coordinator, phrase):
    ConceptFactory(phrase="kribbe")
    answer = client.post(reverse("concept_create"), facts(phrase=phrase))
    assert "Dit zoekwoord bestaat al in deze taal." in answer.content.decode()
    client.post(reverse("concept_create"), facts(phrase=phrase, language="fr"))
    assert Concept.objects.count() == 2


def test_two_who_add_the_same_phrase_at_once_hear_it_too(coordinator):
    ConceptFactory(phrase="kribbe")
    with pytest.raises(actions.ConceptError, match="bestaat al"):
        actions.create_concept(
            concept=Concept(phrase="Kribbe", offer_types=["other"]), by=coordinator, now=NOW
        )


def test_a_change_is_kept_and_told_in_words(client, coordinator):
    concept = ConceptFactory(phrase="kribbe", offer_types=["childcare_desk"])
    client.post(reverse("concept_edit", args=[concept.pk]), facts(phrase="kribbe", second=""))
    concept.refresh_from_db()
    assert concept.offer_types == ["family_event"]
    assert concept.changed_at
    assert Event.objects.get().changes == {"offer_types": [["Lokaal Loket Kinderopvang"], ["Gezinsfeest"]]}
    page = client.get(reverse("concept_edit", args=[concept.pk])).content.decode()
    assert "Lokaal Loket Kinderopvang → Gezinsfeest" in page


def test_nothing_changed_is_nothing_told(client, coordinator):
    concept = ConceptFactory(phrase="Babyborrel", offer_types=["family_event", "parent_cafe"])
    client.post(reverse("concept_edit", args=[concept.pk]), facts())
    concept.refresh_from_db()
    assert (concept.changed_at, Event.objects.count()) == (None, 0)


def test_a_phrase_switched_off_is_not_understood_until_it_is_switched_on(client, coordinator):
    concept = ConceptFactory(phrase="babyborrel")
    for _ in range(2):
        client.post(reverse("concept_switch_off", args=[concept.pk]))
    page = client.get(reverse("concept_edit", args=[concept.pk]), {"probeer": "babyborrel"})
    assert page.context["kinds"] == []
    assert "Zet weer aan" in page.content.decode()
    client.post(reverse("concept_switch_on", args=[concept.pk]))
    page = client.get(reverse("concept_edit", args=[concept.pk]), {"probeer": "babyborrel"})
    assert len(page.context["kinds"]) == 1
    assert [event.verb for event in Event.objects.order_by("pk")] == ["switched_off", "switched_on"]


def test_phrases_are_found_by_word_language_kind_and_state(client, coordinator):
    ConceptFactory(phrase="Crèche", offer_types=["childcare_desk"])
    ConceptFactory(phrase="crèche municipale", language="fr", is_active=False, changed_at=NOW)
    found = {
        tuple(asked.items()): [str(c) for c in client.get(reverse("concept_list"), asked).context["page"]]
        for asked in [
            {"q": "CRECHE"},
            {"taal": "fr"},
            {"soort": "childcare_desk"},
            {"toestand": "uit"},
            {"toestand": "eigen"},
        ]
    }
    assert list(found.values()) == [
        ["Crèche", "crèche municipale"],
        ["crèche municipale"],
        ["Crèche"],
        ["crèche municipale"],
        ["crèche municipale"],
    ]
    assert "Geen zoekwoord gevonden" in client.get(reverse("concept_list"), {"q": "xyz"}).content.decode()


def test_the_list_shows_what_a_question_is_understood_as(client, coordinator):
    ConceptFactory(phrase="kribbe", offer_types=["childcare_desk"])
    page = client.get(reverse("concept_list"), {"probeer": "gratis kribbe xyz"}).content.decode()
    for words in ["Gratis", "Lokaal Loket Kinderopvang", "Door de zoekwoorden: kribbe", "<b>kribbe xyz</b>"]:
        assert words in page


@pytest.mark.parametrize(
    ("name", "factory"), [("concept_list", ConceptFactory), ("miss_list", SearchPhraseFactory)]
)
def test_three_rows_cost_as_many_questions_to_the_database_as_one(
    client, coordinator, django_assert_num_queries, django_assert_max_num_queries, name, factory
):
    factory()
    client.get(reverse(name))
    with django_assert_max_num_queries(6) as counted:
        client.get(reverse(name))
    factory.create_batch(2)
    with django_assert_num_queries(len(counted)):
        client.get(reverse(name))


def test_missed_words_become_a_phrase_and_leave_the_list(client, coordinator):
    miss = SearchPhraseFactory(phrase="babyborrel")
    page = client.get(reverse("miss_list")).content.decode()
    assert f"{reverse('concept_create')}?woord=babyborrel" in page
    form = client.get(reverse("concept_create"), {"woord": miss.phrase})
    assert form.context["form"]["phrase"].value() == "babyborrel"
    client.post(reverse("concept_create"), facts())
    assert not SearchPhrase.objects.exists()
    assert "Alles werd begrepen" in client.get(reverse("miss_list")).content.decode()


def test_missed_words_that_need_nothing_can_be_put_aside_and_back(client, coordinator):
    miss = SearchPhraseFactory()
    for _ in range(2):
        client.post(reverse("miss_dismiss", args=[miss.pk]))
    count_search(miss.phrase, found=False, now=NOW)
    assert list(client.get(reverse("miss_list")).context["page"]) == []
    assert list(client.get(reverse("miss_list"), {"toon": "weg"}).context["page"]) == [miss]
    client.post(reverse("miss_recall", args=[miss.pk]))
    assert list(client.get(reverse("miss_list")).context["page"]) == [miss]
    assert [event.verb for event in Event.objects.order_by("pk")] == ["dismissed", "recalled"]


def test_what_is_missed_most_comes_first(client, coordinator):
    rare, often = SearchPhraseFactory(missed=1), SearchPhraseFactory(missed=7)
    assert list(client.get(reverse("miss_list")).context["page"]) == [often, rare]


def test_what_was_found_is_told_beside_what_was_missed_and_is_no_miss(client, coordinator):
    SearchPhraseFactory(phrase="babymassage", missed=1, found=4)
    SearchPhraseFactory(phrase="speelotheek", missed=0, found=8)
    page = client.get(reverse("miss_list"))
    assert [(row.phrase, row.missed, row.found) for row in page.context["page"]] == [("babymassage", 1, 4)]
    assert "12 keer gevonden, 1 keer niet" in page.content.decode()


POSTED = ["concept_switch_off", "concept_switch_on", "miss_dismiss", "miss_recall"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.PARTNER_EDITOR, Role.ABB_READER])
def test_others_do_not_teach_the_search(client, role):
    house = HouseFactory() if role != Role.ABB_READER else None
    client.force_login(MembershipFactory(role=role, house=house).user)
    pages = [reverse("concept_list"), reverse("concept_create"), reverse("miss_list")]
    pages.append(reverse("concept_edit", args=[ConceptFactory().pk]))
    assert {client.get(page).status_code for page in pages} == {403}
    assert {client.post(reverse(name, args=[1])).status_code for name in POSTED} == {403}


@pytest.mark.parametrize("name", POSTED)
def test_reading_changes_nothing_and_what_is_gone_is_gone(client, coordinator, name):
    assert client.get(reverse(name, args=[1])).status_code == 405
    assert client.post(reverse(name, args=[99999999])).status_code == 404


@pytest.mark.parametrize("wrong", [{"folded": ""}, {"offer_types": [], "life_domains": []}])
def test_the_database_holds_what_a_phrase_must_be(wrong):
    concept = ConceptFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(pk=concept.pk).update(**wrong)


def test_missed_words_are_counted_once_a_day_and_in_one_spelling():
    for phrase, days in [("Babyborrel?", 0), ("babyborrel", 1), ("BABYBORREL", 0)]:
        assert count_search(phrase, found=False, now=NOW + dt.timedelta(days=days))
    miss = SearchPhrase.objects.get()
    assert (miss.phrase, miss.missed, miss.last_on) == ("babyborrel", 3, dt.date(2026, 3, 5))


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "?!",
        "\x00",
        "bel 0470 12 34 56",
        "04-70-12",
        "els@voorbeeld.example",
        "a" * 61,
        "een twee drie vier vijf zes zeven",
    ],
)
def test_words_that_may_tell_who_somebody_is_are_not_kept(phrase):
    assert not count_search(phrase, found=False, now=NOW)
    assert not SearchPhrase.objects.exists()


def test_an_age_may_stand_in_missed_words():
    assert count_search("baby van 10 maanden", found=False, now=NOW)


@pytest.mark.parametrize(("extra", "left"), [(-1, 1), (2, 0)])
def test_missed_words_are_forgotten_in_a_year(extra, left):
    SearchPhraseFactory(last_on=NOW.date())
    apply_retention(now=NOW + dt.timedelta(days=timed_rules()["search_phrases"] + extra))
    assert SearchPhrase.objects.count() == left
