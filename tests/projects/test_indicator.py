"""Indicators: one formula whichever way it should go, and a yardstick whose change is an event."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huizen.models import Event
from projects.actions.indicator import IndicatorError, add_indicator, decide_yardstick, set_yardstick
from projects.actions.project import ObjectiveError, remove_objective
from projects.actions.result import add_result
from projects.actions.review import accept
from projects.models import Figure, Indicator, IndicatorTemplate, ResultStatement, Yardstick
from projects.numbers import cents_of, read_number, write_cents, write_number
from projects.progress import deviates, deviation, in_percent, progress
from tests.projects.report_builders import NOW, hand_in, make_indicator, report_of

numbers = st.decimals(min_value=-10_000, max_value=10_000, places=2)


@given(actual=numbers, baseline=numbers, target=numbers)
def test_progress_is_one_formula_for_what_rises_and_what_falls(actual, baseline, target):
    share = progress(actual=actual, baseline=baseline, target=target)
    if target == baseline:
        assert share is None
    else:
        assert share == (actual - baseline) / (target - baseline)
        # The mirror image of an indicator is as far on its way.
        assert share == progress(actual=-actual, baseline=-baseline, target=-target)


@given(baseline=numbers, target=numbers)
def test_at_the_target_all_of_the_way_is_gone_and_at_the_baseline_none(baseline, target):
    if target != baseline:
        assert progress(actual=target, baseline=baseline, target=target) == 1
        assert progress(actual=baseline, baseline=baseline, target=target) == 0


@pytest.mark.parametrize(
    ("actual", "baseline", "target", "words"),
    [
        ("55", "10", "100", "50 %"),
        ("30", "40", "20", "50 %"),
        ("45", "40", "20", "-25 %"),
        ("0", "40", "0", "100 %"),
        ("120", "10", "100", "122 %"),
        ("5", "5", "5", "n.v.t."),
        ("5", None, "5", "n.v.t."),
    ],
)
def test_how_far_in_words(actual, baseline, target, words):
    read = {"actual": actual, "baseline": baseline, "target": target}
    assert in_percent(progress(**{name: text and Decimal(text) for name, text in read.items()})) == words


@given(actual=numbers, target=numbers, percent=st.integers(1, 100))
def test_a_target_of_zero_never_divides(actual, target, percent):
    far = deviation(actual=actual, target=target)
    assert (far is None) == (target == 0)
    wrong = deviates(actual=actual, target=target, percent=percent)
    assert wrong == (actual != 0 if far is None else far > percent)


@given(value=numbers)
def test_a_number_reads_back_as_it_was_written(value):
    assert read_number(write_number(value)) == value


@given(cents=st.integers(0, 10**9))
def test_an_amount_reads_back_as_it_was_written(cents):
    assert cents_of(write_cents(cents)) == cents


@pytest.mark.parametrize("text", ["", "een", "1.23.4", "1,234", "--1", "1e3", "٣", "9" * 30])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)


@pytest.fixture
def indicator(project):
    return make_indicator(project, target="100")


def rebase(indicator, project, target="200", reason="Er kwam een gemeente bij.") -> Yardstick:
    return set_yardstick(
        indicator=indicator,
        baseline=Decimal(10),
        baseline_on=dt.date(2025, 12, 31),
        targets=[Decimal(target)] * 3,
        reason=reason,
        by=project.coordinator,
        now=NOW,
    )


def test_another_yardstick_says_why_and_waits_for_the_agency(indicator, project):
    with pytest.raises(IndicatorError, match=r"^Zeg waarom"):
        rebase(indicator, project, reason="")
    new = rebase(indicator, project)
    assert [each.state for each in indicator.yardsticks.order_by("edition")] == ["standing", "proposed"]
    with pytest.raises(IndicatorError, match=r"^Er wacht al"):
        rebase(indicator, project)
    decide_yardstick(yardstick=new, approved=True, by=project.officer, now=NOW)
    assert [each.state for each in indicator.yardsticks.order_by("edition")] == ["former", "standing"]
    new.refresh_from_db()
    assert (new.decided_by, new.decided_at) == (project.officer, NOW)


def test_the_agency_may_say_no_and_the_old_one_stands(indicator, project):
    decide_yardstick(yardstick=rebase(indicator, project), approved=False, by=project.officer, now=NOW)
    assert [each.state for each in indicator.yardsticks.order_by("edition")] == ["standing", "refused"]
    assert rebase(indicator, project).edition == 3


def test_a_coordinator_approves_nothing_and_nobody_decides_twice(indicator, project):
    new = rebase(indicator, project)
    with pytest.raises(IndicatorError):
        decide_yardstick(yardstick=new, approved=True, by=project.coordinator, now=NOW)
    decide_yardstick(yardstick=new, approved=True, by=project.officer, now=NOW)
    with pytest.raises(IndicatorError):
        decide_yardstick(yardstick=new, approved=False, by=project.officer, now=NOW)


def test_the_database_holds_one_yardstick_that_stands(indicator):
    with pytest.raises(IntegrityError), transaction.atomic():
        Yardstick.objects.create(
            indicator=indicator,
            edition=2,
            state="standing",
            baseline=0,
            baseline_on=NOW,
            targets=[],
            reason="x",
            set_at=NOW,
        )


def test_what_was_accepted_keeps_its_yardstick_and_only_what_follows_is_held_against_the_new(
    indicator, project, client
):
    report = report_of(project)
    hand_in(report)
    accept(report=report, version=1, by=project.officer, now=NOW)
    frozen = report.versions.get().content
    decide_yardstick(yardstick=rebase(indicator, project), approved=True, by=project.officer, now=NOW)
    old = Figure.objects.get()
    assert (old.value, old.yardstick.edition) == (100, 1)
    assert report.versions.get().content == frozen
    later = report_of(project, number=2)
    hand_in(later, **{f"value_{indicator.pk}": "200"})
    accept(report=later, version=1, by=project.officer, now=NOW)
    new = Figure.objects.get(number=2)
    assert (new.value, new.yardstick.edition) == (200, 2)
    client.force_login(project.coordinator)
    text = client.get(reverse("result_list", args=[project.slug])).content.decode()
    assert text.count("100 %") == 2
    assert text.count("nieuwe meetlat") == 2


def test_an_objective_with_accepted_figures_stays(indicator, project):
    report = report_of(project)
    hand_in(report)
    accept(report=report, version=1, by=project.officer, now=NOW)
    objective = project.objectives.get()
    with pytest.raises(ObjectiveError, match="aanvaarde cijfers"):
        remove_objective(objective=objective, by=project.officer, now=NOW)


def test_an_objective_without_figures_goes_with_its_indicators(indicator, project):
    remove_objective(objective=project.objectives.get(), by=project.coordinator, now=NOW)
    assert not Indicator.objects.exists()


def test_from_nothing_to_a_yardstick_on_the_pages(client, project):
    client.force_login(project.coordinator)
    template = IndicatorTemplate.objects.create(
        programme=project.call.programme, name="Gezinnen bereikt", unit="gezinnen", source="families"
    )
    objective = project.objectives.get()
    client.post(
        reverse("result_create", args=[project.slug, objective.pk]),
        {"level": "output", "text": "We bereiken gezinnen"},
    )
    result = ResultStatement.objects.get()
    add = reverse("indicator_create", args=[project.slug, result.pk])
    answer = client.post(add, {"template": template.pk})
    indicator = Indicator.objects.get()
    assert (indicator.name, indicator.source, indicator.template) == (
        "Gezinnen bereikt",
        "families",
        template,
    )
    assert "Deze indicator staat er al." in client.post(add, {"template": template.pk}).content.decode()
    wrong = {"baseline": "10", "baseline_on": "2024-12-31", "target_1": "5", "target_2": "x"}
    text = client.post(answer.url, wrong).content.decode()
    assert "Dit moet stijgen" in text
    assert "Schrijf een getal" in text
    client.post(answer.url, wrong | {"target_1": "1.250,5", "target_2": ""})
    assert Yardstick.objects.get().targets == [Decimal("1250.5"), None, None]
    assert Event.objects.filter(verb="yardstick_set").count() == 1


def test_the_agency_approves_on_the_page_of_the_yardstick(client, indicator, project):
    new = rebase(indicator, project)
    decide, page = (
        reverse("yardstick_decide", args=[new.pk]),
        reverse("yardstick", args=[project.slug, indicator.pk]),
    )
    client.force_login(project.coordinator)
    assert client.post(decide, {"antwoord": "ja"}).status_code == 403
    assert "Keur goed" not in client.get(page).content.decode()
    client.force_login(project.officer)
    assert "Keur goed" in client.get(page).content.decode()
    client.post(decide, {"antwoord": "misschien"})
    new.refresh_from_db()
    assert new.state == "proposed"
    assert client.post(decide, {"antwoord": "ja"}).url == page
    new.refresh_from_db()
    assert new.state == "standing"


def test_an_indicator_that_was_a_mistake_goes_until_figures_were_accepted(client, indicator, project):
    client.force_login(project.coordinator)
    page = reverse("yardstick", args=[project.slug, indicator.pk])
    hand_in(report_of(project))
    accept(report=report_of(project), version=1, by=project.officer, now=NOW)
    assert "Haal de indicator weg" not in client.get(page).content.decode()
    assert "Hij blijft staan." in client.post(page, {"weg": "1"}, follow=True).content.decode()
    Figure.objects.all().delete()
    assert "Haal de indicator weg" in client.get(page).content.decode()
    client.post(page, {"weg": "1"})
    assert not Indicator.objects.exists()


def test_while_another_yardstick_waits_what_was_typed_is_kept(client, indicator, project):
    rebase(indicator, project)
    client.force_login(project.coordinator)
    typed = {
        "baseline": "5",
        "baseline_on": "2026-01-01",
        "target_1": "40",
        "reason": "Nog een gemeente erbij",
    }
    text = client.post(reverse("yardstick", args=[project.slug, indicator.pk]), typed).content.decode()
    assert "Er wacht al een andere meetlat op goedkeuring." in text
    assert "Nog een gemeente erbij" in text


def test_what_is_gone_meanwhile_is_said(indicator, project):
    facts = {"by": project.coordinator, "now": NOW}
    result, objective = indicator.result, indicator.result.objective
    type(indicator).objects.get(pk=indicator.pk).delete()
    with pytest.raises(IndicatorError, match=r"^Iemand haalde deze indicator intussen weg\.$"):
        rebase(indicator, project)
    type(result).objects.get(pk=result.pk).delete()
    with pytest.raises(IndicatorError, match=r"^Iemand haalde dit resultaat intussen weg\.$"):
        add_indicator(result=result, facts={"name": "Nieuw", "unit": "kinderen"}, **facts)
    type(objective).objects.get(pk=objective.pk).delete()
    with pytest.raises(ObjectiveError, match=r"^Iemand haalde dit doel intussen weg\.$"):
        add_result(objective=objective, level="output", text="Nieuw", **facts)
