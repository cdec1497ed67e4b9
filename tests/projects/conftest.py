"""A project that reports, and its first report; a call that is open, and an application that was begun."""

import pytest

from tests.projects.application_builders import begin, make_open_call
from tests.projects.report_builders import make_reporting_project, report_of


@pytest.fixture
def project(db):
    return make_reporting_project()


@pytest.fixture
def report(project):
    return report_of(project)


@pytest.fixture
def call(db):
    return make_open_call()


@pytest.fixture
def application(call):
    return begin(call)
