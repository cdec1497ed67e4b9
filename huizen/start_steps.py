"""The first steps of a new House: where it works, where people can walk in and when, and how to reach it."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from huizen.house_start import Link, Part, Step
from huizen.models import Location, WorkingArea
from huizen.words import wall


def _serves(now: datetime) -> Exists:
    return Exists(WorkingArea.objects.on(wall(now).date()).filter(house=OuterRef("pk")))


def _has_a_place(now: datetime) -> Exists:
    return Exists(Location.objects.in_use().filter(house=OuterRef("pk")))


def _every_place_has_hours(now: datetime) -> Q:
    """Also a House without places has none without hours; that it lacks a place is said apart."""
    places = Location.objects.in_use().filter(house=OuterRef("pk"), by_appointment=False, opening_hours=None)
    return ~Q(Exists(places.exclude(kind=Location.Kind.ONLINE)))


def _says(field: str):
    return lambda now: ~Q(**{field: ""})


AREA = Step(
    "Werkingsgebied",
    "Ouders vinden het Huis met hun postcode. Zonder gemeenten vindt niemand jullie.",
    (Part("area", "minstens één gemeente", _serves),),
    (Link("Kies de gemeenten", "working_area", of_house=True),),
    10,
)
PLACES = Step(
    "Plekken en uren",
    "Waar kan een gezin binnenlopen, en wanneer? Antwoord eerst dat: het is wat ouders het vaakst vragen.",
    (
        Part("place", "minstens één plek", _has_a_place),
        Part("hours", "uren bij elke plek", _every_place_has_hours),
    ),
    (
        Link("Voeg een plek toe", "location_create", of_house=True),
        Link("Bekijk de plekken en hun uren", "house_manage", of_house=True),
    ),
    20,
)
CONTACT = Step(
    "Contact",
    "Een nummer, een mailadres en een paar zinnen: zo weet een ouder bij wie ze terechtkan.",
    (
        Part("phone", "een telefoonnummer", _says("phone")),
        Part("email", "een mailadres", _says("email")),
        Part("intro", "een paar zinnen over het Huis", _says("intro")),
    ),
    (Link("Vul de gegevens in", "house_edit", of_house=True),),
    30,
)
STEPS = (AREA, PLACES, CONTACT)
