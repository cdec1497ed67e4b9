"""The steps of a new House that are made of offer: its three pillars, its first activities, what parents see."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from activities.models import Activity
from huizen.house_start import Link, Part, Step
from huizen.vocabulary import Pillar

Status = Activity.Status
OVER = (Status.EXPIRED, Status.ARCHIVED)


def _offers(pillar: Pillar):
    def condition(now: datetime) -> Exists:
        own = Activity.objects.filter(house=OuterRef("pk"), pillar=pillar)
        return Exists(own.exclude(status__in=OVER))

    return condition


def _has_offer(now: datetime) -> Exists:
    return Exists(Activity.objects.filter(house=OuterRef("pk"), status=Status.PUBLISHED))


def _is_shown(now: datetime) -> Q:
    return Q(is_published=True)


PILLARS = Step(
    "De drie pijlers",
    "Een Huis werkt aan alle drie. Eén activiteit per pijler is genoeg om te beginnen, ook als ontwerp.",
    tuple(Part(f"pillar_{pillar}", pillar.label.lower(), _offers(pillar)) for pillar in Pillar),
    (Link("Maak een activiteit", "offer_create"), Link("Bekijk de dekking", "coverage")),
    40,
)
OFFER = Step(
    "Eerste activiteiten",
    "Kies een soort: de leeftijd, de pijler en het element staan dan al klaar. Zeg daarna wanneer het is, en publiceer.",
    (Part("offer", "minstens één gepubliceerde activiteit", _has_offer),),
    (Link("Maak een activiteit", "offer_create"), Link("Bekijk alle activiteiten", "offer_list")),
    60,
)
SHOWN = Step(
    "Wat ouders zien",
    "Lees de pagina van het Huis op een telefoon, zoals een ouder. Opgroeien zet het Huis aan voor ouders.",
    (Part("shown", "het Huis is zichtbaar voor ouders", _is_shown),),
    (),
    70,
)
STEPS = (PILLARS, OFFER, SHOWN)
