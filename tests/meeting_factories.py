"""Groups that meet, and who belongs to them."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOW, HouseFactory


class MeetingGroupFactory(DjangoModelFactory):
    class Meta:
        model = "partners.MeetingGroup"

    house = factory.SubFactory(HouseFactory)
    name = factory.Sequence(lambda n: f"Werkgroep {n}")
    since = dt.date(2020, 1, 1)


class GroupMemberFactory(DjangoModelFactory):
    class Meta:
        model = "partners.GroupMember"

    group = factory.SubFactory(MeetingGroupFactory)
    name = "Bob"
    email = factory.Sequence(lambda n: f"lid{n}@voorbeeld.example")
    added_at = NOW


class DatePollFactory(DjangoModelFactory):
    class Meta:
        model = "partners.DatePoll"

    house = factory.SubFactory(HouseFactory)
    title = "Kernteam"
    deadline = dt.date(2026, 6, 1)
    opened_at = NOW
