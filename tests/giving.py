"""The smallest valid row of what is handed over to families and shared among partners."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories import NOW, TODAY, HouseFactory, UserFactory


class ReferralSheetFactory(DjangoModelFactory):
    class Meta:
        model = "activities.ReferralSheet"

    made_by = factory.SubFactory(UserFactory)
    house = factory.SubFactory(HouseFactory)
    language = "nl"
    made_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda o: o.made_at + dt.timedelta(days=90))


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Resource"

    house = factory.SubFactory(HouseFactory)
    kind = "link"
    title = factory.Sequence(lambda n: f"Bron {n}")
    changed_at = NOW


class ResourceVersionFactory(DjangoModelFactory):
    class Meta:
        model = "partners.ResourceVersion"

    resource = factory.SubFactory(ResourceFactory)
    number = 1
    url = "https://voorbeeld.example/bron"
    added_at = NOW


class NewsFactory(DjangoModelFactory):
    class Meta:
        model = "partners.News"

    house = factory.SubFactory(HouseFactory)
    title = factory.Sequence(lambda n: f"Bericht {n}")
    text = "We zien elkaar op de stuurgroep."
    since = TODAY
    until = TODAY + dt.timedelta(days=14)
    written_at = NOW
