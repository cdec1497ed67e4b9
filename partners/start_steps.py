"""The step of a new House that is made of partners."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from huizen.house_start import Link, Part, Step
from huizen.words import wall
from partners.models import Contact, Partnership


def _has_partners(now: datetime) -> Exists:
    return Exists(Partnership.objects.on(wall(now).date()).filter(house=OuterRef("pk")))


def _has_contacts(now: datetime) -> Exists:
    present = Partnership.objects.on(wall(now).date()).filter(house=OuterRef(OuterRef("pk")))
    return Exists(Contact.objects.filter(organisation__in=present.values("organisation")))


FIRST_PARTNERS = Step(
    "Eerste partners",
    "Wie werkt er mee? Met namen en nummers erbij plan je overleg zonder te zoeken.",
    (
        Part("partners", "minstens één partner", _has_partners),
        Part("contacts", "minstens één contactpersoon", _has_contacts),
    ),
    (Link("Voeg een partner toe", "partner_search"), Link("Bekijk de partners", "partner_list")),
    50,
)
