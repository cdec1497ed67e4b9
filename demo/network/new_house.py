"""A House that begins: half of it is there, so that the guided start has something to say. Not yet shown to parents."""

from datetime import timedelta

from demo.network.houses import Home
from demo.network.people import NEW_COORDINATOR, NEW_HELPS
from demo.network.world import World, mail, phone
from huizen.models import House, Location, Membership, User
from huizen.roles import Role
from partners.models import Contact, Organisation, Partnership

NAME = "Huis van het Kind in opbouw (voorbeeld)"


def make_new_house(world: World, homes: list[Home], users: dict[str, User]) -> House:
    """The House, with a place without hours, a number without intro, one partner; its coordinator helps elsewhere too."""
    house = House.objects.create(
        slug=world.slug("in opbouw", longest=80),
        name=NAME,
        phone=phone(99),
        email=mail("huis-in-opbouw"),
        is_published=False,
        is_demo=True,
    )
    neighbour = next(home for home in homes if home.area.name == NEW_HELPS)
    Location.objects.create(
        house=house,
        name="Eerste plek (voorbeeld)",
        street="Voorbeeldstraat 99",
        municipality=neighbour.area.municipalities[0].present,
    )
    _make_partner(world, house)
    _let_in(users[NEW_COORDINATOR.email], house, neighbour.house)
    return house


def _make_partner(world: World, house: House) -> None:
    name = "Buurtvereniging in opbouw (voorbeeld)"
    partner = Organisation.objects.create(
        slug=world.slug(name, longest=80), name=name, life_domains=["social_cohesion"], is_demo=True
    )
    Partnership.objects.create(house=house, organisation=partner, since=world.today - timedelta(days=3))
    Contact.objects.create(
        organisation=partner, name="Demo Contact Opbouw", email=mail("demo-contact-opbouw")
    )


def _let_in(user: User, house: House, neighbour: House) -> None:
    Membership.objects.create(user=user, house=house, role=Role.COORDINATOR)
    Membership.objects.create(user=user, house=neighbour, role=Role.STAFF)
