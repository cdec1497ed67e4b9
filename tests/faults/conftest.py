"""What the tests of faults share."""

import pytest

from tests.faults.mailroom import LEASE


@pytest.fixture
def short_lease_and_no_night(settings, monkeypatch):
    """For the processes as well: these tests do not wait two minutes, and run at any hour."""
    facts = {"OUTBOX_LEASE_SECONDS": LEASE, "OUTBOX_QUIET_FROM": 0, "OUTBOX_QUIET_UNTIL": 0}
    for name, value in facts.items():
        setattr(settings, name, value)
        monkeypatch.setenv(name, str(value))
