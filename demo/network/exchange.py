"""What professionals of the demo give each other: questions, examples, a list of colleagues, and a track to follow."""

from activities.actions.support_track import keep_track
from activities.models import Activity, SupportTrack
from demo.network.houses import ANTWERPEN, BALDEMORE, Home
from demo.network.people import COORDINATOR
from demo.network.world import World, mail
from huizen.models import User
from projects.actions.exchange import (
    answer_colleagues,
    ask_colleagues,
    decide_example,
    enter_directory,
    propose_example,
)
from projects.models import PracticeExample, Project

#: Title, what worked, for whom, and whether the agency published it.
EXAMPLES = (
    (
        "Een tafel in plaats van een balie (voorbeeld)",
        "We haalden de balie weg.\n\nWie binnenkomt, schuift aan. Mensen blijven langer, en stellen sneller een vraag.",
        "Ouders die een loket spannend vinden",
        True,
    ),
    (
        "Samen soep koken (voorbeeld)",
        "Elke ouder brengt één groente mee. Praten gaat vanzelf terwijl je snijdt.",
        "Ouders die nog weinig Nederlands spreken",
        False,
    ),
)


def make_exchange(world: World, homes: list[Home], users: dict[str, User]) -> int:
    """Two questions, two examples, two colleagues and a track; gives how many examples there are."""
    writer, officer = users[COORDINATOR.email], users[mail("opgroeien")]
    other = users[mail("coordinator-antwerpen")]
    houses = {home.area.name: home.house for home in homes}
    here, there = houses[BALDEMORE], houses[ANTWERPEN]
    question = ask_colleagues(
        house=here,
        title="Hoe bereiken jullie vaders? (voorbeeld)",
        text="Bij ons komen vooral moeders. Wat werkte bij jullie?",
        by=writer,
        now=world.now,
    )
    reply = "Een vast uur op zaterdag, met iets om samen te maken (voorbeeld)."
    answer_colleagues(question=question, house=there, text=reply, by=other, now=world.now)
    unanswered = {"title": "Wie heeft een goede tolkendienst? (voorbeeld)", "text": ""}
    ask_colleagues(house=there, **unanswered, by=other, now=world.now)
    project = Project.objects.filter(call__programme__slug="voorbeeld", house=here).order_by("pk").first()
    for title, worked, for_whom, published in EXAMPLES:
        facts = {"title": title, "worked": worked, "for_whom": for_whom, "project": project}
        example = PracticeExample(house=here)
        propose_example(example=example, facts=facts, by=writer, now=world.now)
        if published:
            decide_example(example=example, state=PracticeExample.State.PUBLISHED, by=officer, now=world.now)
    enter_directory(text="Vaders bereiken, werken met vrijwilligers (voorbeeld)", by=other, now=world.now)
    enter_directory(text="Vragen over verslagen en subsidies (voorbeeld)", by=officer, now=world.now)
    keep_track(
        track=SupportTrack(),
        title="Nieuw als coördinator (voorbeeld)",
        text="Voor wie pas een Huis leidt. Je leert collega's kennen, en je oefent wat je de week erna al gebruikt.",
        is_online=True,
        activities=Activity.objects.for_professionals(),
        by=officer,
        now=world.now,
    )
    return len(EXAMPLES)
