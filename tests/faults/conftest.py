"""What the tests of faults share."""

import pytest

from tests.faults.mailroom import LEASE
from tests.processes import Process
from tests.projects.report_builders import make_reporting_project


@pytest.fixture
def short_lease_and_no_night(settings, monkeypatch):
    """For the processes as well: these tests do not wait two minutes, and run at any hour."""
    facts = {"OUTBOX_LEASE_SECONDS": LEASE, "OUTBOX_QUIET_FROM": 0, "OUTBOX_QUIET_UNTIL": 0}
    for name, value in facts.items():
        setattr(settings, name, value)
        monkeypatch.setenv(name, str(value))


@pytest.fixture
def start_clock(tmp_path):
    """Start a Celery clock that asks for a tick every second: `start_clock()`, as many as you like."""
    started = []

    def start():
        file = tmp_path / f"clock-{len(started)}"
        options = ("-A", "config", "beat", "--loglevel", "INFO", "--schedule", str(file), "--pidfile=")
        started.append(Process("tests.faults.quick_clock", *options, log=file.with_suffix(".log")))
        return started[-1]

    yield start
    for clock in started:
        clock.stop()


@pytest.fixture
def project():
    """A project that reports."""
    return make_reporting_project()
