"""What the tests of the demo share: the whole network, loaded once for a file."""

import pytest
from django.db import connection
from django.test import override_settings

from demo.network.load import load
from huizen import reference_data
from tests.factories import NOW
from tests.undone import undone


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """What the load says; with moments for two months only, because it takes seconds."""
    with django_db_blocker.unblock(), undone(), override_settings(SESSION_HORIZON_MONTHS=2):
        reference_data.load()
        outcome = load(now=NOW)
        connection.check_constraints()
        yield outcome
