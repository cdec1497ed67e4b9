"""The smallest valid rows of who came and of what was written to families (the others stand in factories.py)."""

import uuid

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOW, HouseFactory, RegistrationFactory, SessionFactory


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Attendance"

    registration = factory.SubFactory(RegistrationFactory)
    state = "present"
    children = 1
    marked_at = NOW


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Visit"

    session = factory.SubFactory(SessionFactory)
    form_key = factory.LazyFunction(uuid.uuid4)
    children = 1
    marked_at = NOW


class HeadcountFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Headcount"

    session = factory.SubFactory(SessionFactory)
    changed_at = NOW


class BroadcastTextFactory(DjangoModelFactory):
    class Meta:
        model = "activities.BroadcastText"

    house = factory.SubFactory(HouseFactory)
    name = factory.Sequence(lambda n: f"Tekst {n}")
    subject = "Andere zaal"
    text = "We zitten in zaal 2."
