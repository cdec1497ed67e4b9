"""Groups that meet, a series, a question for a date, and meetings of the past months, so that the overview has a year to tell of."""

from datetime import datetime, time, timedelta
from itertools import cycle

from demo.network.houses import BALDEMORE, Home
from demo.network.partners import Circle
from demo.network.people import COORDINATOR
from demo.network.world import World, mail
from huizen.models import House, User
from partners.actions.date_poll import PollFacts, open_poll, vote
from partners.actions.invitee import Invitee
from partners.actions.meeting import MeetingFacts, plan_meeting
from partners.actions.meeting_group import GroupFacts, add_members, make_group
from partners.actions.meeting_series import plan_series
from partners.models import (
    AgendaItem,
    Contact,
    DatePoll,
    GroupMember,
    Meeting,
    MeetingGroup,
    MeetingInvitation,
    MeetingSeries,
    PollVote,
)
from partners.models.meeting_group import coordinators
from partners.standing_agenda import StandingPoint, kept

Answer, Choice = MeetingInvitation.Answer, PollVote.Choice
PLACE = "Huis van het Kind Mol, Voorbeeldstraat 1, 2400 Mol"
NOTE = "Dit is een voorbeeld."
#: How many meetings of the past there are, so many days apart.
PAST, APART = 5, 28
#: What the partners said then, one after the other: some always come, one never, one does not answer.
THEN = (Answer.YES, Answer.YES, Answer.NO, Answer.NONE, Answer.YES, Answer.MAYBE)
#: With what every date of the series begins.
STANDING = (
    StandingPoint("Welkom en nieuws van ieder Huis", AgendaItem.Purpose.INFORM, 15, key="welkom"),
    StandingPoint("Wat ouders ons vertelden", AgendaItem.Purpose.DISCUSS, 30, key="ouders"),
    StandingPoint("Wie doet wat", AgendaItem.Purpose.DECIDE, 15, key="afspraken"),
)
#: What the first people say of the three moments.
VOTES = (
    (Choice.YES, Choice.YES, Choice.NO),
    (Choice.NO, Choice.YES, Choice.IF_NEEDED),
    (Choice.IF_NEEDED, Choice.YES, Choice.YES),
)


def make_gatherings(world: World, homes: list[Home], circle: Circle, users: dict[str, User]) -> int:
    """All of it for Baldemore, and one meeting of the whole network; gives how many meetings that are to come."""
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    by, people = users[COORDINATOR.email], _people(house, circle)
    group = _group(world, house, by, people)
    series = _series(world, house, group, by)
    _poll(world, house, group, by)
    _past(world, house, by, people)
    _network(world, users[mail("opgroeien")])
    return series.meetings.count() + 1


def _people(house: House, circle: Circle) -> list[Contact]:
    partners = circle.of_house[house.pk]
    return [contact for partner in partners for contact in circle.contacts[partner.pk] if contact.email]


def _group(world: World, house: House, by: User, people: list[Contact]) -> MeetingGroup:
    facts = GroupFacts(MeetingGroup.Kind.WORKING, "Taal en ontmoeting (voorbeeld)")
    group = make_group(house=house, facts=facts, by=by, now=world.now)
    members = [Invitee(one.name, one.email, one) for one in people[:5]]
    members.append(Invitee("Demo Gast", mail("demo-gast")))
    whole = [(people[-1].organisation, GroupMember.Reach.CHOOSES)]
    add_members(group=group, people=members, organisations=whole, by=by, now=world.now)
    return group


def _series(world: World, house: House, group: MeetingGroup, by: User) -> MeetingSeries:
    rule = MeetingSeries(
        house=house,
        group=group,
        title="Werkgroep taal, elke maand (voorbeeld)",
        kind=MeetingSeries.Kind.NTH_WEEKDAY,
        weekdays=[1],
        nths=[1],
        starts_on=world.today,
        starts_at=time(9, 30),
        ends_at=time(11),
        place=PLACE,
        note=NOTE,
        agenda=kept(STANDING),
    )
    return plan_series(rule=rule, invitees=[], by=by, now=world.now)


def _poll(world: World, house: House, group: MeetingGroup, by: User) -> DatePoll:
    facts = PollFacts(
        "Voorbereiding van de zomer (voorbeeld)",
        world.today + timedelta(days=6),
        place=PLACE,
        note=NOTE,
        shows_votes=True,
    )
    moments = [(_at(world, days), _at(world, days) + timedelta(hours=2)) for days in (15, 16, 20)]
    poll = open_poll(
        house=house, group=group, facts=facts, moments=moments, invitees=[], by=by, now=world.now
    )
    options = list(poll.options.order_by("starts_at"))
    for voter, choices in zip(poll.voters.order_by("name"), VOTES, strict=False):
        said = {option.pk: choice for option, choice in zip(options, choices, strict=True)}
        vote(voter=voter, choices=said, comment="", now=world.now)
    return poll


def _past(world: World, house: House, by: User, people: list[Contact]) -> None:
    """Written as they were, without letters: nobody is invited to what is over."""
    for number in range(1, PAST + 1):
        start = _at(world, -number * APART)
        meeting = Meeting.objects.create(
            house=house,
            title="Stuurgroep (voorbeeld)",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            place=PLACE,
            organiser=by,
            ical_uid=f"{world.uuid()}@voorbeeld.example",
            moment_set_at=start - timedelta(days=20),
            changed_at=start - timedelta(days=20),
        )
        MeetingInvitation.objects.bulk_create(
            MeetingInvitation(
                meeting=meeting,
                contact=one,
                organisation=one.organisation,
                name=one.name,
                email=one.email,
                answer=answer,
                answered_at=None if answer == Answer.NONE else start - timedelta(days=9),
                invited_at=start - timedelta(days=20),
            )
            for one, answer in zip(people[:12], cycle(THEN), strict=False)
        )


def _network(world: World, by: User) -> Meeting:
    start = _at(world, 30)
    facts = MeetingFacts(
        "Coördinatoren van alle Huizen (voorbeeld)",
        start,
        start + timedelta(hours=3),
        online_url="https://voorbeeld.example/overleg",
        note=NOTE,
        shows_who_comes=True,
    )
    invitees = [Invitee(str(user), user.email) for user in coordinators().order_by("pk")]
    return plan_meeting(house=None, facts=facts, agenda=[], invitees=invitees, by=by, now=world.now)


def _at(world: World, days: int) -> datetime:
    """Ten in the morning, so many days from today."""
    day = world.today + timedelta(days=days)
    return datetime.combine(day, time(10), tzinfo=world.zone)
