"""A project that reports, and its first report."""

import pytest

from tests.projects.report_builders import make_reporting_project, report_of


@pytest.fixture
def project(db):
    return make_reporting_project()


@pytest.fixture
def report(project):
    return report_of(project)
