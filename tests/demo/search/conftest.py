"""What the tests that ask the demo network share: the network with its index, read once for a file."""

import datetime as dt

import pytest

from activities.search import shelf
from huizen import changes


@pytest.fixture(scope="module")
def network(loaded, django_db_blocker):
    """Nobody else sees what is not committed, and reading it anew for every question takes long."""
    with django_db_blocker.unblock():
        changes.forget(before=dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=1))
        changes.reset()
    yield
    shelf.forget()


@pytest.fixture(scope="module")
def fresh_feed():
    """In place of the one that empties the index before each test: nothing changes here, and it takes a second."""


@pytest.fixture(autouse=True)
def apart(network, django_db_blocker):
    with django_db_blocker.unblock():
        yield
