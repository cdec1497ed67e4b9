"""Rows around a meeting: its points, its minutes, what was agreed to do."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from tests.factories import NOW, HouseFactory, MeetingFactory, MeetingInvitationFactory


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = "partners.AgendaItem"

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = "Rondvraag"


class AgendaDocumentFactory(DjangoModelFactory):
    class Meta:
        model = "partners.AgendaDocument"

    item = factory.SubFactory(AgendaItemFactory)
    title = "Nota"
    url = "https://voorbeeld.example/nota"
    added_at = NOW


class AgendaProposalFactory(DjangoModelFactory):
    class Meta:
        model = "partners.AgendaProposal"

    invitation = factory.SubFactory(MeetingInvitationFactory)
    meeting = factory.SelfAttribute("invitation.meeting")
    title = "Speelstraat"
    proposed_at = NOW


class MinutesFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Minutes"

    meeting = factory.SubFactory(MeetingFactory)


class MinutesRevisionFactory(DjangoModelFactory):
    class Meta:
        model = "partners.MinutesRevision"

    minutes = factory.SubFactory(MinutesFactory)
    number = 1
    body = factory.LazyFunction(
        lambda: {
            "remarks": "Fijn overleg.",
            "attendance": {"present": [], "excused": [], "absent": []},
            "items": [],
            "actions": [],
        }
    )
    at = NOW


class ActionPointFactory(DjangoModelFactory):
    class Meta:
        model = "partners.ActionPoint"

    house = factory.SubFactory(HouseFactory)
    title = "Affiche maken"
    due_on = dt.date(2026, 6, 1)
    set_at = NOW
    changed_at = NOW
