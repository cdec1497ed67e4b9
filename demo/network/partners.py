"""The partners of the demo: generic organisations over all life domains, plainly marked as examples."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.world import World, mail, phone
from huizen.vocabulary import LifeDomain as D
from partners.models import Contact, Organisation, Partnership

#: What it is, what it does, and for which parts of life. One of each works in the whole network.
EVERYWHERE = (
    ("CAW", "Helpt bij problemen thuis, met wonen, geld of relaties.", (D.HOUSING, D.MENTAL_WELLBEING)),
    ("Team consultatiebureaus", "Volgt hoe baby's en peuters groeien.", (D.HEALTH, D.PARENTING)),
    ("Vroedvrouwenpraktijk", "Begeleidt zwangere vrouwen en jonge ouders.", (D.PRENATAL, D.HEALTH)),
    ("Kraamzorgdienst", "Helpt thuis na een geboorte.", (D.PRENATAL, D.PRACTICAL_SUPPORT)),
    ("Opvoedingswinkel", "Praat met ouders over opvoeden.", (D.PARENTING,)),
    (
        "Centrum voor leerlingenbegeleiding",
        "Begeleidt leerlingen en hun ouders.",
        (D.EDUCATION, D.YOUTH_CARE),
    ),
    ("Centrum geestelijke gezondheidszorg", "Helpt wie het moeilijk heeft.", (D.MENTAL_WELLBEING,)),
    ("Wijkgezondheidscentrum", "Dokters en verpleegkundigen in de buurt.", (D.HEALTH,)),
    ("Mutualiteit", "Betaalt zorg terug en zoekt hulp.", (D.HEALTH, D.INCOME)),
    ("Groeipakket-uitbetaler", "Betaalt het Groeipakket uit, het kindergeld.", (D.INCOME,)),
    ("Agentschap voor inburgering", "Helpt wie nieuw is in het land.", (D.INTEGRATION,)),
    (
        "Centrum voor basiseducatie",
        "Leert volwassenen lezen, rekenen en Nederlands.",
        (D.INTEGRATION, D.EDUCATION),
    ),
    ("Vrijwilligers aan huis", "Steunt gezinnen thuis.", (D.PRACTICAL_SUPPORT, D.PARENTING)),
    ("Dienst voor arbeidsbemiddeling", "Zoekt werk en opleiding.", (D.EMPLOYMENT,)),
    ("Sociaal verhuurkantoor", "Verhuurt goede en betaalbare huizen.", (D.HOUSING,)),
    ("Vereniging waar armen het woord nemen", "Komt op voor gezinnen met weinig geld.", (D.INCOME,)),
    ("Jeugdhulporganisatie", "Helpt kinderen, jongeren en hun ouders.", (D.YOUTH_CARE,)),
    ("Jongerenadviescentrum", "Luistert naar jongeren.", (D.YOUTH_CARE, D.MENTAL_WELLBEING)),
    ("Gezinsbond-afdeling", "Brengt gezinnen samen.", (D.SOCIAL_COHESION, D.LEISURE)),
    ("Sportdienst", "Brengt kinderen aan het sporten.", (D.SPORT,)),
    ("Cultuurcentrum", "Toont theater en film voor kinderen.", (D.CULTURE,)),
    ("Jeugddienst", "Organiseert speelpleinen en ondersteunt jeugdbewegingen.", (D.LEISURE,)),
    (
        "Thuisbegeleidingsdienst",
        "Begeleidt gezinnen met een kind met een beperking.",
        (D.PARENTING, D.YOUTH_CARE),
    ),
    ("Kringwinkel", "Verkoopt en geeft tweedehands spullen.", (D.PRACTICAL_SUPPORT, D.EMPLOYMENT)),
)
#: One of each in a few towns.
LOCAL = (
    ("Bibliotheek", "Leent boeken en speelgoed uit.", (D.CULTURE, D.EDUCATION)),
    ("Sociaal Huis", "Helpt met geld, wonen en papieren.", (D.INCOME, D.HOUSING)),
    ("Lokaal Loket Kinderopvang", "Zoekt samen met ouders opvang.", (D.CHILDCARE,)),
    ("Kinderdagverblijf", "Vangt baby's en peuters op.", (D.CHILDCARE,)),
    ("Basisschool", "Een school voor kleuters en lagere school.", (D.EDUCATION,)),
    ("Buurthuis", "Een plek voor de hele buurt.", (D.SOCIAL_COHESION, D.LEISURE)),
    ("Moedergroep", "Moeders die elkaar elke week zien.", (D.SOCIAL_COHESION, D.INTEGRATION)),
    ("Speelotheek", "Leent speelgoed uit.", (D.LEISURE,)),
)
#: Houses with partners of their own, and the town after which those are named.
TOWNS = {BALDEMORE: "Mol", ANTWERPEN: "Antwerpen", "Leuven": "Leuven"}
ROLES = Partnership.Role
FUNCTIONS = ("coördinator", "maatschappelijk werker", "verpleegkundige", "onthaal", "verantwoordelijke")


@dataclass(frozen=True)
class Circle:
    """The partners of the network, and those of each House (by its key)."""

    everywhere: list[Organisation]
    of_house: dict[int, list[Organisation]]
    contacts: dict[int, list[Contact]]


def make_partners(world: World, homes: list[Home]) -> Circle:
    """All partners, saved, with what they are in each House and whom to call."""
    everywhere = [_organisation(world, number, *facts) for number, facts in enumerate(EVERYWHERE, start=1)]
    local = {
        name: [
            _organisation(world, 40 + number, f"{kind} (voorbeeld) {town}", *rest, kind=kind)
            for number, (kind, *rest) in enumerate(LOCAL)
        ]
        for name, town in TOWNS.items()
    }
    everyone = [*everywhere, *(each for own in local.values() for each in own)]
    Organisation.objects.bulk_create(everyone)
    of_house = {home.house.pk: _circle(world, home, everywhere, local) for home in homes}
    Partnership.objects.bulk_create(
        _partnership(world, home, number, organisation)
        for home in homes
        for number, organisation in enumerate(of_house[home.house.pk])
    )
    return Circle(everywhere, of_house, _make_contacts(world, everyone))


def _organisation(world: World, number: int, name, description, domains, *, kind: str = "") -> Organisation:
    full = name if kind else f"{name} (voorbeeld)"
    slug = world.slug(full, longest=80)
    return Organisation(
        slug=slug,
        name=full,
        kind=kind or name,
        life_domains=[domain.value for domain in domains],
        description=description,
        phone=phone(number),
        email=mail(slug),
        is_demo=True,
    )


def _circle(world: World, home: Home, everywhere: list[Organisation], local) -> list[Organisation]:
    """All of them where the House has its own; elsewhere a handful."""
    if home.area.name in local:
        return [*local[home.area.name], *everywhere]
    return world.dice.sample(everywhere, world.dice.randrange(6, 12))


def _partnership(world: World, home: Home, number: int, organisation: Organisation) -> Partnership:
    roles = [ROLES.LEAD, ROLES.CORE, ROLES.CORE, ROLES.STEERING, ROLES.WORKING_GROUP]
    since = date(2015, 1, 1) + timedelta(days=world.dice.randrange(2500))
    return Partnership(
        house=home.house,
        organisation=organisation,
        role=roles[number] if number < len(roles) else ROLES.PARTNER,
        since=since,
    )


def _make_contacts(world: World, organisations: list[Organisation]) -> dict[int, list[Contact]]:
    contacts = {}
    number = 0
    for organisation in organisations:
        contacts[organisation.pk] = []
        for _ in range(world.dice.randrange(1, 3)):
            number += 1
            contacts[organisation.pk].append(
                Contact(
                    organisation=organisation,
                    name=f"Demo Contact {number}",
                    function=world.dice.choice(FUNCTIONS),
                    email=mail(f"demo-contact-{number}"),
                    phone=phone(number),
                    is_public=world.dice.random() < 0.2,
                )
            )
    Contact.objects.bulk_create(contact for own in contacts.values() for contact in own)
    return contacts
