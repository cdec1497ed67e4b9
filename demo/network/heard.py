"""What parents told the Houses of the demo: ideas, talks in the neighbourhood, and reports about a page."""

from datetime import timedelta

from activities.models import Activity, Report
from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.world import World, mail
from families.models import Idea, Talk

#: Text, state, and what the House did with it.
IDEAS = (
    ("Een plek om mijn buggy droog te zetten.", Idea.State.SHOWN, "Er staat nu een afdak aan de deur."),
    ("Ik kom graag, maar ik durf niet alleen binnen.", Idea.State.SHOWN, "Bel ons: we wachten je buiten op."),
    ("Iets op zaterdag, want ik werk in de week.", Idea.State.READ, ""),
    ("Een hoekje waar ik rustig kan voeden.", Idea.State.NEW, ""),
)
#: Place, what was heard, what was done, whether parents see it, how many days ago.
TALKS = (
    (
        "Speelplein",
        "Ouders vinden het aanbod pas als het voorbij is.",
        "Het weekblad hangt nu elke maandag aan de school.",
        True,
        40,
    ),
    (
        "Wachtzaal van het consultatiebureau",
        "Het is moeilijk om te weten wie je wanneer mag bellen.",
        "",
        False,
        9,
    ),
)
#: Kind, text, whether the visitor wants to hear back, and what became of it.
REPORTS = (
    (Report.Kind.WHEN, "Op het raam staat tien uur, hier staat negen uur.", True, Report.State.NEW),
    (Report.Kind.ACCESS, "Er is een trap van drie treden.", False, Report.State.NEW),
    (Report.Kind.CONTACT, "Niemand neemt op.", True, Report.State.SOLVED),
)


def make_heard(world: World, homes: list[Home]) -> int:
    """In Baldemore all of it, in Antwerpen a little; gives how many ideas and reports came in."""
    made = 0
    for home in homes:
        if home.area.name in (BALDEMORE, ANTWERPEN):
            made += _ideas(world, home) + _reports(world, home)
            _talks(world, home)
    return made


def _ideas(world: World, home: Home) -> int:
    rows = [
        Idea(
            house=home.house,
            text=text,
            state=state,
            answer=answer,
            created_at=world.now - timedelta(days=3 + 5 * number),
        )
        for number, (text, state, answer) in enumerate(reversed(IDEAS))
    ]
    return len(Idea.objects.bulk_create(rows))


def _talks(world: World, home: Home) -> None:
    Talk.objects.bulk_create(
        Talk(
            house=home.house,
            held_on=world.today - timedelta(days=ago),
            place=place,
            heard=heard,
            done=done,
            is_public=public,
        )
        for place, heard, done, public, ago in TALKS
    )


def _reports(world: World, home: Home) -> int:
    offer = Activity.objects.published().filter(house=home.house).order_by("pk")[: len(REPORTS)]
    rows = [
        Report(
            activity=activity,
            house=home.house,
            kind=kind,
            text=text,
            email=mail("bezoeker") if wants_to_hear else "",
            state=state,
            created_at=world.now - timedelta(hours=5 + 20 * number),
            handled_at=None if state == Report.State.NEW else world.now - timedelta(hours=2),
        )
        for number, (activity, (kind, text, wants_to_hear, state)) in enumerate(
            zip(offer, REPORTS, strict=False)
        )
    ]
    return len(Report.objects.bulk_create(rows))
