"""Open data: accepted figures of public projects, and nothing else, where that was switched on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.actions.review import accept
from tests.projects.report_builders import NOW, hand_in, make_indicator, make_reporting_project, report_of
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db
JSON, CSV = "/open-data/projecten.json", "/open-data/projecten.csv"


@pytest.fixture(autouse=True)
def opened(settings):
    settings.OPEN_FIGURES = True


def accepted(project, **texts):
    """The first report of a project, handed in and accepted."""
    hand_in(report_of(project), **texts)
    accept(report=report_of(project), version=1, by=project.officer, now=NOW)
    return project


def lines(client) -> list[dict]:
    head, *rows = csv_rows(client.get(CSV).content)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("path", [JSON, CSV])
def test_it_is_off_until_the_agency_switches_it_on(client, settings, path):
    settings.OPEN_FIGURES = False
    assert client.get(path).status_code == 404


def test_nothing_is_told_that_was_not_accepted(client):
    project = make_reporting_project()
    make_indicator(project)
    hand_in(report_of(project))
    assert client.get(JSON).json()["activities"] == []
    assert lines(client) == []


def test_an_accepted_figure_is_told_under_the_names_of_iati(client):
    project = make_reporting_project(name="Warm nest", title="Warm nest")
    make_indicator(project, name="Bereikte gezinnen")
    accepted(project)
    answer = client.get(JSON)
    told = answer.json()
    assert told["licence"] == "https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0"
    assert told["source"] == "http://127.0.0.1:8000"
    (activity,) = told["activities"]
    assert activity["iati-identifier"] == f"huizenportaal-{project.slug}"
    (result,) = activity["result"]
    assert result == {
        "type": "1",
        "title": "We bereiken gezinnen",
        "indicator": [
            {
                "measure": "1",
                "unit": "gezinnen",
                "ascending": True,
                "title": "Bereikte gezinnen",
                "description": "",
                "baseline": [{"edition": 1, "value": 10.0, "iso-date": "2024-12-31", "comment": ""}],
                "period": [
                    {
                        "period-start": "2025-01-01",
                        "period-end": "2025-12-31",
                        "target": {"value": 100.0},
                        "actual": {"value": 100.0},
                        "baseline-edition": 1,
                    }
                ],
            }
        ],
    }
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=3600"


def test_the_file_says_the_same_a_line_a_figure(client):
    project = make_reporting_project(name="Warm nest")
    make_indicator(project, name="Bereikte gezinnen")
    accepted(project)
    (line,) = lines(client)
    assert line["title"] == "Warm nest"
    assert line["indicator-title"] == "Bereikte gezinnen"
    assert (line["baseline-value"], line["target-value"], line["actual-value"]) == ("10.0", "100.0", "100.0")
    assert (line["period-start"], line["period-end"]) == ("2025-01-01", "2025-12-31")
    assert line["licence"].startswith("https://data.vlaanderen.be/")


def test_a_project_that_is_not_public_is_not_told(client):
    project = make_reporting_project()
    make_indicator(project)
    accepted(project)
    project.status = "not_selected"
    project.save(update_fields=["status"])
    assert lines(client) == []


def test_three_projects_ask_as_much_as_one(client):
    def make():
        project = make_reporting_project()
        make_indicator(project)
        make_indicator(project)
        accepted(project)

    make()
    with CaptureQueriesContext(connection) as one:
        client.get(JSON)
    make()
    make()
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(JSON).json()["activities"]) == 3
    assert len(three) == len(one)


@pytest.mark.parametrize("path", [JSON, CSV])
def test_it_is_only_read(client, path):
    assert client.post(path).status_code == 405
