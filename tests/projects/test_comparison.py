"""One indicator over all projects: by year, with the middle, and a mark where the yardstick changed."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huizen.vocabulary import PolicyGoal
from projects.actions.indicator import decide_yardstick, set_yardstick
from projects.actions.review import accept
from projects.comparison import Value, Year, compare
from projects.models import IndicatorTemplate, Project
from tests.factories import MunicipalityFactory
from tests.projects.builders import make_abb_reader, make_officer
from tests.projects.report_builders import (
    NOW,
    STARTS,
    hand_in,
    make_indicator,
    make_reporting_project,
    report_of,
)
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db
PAGE, CSV, XLSX = (
    reverse("comparison"),
    reverse("comparison_file", args=["csv"]),
    reverse("comparison_file", args=["xlsx"]),
)


def measured(template, value, *, call=None, number=1, **facts):
    """A project that measures with the template, and of which a working year was accepted."""
    facts = {"call": call} | facts if call else facts
    project = make_reporting_project(**facts)
    indicator = make_indicator(project, template=template, name="Bereikt")
    told(project, indicator, value, number)
    return project


def told(project, indicator, value, number=1):
    report = report_of(project, number=number)
    key = indicator.pk
    hand_in(report, **{f"value_{key}": value, f"explain_{key}": "Zo liep het."})
    accept(report=report, version=report.versions_made + 1, by=project.officer, now=NOW)


@pytest.fixture
def three():
    """Three projects of one programme: 28, 55 and 100 of a hundred, from ten on."""
    first = make_reporting_project(name="Eén", municipalities=[MunicipalityFactory(name="Mol")])
    template = IndicatorTemplate.objects.create(
        programme=first.call.programme, name="Bereikt", unit="gezinnen"
    )
    told(first, make_indicator(first, template=template, name="Bereikt"), "28")
    goals = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.POVERTY]
    return [
        first,
        measured(template, "55", call=first.call, name="Twee"),
        measured(template, "100", call=first.call, name="Drie", policy_goals=goals),
    ]


def shown(client, **query):
    return client.get(PAGE, query).context


def test_each_project_stands_beside_the_middle_of_all(client, three):
    client.force_login(make_officer())
    facts = shown(client)
    assert [(str(project), value.value, value.percent) for project, value, _ in facts["page"]] == [
        ("Eén", 28, "20 %"),
        ("Twee", 55, "50 %"),
        ("Drie", 100, "100 %"),
    ]
    [year] = facts["years"]
    assert (year.year, year.number, year.mean, year.median) == (STARTS.year, 3, Decimal("61.00"), 55)
    assert (year.mean_percent, year.median_percent) == ("57 %", "50 %")
    assert "Alleen cijfers uit aanvaarde verslagen tellen mee" in client.get(PAGE).content.decode()


def test_what_was_not_accepted_is_no_figure(client, three):
    new = make_reporting_project(call=three[0].call, name="Nieuw")
    template = IndicatorTemplate.objects.get()
    hand_in(report_of(new), **{f"value_{make_indicator(new, template=template).pk}": "100"})
    client.force_login(make_officer())
    project, shown_of_it, _ = shown(client)["page"][-1]
    assert (project.pk, shown_of_it) == (new.pk, None)
    assert "nog geen cijfer" in client.get(PAGE).content.decode()


def test_a_new_yardstick_is_marked_from_the_year_that_is_held_against_it(client, three):
    project = three[0]
    indicator = IndicatorTemplate.objects.get().indicators.get(result__objective__project=project)
    yardstick = set_yardstick(
        indicator=indicator,
        baseline=Decimal(20),
        baseline_on=STARTS,
        targets=[Decimal(60)] * 3,
        reason="Er kwam een gemeente bij.",
        by=project.coordinator,
        now=NOW,
    )
    decide_yardstick(yardstick=yardstick, approved=True, by=project.officer, now=NOW)
    told(project, indicator, "40", number=2)
    found = compare(indicator.template, Project.objects.filter(pk=project.pk))
    before, after = (found.rows[0].values[year] for year in (STARTS.year, STARTS.year + 1))
    assert (before.is_rebased, before.target, before.percent) == (False, 100, "20 %")
    assert (after.is_rebased, after.target, after.percent) == (True, 60, "50 %")
    client.force_login(make_officer())
    # Without a year stands that of which most projects told.
    assert shown(client)["year"].year == STARTS.year
    assert "nieuwe meetlat" in client.get(PAGE, {"jaar": STARTS.year + 1}).content.decode()
    assert client.get(CSV).content.decode("utf-8-sig").count("Er kwam een gemeente bij.") == 1


def test_it_is_narrowed_by_goal_province_year_and_nonsense_narrows_nothing(client, three):
    client.force_login(make_officer())
    names = lambda **query: [str(project) for project, _, _ in shown(client, **query)["page"]]  # noqa: E731
    assert names(doelstelling="poverty") == ["Drie"]
    assert names(provincie="Antwerpen") == ["Eén"]
    assert names(provincie="Limburg") == []
    assert shown(client, jaar="2025")["year"].year == 2025
    assert shown(client, jaar="2031")["year"] is None
    for query in (
        {"indicator": "99999999999999999999"},
        {"indicator": "\x00"},
        {"jaar": "x"},
        {"pagina": "9999999"},
    ):
        assert len(names(**query)) == 3


def test_abb_compares_only_projects_with_integration(client, three):
    client.force_login(make_abb_reader())
    assert [str(project) for project, _, _ in shown(client)["page"]] == ["Eén", "Twee"]
    assert "Drie" not in client.get(CSV).content.decode()


def test_the_file_holds_every_figure(client, three):
    client.force_login(make_officer())
    assert [line[1:9] for line in csv_rows(client.get(CSV).content)[1:]] == [
        [name, "Oproep", "2025", value, "gezinnen", "10.0", "100.0", share]
        for name, value, share in (
            ("Drie", "100.0", "100 %"),
            ("Eén", "28.0", "20 %"),
            ("Twee", "55.0", "50 %"),
        )
    ]
    assert client.get(XLSX)["Content-Disposition"].endswith('.xlsx"')


def test_without_an_indicator_of_a_programme_there_is_nothing_to_compare(client):
    client.force_login(make_officer())
    assert "Nog niets te vergelijken" in client.get(PAGE).content.decode()
    assert client.get(CSV).url == PAGE


values = st.builds(
    Value,
    st.decimals(-999, 999, places=2),
    st.none() | st.decimals(-999, 999, places=2),
    st.none() | st.decimals(-999, 999, places=2),
    st.integers(1, 3),
    st.just(""),
)


@given(st.lists(values, min_size=1, max_size=8))
def test_a_bar_stays_in_its_frame_and_the_middle_between_the_ends(told):
    year = Year(2025, told)
    assert all(0 <= each.bar <= 100 for each in told)
    ends = min(each.value for each in told), max(each.value for each in told)
    assert ends[0] <= year.median <= ends[1]
    assert ends[0] <= year.mean <= ends[1]
    assert (year.median_percent == "n.v.t.") == all(each.share is None for each in told)
