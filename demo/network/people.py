"""Who can sign in to the demo: one person of each role. Their code arrives at /postvak/."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.partners import Circle
from demo.network.world import mail
from huizen.models import Membership, User
from huizen.roles import Role
from partners.models import Editor


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as: the address, the name, the role (none: a parent) and the area of her House."""

    email: str
    name: str
    what: str
    role: str = ""
    area: str = ""
    function: str = ""


COORDINATOR = DemoPerson(
    mail("coordinator"),
    "Demo Coördinator",
    "leidt Huis van het Kind Baldemore",
    Role.COORDINATOR,
    BALDEMORE,
    "coördinator",
)
PARENT = DemoPerson(mail("ouder"), "Demo Ouder", "een ouder uit Mol met twee kinderen")
EDITOR = DemoPerson(
    mail("partner"),
    "Demo Partner",
    "houdt het aanbod van een bibliotheek bij",
    Role.PARTNER_EDITOR,
    BALDEMORE,
)
NEW_COORDINATOR = DemoPerson(
    mail("nieuw"), "Demo Nieuw", "begint een nieuw Huis, en helpt in Huis van het Kind Leuven"
)
JUROR = DemoPerson(mail("jury"), "Demo Jurylid", "beoordeelt aanvragen van projecten", Role.JURY)
SECOND_JUROR = DemoPerson(
    mail("jury-twee"), "Demo Jurylid Twee", "zit in dezelfde jury, en is klaar", Role.JURY
)
#: The area of the House where she helps (demo/network/new_house.py).
NEW_HELPS = "Leuven"
#: The organisation that the partner's editor keeps.
EDITS = "Bibliotheek (voorbeeld) Mol"

DEMO_PEOPLE = [
    COORDINATOR,
    DemoPerson(
        mail("medewerker"),
        "Demo Medewerker",
        "werkt in Huis van het Kind Baldemore",
        Role.STAFF,
        BALDEMORE,
        "onthaal",
    ),
    EDITOR,
    DemoPerson(
        mail("coordinator-antwerpen"),
        "Demo Coördinator Antwerpen",
        "leidt Huis van het Kind Antwerpen",
        Role.COORDINATOR,
        ANTWERPEN,
        "coördinator",
    ),
    NEW_COORDINATOR,
    DemoPerson(mail("opgroeien"), "Demo Opgroeien", "volgt alle projecten bij Opgroeien", Role.OFFICER),
    DemoPerson(mail("abb"), "Demo ABB", "leest projecten met integratie en inburgering", Role.ABB_READER),
    JUROR,
    SECOND_JUROR,
    PARENT,
]


def make_people(homes: list[Home], circle: Circle) -> dict[str, User]:
    """All of them, saved with a confirmed address, by address."""
    users = {person.email: User(email=person.email, name=person.name) for person in DEMO_PEOPLE}
    save_users(list(users.values()))
    houses = {home.area.name: home.house for home in homes}
    Membership.objects.bulk_create(
        Membership(
            user=users[person.email],
            house=houses.get(person.area),
            role=person.role,
            function=person.function,
            is_public=bool(person.function),
        )
        for person in DEMO_PEOPLE
        if person.role
    )
    library = next(each for each in circle.of_house[houses[BALDEMORE].pk] if each.name == EDITS)
    Editor.objects.create(user=users[EDITOR.email], organisation=library)
    return users


def save_users(users: list[User]) -> None:
    """People without a password, whose address is confirmed, so that a code by mail is all they need."""
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
