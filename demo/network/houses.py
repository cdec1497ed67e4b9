"""The Houses of the demo with their areas and their link to the real projects."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.network.areas import ENDED, ENDED_ON, Area, Areas, plan_areas, spans
from demo.network.world import World, mail, phone
from huizen.models import House, Municipality, WorkingArea
from projects.models import Project

FIRST_DAY = date(2014, 11, 1)
YEARS_OF_GROWTH = 4
BALDEMORE, ANTWERPEN = "Baldemore", "Antwerpen"
INTROS = (
    "Huis van het Kind {name} is er voor elk gezin met kinderen, en voor wie een kind verwacht. Kom binnen met je "
    "vraag, speel mee of drink een koffie.",
    "Je kind groeit op in {name}. Wij helpen je op weg: met een gesprek, een adres of een namiddag samen spelen.",
    "In {name} werken veel mensen samen voor gezinnen. Hier vind je ze op één plek.",
    "Heb je een vraag over slapen, eten, school of geld? In {name} zoeken we samen het antwoord.",
)
PARTICIPATION = (
    "Vier keer per jaar praten ouders met ons over wat beter kan. Er is koffie en opvang voor de kinderen.",
    "Ouders kiezen mee wat we organiseren. Wil je meedoen? Zeg het aan wie je ontvangt.",
    "Aan de muur hangt een bord met ideeën van ouders. Elke maand kiezen we er één.",
    "",
)


@dataclass(frozen=True)
class Home:
    """A House with the area that it serves, and whether it has a project."""

    house: House
    area: Area
    in_project: bool


def make_houses(world: World) -> tuple[list[Home], Areas]:
    """All Houses of today, saved, with their areas; and the areas, for who wants to know who has none."""
    projects = list(Project.objects.prefetch_related("municipalities"))
    today = {m.present.pk for project in projects for m in project.municipalities.all()}
    areas = plan_areas(Municipality.objects.prefetch_related("former").order_by("pk"), projects=today)
    homes = [
        Home(_house(world, number, area), area, any(m.pk in today for m in area.municipalities))
        for number, area in enumerate(areas.served, start=1)
    ]
    House.objects.bulk_create(home.house for home in homes)
    _make_areas(world, homes)
    _make_ended_house(world)
    _link_projects(projects, homes)
    return homes, areas


def _house(world: World, number: int, area: Area) -> House:
    dice = world.dice
    slug = world.slug(area.name, longest=80)
    return House(
        slug=slug,
        name=f"Huis van het Kind {area.name}",
        form=_form(number, area),
        legal_form=dice.choice(House.LegalForm.values),
        is_recognised=True,
        is_subsidised=dice.random() < 0.9,
        intro=dice.choice(INTROS).format(name=area.name),
        participation=dice.choice(PARTICIPATION),
        phone=phone(number),
        email=mail(f"huis-{slug}"),
        checked_on=world.today - timedelta(days=dice.randrange(0, 260)),
        is_demo=True,
    )


def _form(number: int, area: Area) -> str:
    if area.name in (BALDEMORE, ANTWERPEN) or len(area.municipalities) > 1:
        return House.Form.MULTI_SITE
    if number % 40 == 0:
        return House.Form.VIRTUAL
    return House.Form.NETWORK if number % 18 == 0 else House.Form.PHYSICAL


def _make_areas(world: World, homes: list[Home]) -> None:
    rows = []
    for home in homes:
        since = FIRST_DAY + timedelta(days=world.dice.randrange(YEARS_OF_GROWTH * 365))
        for municipality, first, last in spans(home.area, since=since):
            rows.append(WorkingArea(house=home.house, municipality=municipality, since=first, until=last))
    WorkingArea.objects.bulk_create(rows)


def _make_ended_house(world: World) -> None:
    """A House of before the mergers of 2025: its parts belong to others since, and parents no longer see it."""
    municipalities = Municipality.objects.in_bulk(ENDED)
    name = ", ".join(municipalities[code].name for code in ENDED)
    house = House.objects.create(
        slug=world.slug(name, longest=80), name=f"Huis van het Kind {name}", is_published=False, is_demo=True
    )
    WorkingArea.objects.bulk_create(
        WorkingArea(house=house, municipality=municipality, since=FIRST_DAY, until=ENDED_ON)
        for municipality in municipalities.values()
    )


def _link_projects(projects: list[Project], homes: list[Home]) -> None:
    served = {m.pk: home.house for home in homes for m in home.area.municipalities}
    for project in projects:
        if project.house_id is None:
            project.house = served[project.municipalities.all()[0].present.pk]
    Project.objects.bulk_update(projects, ["house"])
