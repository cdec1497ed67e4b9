"""What was made of the meetings of the demo: two that were held with their minutes, things to do, and a point proposed."""

from datetime import datetime, time, timedelta

from demo.network.houses import BALDEMORE, Home
from demo.network.partners import Circle
from demo.network.people import COORDINATOR
from demo.network.world import World
from huizen.models import House, User
from partners.actions.action_point import Agreed, settle_action
from partners.actions.agenda_proposal import propose_point
from partners.actions.attendance import note_attendance, note_extra
from partners.actions.minutes import Save, approve_minutes, save_minutes, send_minutes
from partners.minutes_body import Noted, Written
from partners.models import AgendaDocument, AgendaItem, Contact, Meeting, MeetingInvitation

Purpose, State = AgendaItem.Purpose, AgendaItem.State
TITLE = "Stuurgroep (voorbeeld)"
#: Title, purpose, minutes, how it ended, what was noted, and what was decided.
FIRST = (
    ("Welkom", Purpose.INFORM, 5, State.HANDLED, "", ""),
    (
        "Speelstraat in de zomer",
        Purpose.DISCUSS,
        30,
        State.DEFERRED,
        "Te weinig tijd. We nemen het de volgende keer eerst.",
        "",
    ),
    (
        "Wie vraagt de school",
        Purpose.DECIDE,
        10,
        State.HANDLED,
        "Drie scholen willen meedoen.",
        "De bibliotheek vraagt de drie scholen.",
    ),
)
LAST = (
    ("Verslag van vorige keer", Purpose.DECIDE, 5, State.HANDLED, "Geen opmerkingen.", "Goedgekeurd."),
    (
        "Oudercafé in het voorjaar",
        Purpose.DECIDE,
        25,
        State.HANDLED,
        "Ouders vragen een voormiddag, met opvang.",
        "Elke eerste dinsdag, met opvang.\nDe affiche is klaar voor het einde van de maand.",
    ),
    (
        "Samen een subsidie vragen",
        Purpose.DISCUSS,
        20,
        State.DEFERRED,
        "Eerst horen wat de gemeente plant.",
        "",
    ),
)
EXTRA = ("Jo Voorbeeld, gemeente (voorbeeld)", "Bo Voorbeeld, school (voorbeeld)")
PEOPLE = 4


def make_minutes(world: World, homes: list[Home], circle: Circle, users: dict[str, User]) -> int:
    """The two meetings of Baldemore that were held, and a point proposed for the next; gives how many things are to do."""
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    by = users[COORDINATOR.email]
    first, last = _held(world, house, by, days=36), _held(world, house, by, days=6)
    _without_letters(first, by)
    contacts = [c for partner in circle.of_house[house.pk] for c in circle.contacts[partner.pk] if c.email][
        :PEOPLE
    ]
    asked = [_ask(last, contact) for contact in contacts]
    for invitation, status in zip(asked, ("present", "present", "excused", "present"), strict=False):
        note_attendance(invitation=invitation, status=status, by=by, now=last.ends_at)
    approve_minutes(meeting=first, approved_in=last, by=by, now=last.ends_at)
    _write(last, LAST, by, agreed=_agreed(world, contacts, by))
    done = last.action_points.order_by("pk").last()
    settle_action(point=done, state="done", by=by, now=world.now)
    # What is sent now arrives while you watch.
    send_minutes(meeting=last, seen=1, by=by, now=world.now)
    _prepare_next(world, house, by)
    return last.action_points.count()


def _held(world: World, house: House, by: User, *, days: int) -> Meeting:
    """A meeting of so many days ago, without the letters that were sent then."""
    day = world.today - timedelta(days=days)
    starts = datetime.combine(day, time(13, 30), tzinfo=world.zone)
    before = starts - timedelta(days=14)
    return Meeting.objects.create(
        house=house,
        title=TITLE,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1, minutes=30),
        place="Huis van het Kind Mol, Voorbeeldstraat 1, 2400 Mol",
        ical_uid=f"{world.uuid()}@voorbeeld.example",
        moment_set_at=before,
        changed_at=before,
        organiser=by,
    )


def _ask(meeting: Meeting, contact: Contact) -> MeetingInvitation:
    return meeting.invitations.create(
        name=contact.name,
        email=contact.email.lower(),
        contact=contact,
        organisation=contact.organisation,
        answer=MeetingInvitation.Answer.YES,
        answered_at=meeting.moment_set_at,
        invited_at=meeting.moment_set_at,
    )


def _without_letters(meeting: Meeting, by: User) -> None:
    """Minutes of long ago: who was there was noted by name, and nobody gets them anew."""
    for name in EXTRA:
        note_extra(meeting=meeting, name=name, by=by, now=meeting.ends_at)
    _write(meeting, FIRST, by)
    send_minutes(meeting=meeting, seen=1, by=by, now=meeting.ends_at)


def _write(meeting: Meeting, points, by: User, agreed=()) -> None:
    items = {}
    for position, (title, purpose, minutes, state, notes, decisions) in enumerate(points, start=1):
        facts = {"title": title, "purpose": purpose, "minutes": minutes, "state": state}
        item = meeting.agenda.create(position=position, **facts)
        items[item.pk] = Noted(notes, decisions)
    second = list(items)[1]
    save = Save(Written("", items), seen=0, agreed=[(second, one) for one in agreed])
    save_minutes(meeting=meeting, save=save, by=by, now=meeting.ends_at)


def _agreed(world: World, contacts: list[Contact], by: User) -> list[Agreed]:
    """One that is late, one that is due, one for her who leads the House, one that is done."""
    day = timedelta(days=1)
    return [
        Agreed("Zaal vastleggen (voorbeeld)", contacts[0], world.today - 2 * day),
        Agreed("Affiche maken (voorbeeld)", contacts[1], world.today + 5 * day),
        Agreed("Opvang vragen (voorbeeld)", by, world.today + 9 * day),
        Agreed("Ouders bellen (voorbeeld)", by, world.today - day),
    ]


def _prepare_next(world: World, house: House, by: User) -> None:
    """The next steering group: a document with its second point, and a point that somebody proposes."""
    coming = house.meetings.filter(title=TITLE, starts_at__gt=world.now).order_by("starts_at").first()
    item = coming.agenda.order_by("position")[1]
    AgendaDocument.objects.create(
        item=item,
        title="Wat ouders vertelden (voorbeeld)",
        url="https://delen.voorbeeld.example/wat-ouders-vertelden",
        added_by=by,
        added_at=world.now,
    )
    invitation = coming.invitations.order_by("pk").first()
    facts = {
        "title": "Een speelotheek aan huis (voorbeeld)",
        "purpose": Purpose.DISCUSS,
        "minutes": 15,
        "text": "Twee partners willen dit samen proberen.",
    }
    propose_point(meeting=coming, facts=facts, invitation=invitation, now=world.now)
