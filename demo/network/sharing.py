"""What professionals of the demo share, tell, learn and hand over: in Baldemore, and one thing of another House."""

from datetime import timedelta

from activities.actions.referral import make_sheet
from activities.models import Activity, Session
from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.people import COORDINATOR, EDITOR, EDITS
from demo.network.world import World
from huizen.languages import DUTCH
from huizen.models import House, User
from huizen.vocabulary import Element, OfferType, Pillar
from partners.models import News, Organisation, Resource, ResourceVersion

Kind, Reach = Resource.Kind, Resource.Reach
SITE = "https://delen.voorbeeld.example"
#: House, kind, reach, title, text, themes, and what was new in each version.
SHARED = (
    (
        BALDEMORE,
        Kind.DOCUMENT,
        Reach.HOUSE,
        "Draaiboek voor een oudercafé (voorbeeld)",
        "Van de uitnodiging tot de afwas, op twee bladzijden.",
        ["social_cohesion", "parenting"],
        ("", "Met een lijstje voor de eerste keer"),
    ),
    (
        BALDEMORE,
        Kind.PODCAST,
        Reach.HOUSE,
        "Luisteren naar vaders (voorbeeld)",
        "Drie vaders over de drempel van een Huis.",
        ["parenting"],
        ("",),
    ),
    (
        ANTWERPEN,
        Kind.EXAMPLE,
        Reach.NETWORK,
        "Een luierbank beginnen (voorbeeld)",
        "Wat ons hielp, en wat we nu anders zouden doen.",
        ["practical_support", "income"],
        ("",),
    ),
)
LEARNING = (
    (
        "Leerlab: praten over geld (voorbeeld)",
        "Vier voormiddagen over gesprekken met gezinnen die krap zitten.",
        9,
    ),
    ("Leertraject: eenvoudig schrijven (voorbeeld)", "Schrijf zo dat elke ouder het begrijpt.", 16),
)
HANDED_OVER = 3


def make_sharing(world: World, homes: list[Home]) -> int:
    """A few resources, a message, two things to learn and two sheets; gives how many resources there are."""
    houses = {home.area.name: home.house for home in homes}
    coordinator = User.objects.get(email=COORDINATOR.email)
    editor = User.objects.get(email=EDITOR.email)
    for name, *facts, notes in SHARED:
        _share(world, houses[name], facts, notes, by=coordinator if name == BALDEMORE else None)
    resource = Resource.objects.filter(kind=Kind.PODCAST).get()
    resource.organisation, resource.added_by = Organisation.objects.get(name=EDITS), editor
    resource.save(update_fields=["organisation", "added_by"])
    own = houses[BALDEMORE]
    News.objects.create(
        house=own,
        title="Nieuwe stuurgroep (voorbeeld)",
        text="Na de vakantie kiezen we een nieuwe stuurgroep. Denk je mee? Zeg het op het overleg.",
        since=world.today,
        until=world.today + timedelta(days=21),
        written_at=world.now,
    )
    for title, summary, days in LEARNING:
        _learn(world, own, title, summary, days)
    for by, language in ((coordinator, DUTCH), (editor, "fr")):
        _hand_over(world, own, by, language)
    return len(SHARED)


def _share(world: World, house: House, facts: list, notes: tuple[str, ...], *, by: User | None) -> None:
    kind, reach, title, text, themes = facts
    resource = Resource.objects.create(
        house=house,
        kind=kind,
        reach=reach,
        title=title,
        text=text,
        life_domains=themes,
        added_by=by,
        changed_at=world.now - timedelta(days=5),
    )
    slug = world.slug(title, longest=60)
    ResourceVersion.objects.bulk_create(
        ResourceVersion(
            resource=resource,
            number=number,
            url=f"{SITE}/{slug}-{number}",
            note=note,
            added_by=by,
            added_at=world.now - timedelta(days=5 + 30 * (len(notes) - number)),
        )
        for number, note in enumerate(notes, start=1)
    )


def _learn(world: World, house: House, title: str, summary: str, days: int) -> None:
    facts = OfferType.WORKSHOP.facts
    activity = Activity.objects.create(
        house=house,
        audience=Activity.Audience.PROFESSIONALS,
        slug=world.slug(title, longest=120),
        title=title,
        summary=summary,
        offer_type=OfferType.WORKSHOP,
        element=Element(facts.element),
        pillar=Pillar(facts.pillar),
        registration_mode=Activity.RegistrationMode.REQUIRED,
        channels=[Activity.Channel.ONLINE],
        counts=Activity.Counts.PERSONS,
        asks_birth_month=False,
        capacity=16,
        status=Activity.Status.PUBLISHED,
        checked_on=world.today,
        changed_at=world.now,
        published_at=world.now,
        is_demo=True,
    )
    start = world.now.astimezone(world.zone).replace(hour=9, minute=30, second=0, microsecond=0)
    for week in range(4):
        at = start + timedelta(days=days + 7 * week)
        Session.objects.create(
            activity=activity,
            original_start=at,
            starts_at=at,
            ends_at=at + timedelta(hours=3),
            capacity=activity.capacity,
            changed_at=world.now,
        )


def _hand_over(world: World, house: House, by: User, language: str) -> None:
    offer = Activity.objects.published().filter(house=house).order_by("pk")[:HANDED_OVER]
    make_sheet(activities=list(offer), house=house, language=language, greeting="warm", by=by, now=world.now)
