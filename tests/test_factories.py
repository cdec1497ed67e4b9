"""Every factory makes a row that the database accepts."""

import pytest
from factory.django import DjangoModelFactory

from tests import attendance_factories, factories, meeting_factories

ALL = [
    thing
    for thing in (vars(factories) | vars(attendance_factories) | vars(meeting_factories)).values()
    if isinstance(thing, type) and issubclass(thing, DjangoModelFactory) and thing is not DjangoModelFactory
]


@pytest.mark.parametrize("factory", ALL, ids=lambda factory: factory._meta.model.__name__)
def test_a_row_from_a_factory_is_valid(factory, db):
    factory().validate_constraints()
