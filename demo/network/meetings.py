"""Meetings of the demo: planned as a coordinator does, so that letters and reminders arrive while you watch."""

from datetime import datetime, time, timedelta

from demo.network.houses import BALDEMORE, Home
from demo.network.partners import Circle
from demo.network.people import COORDINATOR
from demo.network.world import World
from huizen.models import User
from partners.actions.answer import answer_meeting
from partners.actions.invitee import Invitee
from partners.actions.meeting import AgendaPoint, MeetingFacts, plan_meeting
from partners.models import AgendaItem, Meeting, MeetingInvitation

Answer, Purpose = MeetingInvitation.Answer, AgendaItem.Purpose
#: Who is asked on the day itself is reminded two hours before: so a meeting in a bit over two hours reminds now.
SOON = timedelta(hours=2, seconds=90)
ASKED = 9
AGENDA = [
    AgendaPoint("Welkom en verslag van vorige keer", Purpose.INFORM, 10),
    AgendaPoint("Wat ouders ons vertelden", Purpose.DISCUSS, 30),
    AgendaPoint("Aanbod in de volgende schoolvakantie", Purpose.DISCUSS, 30),
    AgendaPoint("Wie doet wat tegen de volgende keer", Purpose.DECIDE, 20),
]
#: Title and how many days from today; the first one is due for its reminder in a minute and a half.
COMING = (("Stuurgroep (voorbeeld)", 8), ("Werkgroep taal en ontmoeting (voorbeeld)", 22))


def make_meetings(world: World, homes: list[Home], circle: Circle, users: dict[str, User]) -> int:
    """The meetings of Baldemore, with letters, answers and reminders; gives how many."""
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    people = [contact for partner in circle.of_house[house.pk] for contact in circle.contacts[partner.pk]]
    invitees = [Invitee(contact.name, contact.email, contact) for contact in people if contact.email][:ASKED]
    starts = [("Kort overleg over deze week (voorbeeld)", world.now + SOON)]
    starts += [(title, _at(world, days)) for title, days in COMING]
    for title, starts_at in starts:
        facts = MeetingFacts(
            title=title,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1, minutes=30),
            place="Huis van het Kind Mol, Voorbeeldstraat 1, 2400 Mol",
            note="Dit is een voorbeeld. Antwoord met de knop in de mail.",
        )
        by = users[COORDINATOR.email]
        meeting = plan_meeting(
            house=house, facts=facts, agenda=AGENDA, invitees=invitees, by=by, now=world.now
        )
        _answer(world, meeting)
    return len(starts)


def _at(world: World, days: int) -> datetime:
    """Half past one, so many days from today."""
    day = world.today + timedelta(days=days)
    return datetime.combine(day, time(13, 30), tzinfo=world.zone)


def _answer(world: World, meeting: Meeting) -> None:
    """Some come, one does not, one does not know; the others did not answer yet."""
    answers = [
        (Answer.YES, "Ik breng de cijfers mee."),
        (Answer.YES, ""),
        (Answer.NO, "Ik ben die dag met verlof."),
        (Answer.MAYBE, ""),
        (Answer.YES, ""),
    ]
    for invitation, (answer, comment) in zip(meeting.invitations.order_by("pk"), answers, strict=False):
        answer_meeting(
            invitation=invitation,
            answer=answer,
            comment=comment,
            seen_version=meeting.time_version,
            now=world.now,
        )
