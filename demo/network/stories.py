"""What the invented projects of the demo tell everybody: stories in every state, and what stays. Never of a real project."""

from datetime import timedelta

from demo.network.drawing import ALT, consent_of, image_file
from demo.network.people import COORDINATOR
from demo.network.world import World, mail
from huizen.models import User
from projects.actions.mainstreaming import confirm_mainstreaming, tell_mainstreaming
from projects.actions.story import begin_story, move_story, summaries_of, write_story
from projects.models import Mainstreaming, Project, Story
from projects.story_flow import StoryAct

BODY = (
    "Dit is een verzonnen verhaal, om te tonen hoe het portaal werkt.\n\n"
    "Elke woensdag staat er een lange tafel in de tuin. Wie langskomt, schuift aan. Er is soep, er is speelgoed, en er is "
    "altijd iemand die luistert.\n\n"
    "Gezinnen vertelden het aan hun buren. Zo werd de tafel elke maand een stukje langer."
)
LEARNED = "Begin met één tafel en een vaste dag.\n\nVraag aan ouders wat zij willen doen. Dan blijven ze komen (voorbeeld)."
FILM = "https://film.voorbeeld.example/de-lange-tafel"
#: Which part, what stays of it, and in which words; the first two are confirmed.
STAYS = (
    ("De lange tafel (voorbeeld)", "stays", "De gemeente betaalt de begeleider verder."),
    ("Het taalcafé (voorbeeld)", "partly", "Vrijwilligers doen het voort, om de twee weken."),
    ("De bakfiets (voorbeeld)", "sought", "We zoeken nog wie de bakfiets onderhoudt."),
)


def make_stories(world: World, users: dict[str, User]) -> int:
    """A published story with all that a story can have, one that waits for the agency, and what stays; how many stories."""
    writer, officer = users[COORDINATOR.email], users[mail("opgroeien")]
    projects = Project.objects.filter(call__programme__slug="voorbeeld").order_by("pk")
    done = next(project for project in projects if summaries_of(project))
    facts = {"by": writer, "now": world.now}
    story = begin_story(project=done, version=summaries_of(done)[0], **facts)
    told = {
        "title": "Een tafel die elke maand langer wordt (voorbeeld)",
        "body": BODY,
        "learned": LEARNED,
        "film_url": FILM,
        "alt_text": ALT,
        "consent": consent_of(done, **facts),
    }
    write_story(story=story, facts=told, image=image_file(), **facts)
    for act, by in (
        (StoryAct.PROPOSE, writer),
        (StoryAct.APPROVE, officer),
        (StoryAct.PUBLISH, writer),
    ):
        move_story(story=story, act=act, by=by, now=world.now)
    other = next(project for project in projects if project != done and project.house == done.house)
    waits = {"title": "Woorden bij de soep (voorbeeld)", "body": BODY}
    waiting = write_story(story=Story(project=other), facts=waits, **facts)
    move_story(story=waiting, act=StoryAct.PROPOSE, **facts)
    _stays(world, done, writer, officer)
    return 2


def _stays(world: World, project: Project, writer: User, officer: User) -> None:
    for number, (part, state, sentence) in enumerate(STAYS):
        since = world.today - timedelta(days=30 * (number + 1))
        facts = {"part": part, "state": state, "sentence": sentence, "since": since}
        row = tell_mainstreaming(row=Mainstreaming(project=project), facts=facts, by=writer, now=world.now)
        if number < 2:
            confirm_mainstreaming(row=row, seen=row.told_at, by=officer, now=world.now)
