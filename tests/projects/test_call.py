"""A programme and its calls: rules are data, weights are 100 together, what Houses count on stands still."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from projects.actions.call import CallError, Weighed, change_call, publish_call, set_criteria
from projects.actions.reference import load_projects
from projects.forms.call import CallForm
from projects.models import Call, CallPhase, Programme
from tests.factories import MunicipalityFactory
from tests.projects.application_builders import AFTER, CLOSES, CRITERIA, NOW, make_admitted, make_open_call
from tests.projects.builders import make_abb_reader, make_call, make_officer, make_parent
from tests.projects.report_builders import make_reporting_project

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FACTS = {
    "year": "2027", "title": "Oproep 2027", "intro": "Samen.", "years": "3", "max_per_year": "40000",
    "opens_at": "2027-01-04T09:00", "closes_at": "2027-03-01T12:00", "starts_on": "2027-09-01",
    "needed_goals": ["preventive_family_support"], "fewest_goals": "2", "provinces": ["Limburg"], "places": "mol",
    "released_by": "content", "released_percent": "20",
}  # fmt: skip


@pytest.fixture
def officer(client):
    client.force_login(make_officer())
    return client


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def change(call, now=NOW, places=(), **facts):
    return change_call(call=call, facts=facts, municipalities=places, by=make_officer(), now=now)


def test_a_call_is_open_up_to_and_without_the_moment_of_closing(call):
    second = dt.timedelta(seconds=1)
    assert call.phase(call.opens_at - second) == CallPhase.PLANNED
    assert call.phase(call.opens_at) == call.phase(CLOSES - second) == CallPhase.OPEN
    assert call.phase(CLOSES) == CallPhase.CLOSED


def test_a_call_of_which_nobody_knows_when_it_was_open_is_history(call):
    old = make_call()
    assert old.phase(NOW) == CallPhase.HISTORY
    assert list(Call.objects.announced()) == [call]


def test_the_call_of_2021_is_history_and_nothing_is_invented(officer):
    for code in {code for row in (_reference()) for code in row.split("|")}:
        MunicipalityFactory(nis_code=code)
    load_projects()
    old = Call.objects.get()
    assert (old.phase(NOW), old.opens_at, old.published_on, old.guides) == (CallPhase.HISTORY, None, None, {})
    assert (old.needed_goals, old.fewest_goals) == (["preventive_family_support"], 2)
    assert (old.programme.legal_basis, old.programme.budget, old.criteria.count()) == ("", None, 0)
    assert "Wettelijke basis en budget zijn niet ingevuld." in page(officer, "programme_list")
    assert "Een oproep van vroeger" in page(officer, "call_rules", old.pk)


def _reference():
    from projects.actions.reference import rows

    return [row["nis_codes"] for row in rows("projects")]


def test_weights_are_a_hundred_together(call):
    with pytest.raises(CallError, match="De gewichten zijn samen 90"):
        set_criteria(call=call, criteria=[Weighed("Bereik", "", 90)], by=make_officer(), now=NOW)
    assert call.criteria.count() == 2


def test_a_call_is_made_public_once_nothing_is_missing():
    call = make_call(opens_at=NOW, closes_at=CLOSES)
    with pytest.raises(CallError, match=r"Dit ontbreekt nog: het hoogste bedrag per jaar, .* criteria"):
        publish_call(call=call, by=make_officer(), now=NOW)
    assert Call.objects.get().published_on is None


def test_a_call_that_closed_is_not_made_public():
    call = make_open_call()
    Call.objects.update(published_on=None)
    with pytest.raises(CallError, match="een dag van sluiten die nog komt"):
        publish_call(call=call, by=make_officer(), now=AFTER)


@pytest.mark.parametrize("facts", [{"max_per_year": 1}, {"fewest_goals": 3}, {"provinces": ["Limburg"]}])
def test_what_houses_count_on_stands_still(call, facts):
    with pytest.raises(CallError, match="al bekendgemaakt"):
        change(call, **facts)


def test_municipalities_stand_still_too(call):
    with pytest.raises(CallError, match="gemeenten die meedoen"):
        change(call, places=[MunicipalityFactory()])


def test_a_call_closes_later_and_not_sooner(call):
    with pytest.raises(CallError, match="niet vroeger sluiten"):
        change(call, closes_at=CLOSES - DAY)
    assert change(call, closes_at=CLOSES + DAY).closes_at == CLOSES + DAY


@pytest.mark.parametrize("facts", [{"starts_on": None}, {"starts_on": dt.date(2030, 1, 1)}, {"years": 2}])
def test_the_term_does_not_move_away_from_under_its_reports(facts):
    call = make_reporting_project().call
    with pytest.raises(CallError, match="al termijnen"):
        change(call, **facts)
    assert change(call, title="Andere titel").title == "Andere titel"


def test_a_call_is_not_opened_again_once_something_was_decided(call):
    make_admitted(call)
    with pytest.raises(CallError, match="al beslist"):
        change(call, closes_at=AFTER + DAY)


@pytest.mark.parametrize(
    "facts",
    [
        {"opens_at": CLOSES, "closes_at": NOW},
        {"opens_at": NOW, "closes_at": None},
        {"needed_goals": ["poverty"]},
        {"fewest_goals": 1},
        {"fewest_goals": 6},
        {"released_by": "content", "released_percent": None},
        {"released_by": "", "released_percent": 10},
        {"released_by": "content", "released_percent": 101},
        {"earliest_on": dt.date(2027, 2, 1), "latest_on": dt.date(2027, 1, 1)},
    ],
)
def test_the_database_refuses_a_rule_that_cannot_be(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_call(**facts)


def test_the_agency_makes_a_programme_a_call_its_criteria_and_guidance(officer):
    mol = MunicipalityFactory(name="Mol")
    facts = {
        "name": "Programma 2027",
        "legal_basis": "Een besluit",
        "budget": "1000000",
        "starts_on": "2027-01-01",
    }
    officer.post(reverse("programme_create"), facts)
    programme = Programme.objects.get()
    assert (programme.slug, programme.budget) == ("programma-2027", 1_000_000)
    officer.post(reverse("call_create", args=[programme.pk]), FACTS)
    call = Call.objects.get()
    assert (list(call.municipalities.all()), call.provinces, call.released_percent) == (
        [mol],
        ["Limburg"],
        20,
    )
    officer.post(reverse("call_criteria", args=[call.pk]), criteria(("Bereik", 60), ("Partners", 40)))
    assert list(call.criteria.order_by("number").values_list("name", "weight")) == [
        ("Bereik", 60),
        ("Partners", 40),
    ]
    officer.post(reverse("call_guides", args=[call.pk]), {"kort": "Kort en gewoon."})
    call.refresh_from_db()
    assert call.guides == {"kort": "Kort en gewoon."}
    assert "criteria met samen 100" not in page(officer, "call_rules", call.pk)


def criteria(*pairs):
    """A formset as a browser sends it."""
    data = {"form-TOTAL_FORMS": str(len(pairs)), "form-INITIAL_FORMS": "0"}
    for place, (name, weight) in enumerate(pairs):
        data |= {f"form-{place}-name": name, f"form-{place}-weight": str(weight), f"form-{place}-guide": ""}
    return data


def test_weights_that_are_not_a_hundred_get_a_sentence_and_stay(officer, call):
    answer = officer.post(reverse("call_criteria", args=[call.pk]), criteria(("Alles", 99)))
    text = answer.content.decode()
    assert (answer.status_code, "De gewichten zijn samen 99" in text, 'value="Alles"' in text) == (
        422,
        True,
        True,
    )
    assert list(call.criteria.values_list("name", flat=True)) == [each.name for each in CRITERIA]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", "99"),
        ("year", "9" * 40),
        ("opens_at", "0001-01-01T00:00"),
        ("closes_at", "9999-12-31T23:59"),
        ("closes_at", ""),
        ("closes_at", "2027-01-01T00:00"),
        ("starts_on", "2027-09-02"),
        ("max_per_year", "-1"),
        ("fewest_goals", "1"),
        ("needed_goals", ["poverty"]),
        ("provinces", ["Nergens"]),
        ("places", "Nergenshuizen"),
        ("title", "a\x00b"),
        ("released_percent", ""),
    ],
)
def test_a_rule_that_cannot_be_has_a_sentence(officer, field, value):
    MunicipalityFactory(name="Mol")
    call = make_call()
    answer = officer.post(reverse("call_rules", args=[call.pk]), FACTS | {field: value})
    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    assert Call.objects.get().title == "Oproep"


def test_a_second_call_of_a_year_is_refused_with_a_sentence(officer, call):
    MunicipalityFactory(name="Mol")
    url = reverse("call_create", args=[call.programme_id])
    answer = officer.post(url, FACTS | {"year": str(call.year)})
    assert "heeft al een oproep van dat jaar" in answer.content.decode()


def test_a_programme_keeps_its_address_and_no_two_have_one_name(officer, call):
    other = Programme.objects.create(slug="ander", name="Ander")
    answer = officer.post(reverse("programme_edit", args=[other.pk]), {"name": "Nieuw"})
    other.refresh_from_db()
    assert (answer.status_code, other.slug, other.name) == (302, "ander", "Nieuw")
    assert officer.post(reverse("programme_create"), {"name": "Ander"}).status_code == 422


def test_it_is_made_public_with_the_button(officer):
    call = make_open_call(closes_at=NOW.replace(year=NOW.year + 50))
    Call.objects.update(published_on=None)
    assert "Maak de oproep bekend" in page(officer, "call_rules", call.pk)
    officer.post(reverse("call_publish", args=[call.pk]))
    assert Call.objects.get().published_on is not None


def test_a_form_shows_the_municipalities_of_its_call(call):
    call.municipalities.add(MunicipalityFactory(name="Mol"))
    assert CallForm(instance=call, today=NOW.date())["places"].value() == "Mol"


@pytest.mark.parametrize("make", [make_abb_reader, make_parent])
def test_others_keep_no_calls(client, call, make):
    client.force_login(make())
    for name in ("call_rules", "call_criteria", "call_guides"):
        assert client.get(reverse(name, args=[call.pk])).status_code == 403
    assert client.post(reverse("call_publish", args=[call.pk])).status_code == 403
    assert client.get(reverse("programme_list")).status_code == 403
