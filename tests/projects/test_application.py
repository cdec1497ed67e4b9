"""An application is kept as it is typed, says what is missing, and is frozen when it is handed in before the call closes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from huizen.models import Event, Message
from huizen.vocabulary import PolicyGoal
from projects.actions.application import (
    ApplicationError,
    ClosedError,
    MovedOnError,
    UnfinishedError,
    begin_application,
    mark_of_draft,
    save_application,
    submit_application,
    withdraw_application,
)
from projects.application.standing import standing_of
from projects.models import Application, ApplicationVersion
from projects.report_content import differences, sum_of
from projects.typed import Typed, mark_of
from tests.factories import MunicipalityFactory
from tests.projects.application_builders import (
    AFTER,
    CLOSES,
    NOW,
    begin,
    coordinator_of,
    fill,
    hand_in,
    make_handed_in,
    make_house,
)
from tests.projects.builders import make_officer

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def faults(application, **texts):
    """The sentences that the page would show, by key."""
    return standing_of(fill(application, **texts), today=NOW.date()).faults


def test_a_draft_begins_with_what_the_portal_knows(call):
    house = make_house("Mol")
    house.coordinator.name = "An"
    draft = begin(call, house).draft
    assert draft == {"contact-name": "An", "contact-email": house.coordinator.email, "places": "Mol"}


def test_beginning_twice_is_one_draft(call):
    house = make_house()
    assert begin(call, house) == begin(call, house)
    assert Event.objects.filter(verb="application_begun").count() == 1


def test_after_handing_in_a_house_can_begin_another(call):
    house = make_house()
    make_handed_in(call, house)
    assert begin(call, house).versions_made == 0
    assert Application.objects.count() == 2


def test_what_is_missing_is_named_field_by_field(application):
    found = standing_of(application, today=NOW.date()).faults
    assert list(found) == [
        "partner-1",
        "partner-1-role",
        "goals",
        "title",
        "summary",
        "objective-1",
        "change",
        "measure",
        *(f"budget-{year}-1{end}" for year in (1, 2) for end in ("", "-source", "-euro")),
    ]
    assert found["title"] == "Vul nog in: Titel van het project"
    assert found["partner-1-role"] == "Vul nog in: Partner 1: wat doet die in het project?"


def test_a_filled_in_application_misses_nothing(application):
    assert faults(application) == {}


@pytest.mark.parametrize(
    ("texts", "key", "sentence"),
    [
        ({"goals": "integration"}, "goals", "hoort dit er altijd bij: Preventieve gezinsondersteuning"),
        ({"goals": "preventive_family_support"}, "goals", "Combineer minstens 2 doelstellingen. Nu is er 1"),
        ({"goals": "nonsense"}, "goals", "hoort dit er altijd bij"),
        ({"places": "Molenbeeksel-Zuid"}, "places", "kennen we niet: Molenbeeksel-Zuid"),
        ({"contact_email": "an@"}, "contact-email", "klopt niet"),
        ({"partner_2": "School"}, "partner-2-role", "Zeg wat School doet"),
        ({"partner_2_role": "leest"}, "partner-2", "Zeg welke organisatie"),
        ({"objective_2_text": "Iets."}, "objective-2", "Noem doel 2"),
        ({"budget_1_1_euro": "veel"}, "budget-1-1-euro", "Schrijf een bedrag bij Loon"),
        ({"budget_1_1_euro": "-5"}, "budget-1-1-euro", "Schrijf een bedrag"),
        ({"budget_1_1_euro": "0"}, "budget-1-1-euro", "Schrijf een bedrag"),
        ({"budget_1_1_euro": "999.999.999"}, "budget-1-1-euro", "Schrijf een bedrag"),
        ({"budget_1_1_euro": "50.000,01"}, "budget-1-1-euro", "De oproep geeft hoogstens 50.000 euro"),
        ({"budget_1_1_source": "iemand"}, "budget-1-1-source", "Zeg wie Loon betaalt"),
        (
            {"budget_1_2": "Loon", "budget_1_2_source": "opgroeien", "budget_1_2_euro": "1"},
            "budget-1-2",
            "staat er twee keer",
        ),
        ({"title": "x" * 161}, "title", "Hoogstens 160 tekens. Nu zijn het er 161."),
    ],
)
def test_a_rule_that_is_not_kept_has_a_sentence_at_its_field(application, texts, key, sentence):
    found = faults(application, **texts)
    assert list(found) == [key]
    assert sentence in found[key]


def test_abb_pays_only_with_integration(application):
    goals = f"{PolicyGoal.PREVENTIVE_FAMILY_SUPPORT},{PolicyGoal.POVERTY}"
    assert faults(application, goals=goals, budget_1_1_source="abb") == {
        "budget-1-1-source": "ABB betaalt alleen mee bij integratie en inburgering."
    }
    assert faults(application, goals="preventive_family_support,integration", budget_1_1_source="abb") == {}


def test_own_money_does_not_count_as_subsidy(application):
    assert faults(application, budget_1_2="Zaal", budget_1_2_source="own", budget_1_2_euro="90.000") == {}


def test_a_call_says_which_goals_and_which_municipalities(call):
    call.needed_goals, call.fewest_goals = ["preventive_family_support", "poverty"], 3
    call.provinces = ["Limburg"]
    call.save()
    application = begin(call, make_house("Mol"))
    found = faults(application)
    assert found["places"] == "Deze gemeente doet niet mee in de oproep: Mol."
    assert found["goals"] == "In deze oproep hoort dit er altijd bij: Armoedebestrijding."
    call.municipalities.add(MunicipalityFactory(name="Genk", province="Limburg"))
    assert "places" not in faults(application, places="genk")
    found = faults(application, goals="preventive_family_support,poverty")
    assert found["goals"] == "Combineer minstens 3 doelstellingen. Nu zijn er 2 gekozen."


def test_two_people_in_different_fields_lose_nothing(application):
    facts = {"application": application, "by": coordinator_of(application), "now": NOW}
    save_application(typed={"title": Typed("Titel", mark_of(""))}, **facts)
    saved = save_application(typed={"summary": Typed("Kort", mark_of(""))}, **facts)
    assert (saved.application.draft["title"], saved.application.draft["summary"]) == ("Titel", "Kort")


def test_who_writes_in_the_same_field_sees_what_another_wrote(application):
    facts = {"application": application, "by": coordinator_of(application), "now": NOW}
    save_application(typed={"title": Typed("Van haar", mark_of(""))}, **facts)
    saved = save_application(typed={"title": Typed("Van mij", mark_of(""))}, **facts)
    assert saved.others == {"title": "Van haar"}
    assert saved.application.title == "Van haar"
    saved = save_application(typed={"title": Typed("Van mij", mark_of("Van haar"))}, **facts)
    assert (saved.others, saved.application.title) == ({}, "Van mij")


@pytest.mark.parametrize("key", ["partner-99", "budget-9-1", "budget-1-99", "state", "partner-x", "\x00"])
def test_a_field_that_does_not_exist_is_not_kept(application, key):
    facts = {"application": application, "by": coordinator_of(application), "now": NOW}
    assert key not in save_application(typed={key: Typed("x", mark_of(""))}, **facts).application.draft


def test_handing_in_freezes_a_version_that_proves_itself(call):
    house = make_house("Mol")
    version = hand_in(fill(begin(call, house)))
    assert version.sha256 == sum_of(version.content)
    assert version.content["facts"] == {
        "title": "Samen lezen",
        "summary": "We lezen samen.",
        "goals": ["preventive_family_support", "integration"],
        "places": [house.working_areas.get().municipality_id],
        "partners": [["Bibliotheek", "leest voor"]],
        "objectives": [["Meer gezinnen lezen", "Elke week."]],
        "budget": [[1, "Loon", "opgroeien", 4_000_000], [2, "Loon", "opgroeien", 4_000_000]],
    }
    words = {part["key"]: part["words"] for part in version.content["parts"]}
    assert words["budget-1"] == "Loon: 40.000 euro (Opgroeien)\nGevraagde subsidie: 40.000 euro"
    assert words["partners"] == "Bibliotheek: leest voor"


def test_no_version_names_the_contact_person(application):
    version = hand_in(fill(application, contact_phone="0000 00 00 01"))
    for personal in ("An Voorbeeld", "an@voorbeeld.example", "0000 00 00 01"):
        assert personal not in str(version.content)


def test_a_receipt_goes_to_the_coordinators_and_the_contact(application):
    hand_in(fill(application))
    sent = Message.objects.filter(template="application_received")
    assert sorted(sent.values_list("recipient", flat=True)) == sorted(
        ["an@voorbeeld.example", coordinator_of(application).email]
    )


def test_what_is_not_finished_is_not_handed_in(application):
    fill(application, title="")
    with pytest.raises(UnfinishedError) as error:
        hand_in(application)
    assert error.value.faults == {"title": "Vul nog in: Titel van het project"}
    assert not ApplicationVersion.objects.exists()


def test_what_she_did_not_see_is_not_handed_in(application):
    seen = mark_of_draft(fill(application))
    row = fill(application, summary="Iets anders.")
    with pytest.raises(MovedOnError, match="veranderde iets"):
        submit_application(application=row, version=0, mark=seen, by=coordinator_of(row), now=NOW)


def test_taken_back_changed_and_handed_in_again_is_the_next_version(application):
    first = hand_in(fill(application))
    withdraw_application(application=application, version=1, by=coordinator_of(application), now=NOW)
    second = hand_in(fill(application, summary="Beter."))
    assert (first.number, second.number) == (1, 2)
    assert [each.label for each in differences(first.content, second.content)] == ["Het project in het kort"]
    assert list(Application.objects.handed_in()) == [application]


def test_taken_back_and_not_handed_in_again_does_not_count(application):
    hand_in(fill(application))
    withdraw_application(application=application, version=1, by=coordinator_of(application), now=NOW)
    assert not Application.objects.handed_in().exists()


def test_the_last_second_is_in_time_and_the_moment_of_closing_is_too_late(call):
    assert hand_in(fill(begin(call)), now=CLOSES - SECOND).number == 1
    late = fill(begin(call))
    with pytest.raises(ClosedError, match="sloot op woensdag 1 april 2026, om 12 uur"):
        hand_in(late, now=CLOSES)


def test_after_the_deadline_nothing_is_begun_kept_or_taken_back(call, application):
    house = make_house()
    with pytest.raises(ClosedError):
        begin_application(call=call, house=house, by=house.coordinator, now=AFTER)
    with pytest.raises(ClosedError):
        fill(application, now=AFTER)
    hand_in(fill(application))
    with pytest.raises(ClosedError):
        withdraw_application(application=application, version=1, by=coordinator_of(application), now=AFTER)


def test_before_it_opens_a_call_says_when(call):
    house = make_house()
    with pytest.raises(ClosedError, match="opent op"):
        begin_application(call=call, house=house, by=house.coordinator, now=call.opens_at - SECOND)


def test_what_is_handed_in_cannot_be_written_in(application):
    hand_in(fill(application))
    with pytest.raises(MovedOnError, match="al ingediend"):
        fill(application)


def test_who_is_no_coordinator_hands_in_and_takes_back_nothing(application):
    fill(application)
    with pytest.raises(ApplicationError):
        hand_in(application, by=make_officer())
    hand_in(application)
    with pytest.raises(ApplicationError):
        withdraw_application(application=application, version=1, by=make_officer(), now=NOW)


def test_a_version_cannot_be_changed_or_taken_away(application):
    hand_in(fill(application))
    for change in (lambda rows: rows.update(content={}), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(ApplicationVersion.objects.all())


def test_an_erased_account_leaves_its_version(application):
    hand_in(fill(application))
    coordinator_of(application).delete()
    assert ApplicationVersion.objects.get().submitted_by is None
