"""All of Flanders and Brussels for the tests of a module, loaded once."""

import pytest
from django.db import transaction

from huizen import reference_data


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """The whole reference data; every test of the module gets it in its own savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference_data.load()
        yield
        transaction.set_rollback(True)
