"""What comes in by itself in the demo: a file with offer that waits, a calendar that is followed, one that fails."""

from datetime import datetime, time, timedelta

from icalendar import Calendar, Event

from activities.actions.offer import change_activity, publish_activity
from activities.actions.offer_import import prepare_offer_import
from activities.actions.outside_calendar import add_calendar, confirm_calendar
from activities.actions.outside_event import settle_all
from activities.actions.outside_reading import keep_reading
from activities.forms.offer_import import HEAD, example, read_offer
from activities.models import Activity, OutsideCalendar
from demo.network.houses import BALDEMORE, Home
from demo.network.partners import Circle
from demo.network.people import COORDINATOR
from demo.network.world import World
from huizen.calendar_file import BRUSSELS
from huizen.models import House, User
from huizen.spreadsheet import csv_file
from huizen.uploaded_table import read_table
from huizen.vocabulary import OfferType
from huizen.web_visit import Fetched
from partners.models import Organisation

PARTNER = "Speelotheek (voorbeeld) Mol"
#: What is other than in the example, by line: one that is good, and three with a fault.
LINES = (
    {"Titel": "Voorlezen in de moestuin (voorbeeld)", "Soort": "Spelen en ontmoeten", "In één zin": "Een verhaal tussen de kolen."},
    {"Titel": "Zonder soort (voorbeeld)", "In één zin": "Hier ontbreekt iets."},
    {"Titel": "Op een onbekende plek (voorbeeld)", "Soort": "Workshop of cursus", "In één zin": "Waar is dat?", "Plek": "De maan"},
    {"Titel": "=SOM(A1:A4)"},
)  # fmt: skip
#: The events of the partner: its number, its title, the weekday and the hour; the last one says otherwise by now.
EVENTS = (
    ("spelen", "Spelletjes uit de kast (voorbeeld)", 2, 14),
    ("ruilen", "Puzzels ruilen (voorbeeld)", 5, 10),
    ("bouwen", "Bouwen met blokken (voorbeeld)", 4, 15),
)
ONLINE, EDITED = EVENTS[0][1], EVENTS[1][1]


def make_incoming(world: World, homes: list[Home], circle: Circle, users: dict[str, User]) -> None:
    """All of it in Baldemore, as its coordinator did it this week."""
    house, by = next(home.house for home in homes if home.area.name == BALDEMORE), users[COORDINATOR.email]
    partner = next(each for each in circle.of_house[house.pk] if each.name == PARTNER)
    _file_that_waits(world, house, by)
    _followed(world, house, partner, by)
    _failing(world, house, by)


def _file_that_waits(world: World, house: House, by: User) -> None:
    rows = [[line.get(head, "") for head in HEAD] for line in LINES]
    table = read_table(csv_file(HEAD, [*example(world.today), *rows]))
    sheet = read_offer(table, house=house, today=world.today)
    name = "aanbod-voorbeeld.csv"
    prepare_offer_import(house=house, file_name=name, rows=sheet.rows, unread=[], by=by, now=world.now)


def _followed(world: World, house: House, partner: Organisation, by: User) -> None:
    """One activity is online and its calendar says another hour by now; one was changed here; of the third one date moved.

    A day without hours is named as not taken over.
    """
    calendar = _added(world, house, "Agenda van de speelotheek (voorbeeld)", "speelotheek", by, partner)
    _read(world, calendar, hours_later=0)
    confirm_calendar(calendar=calendar, by=by, now=world.now)
    settle_all(now=world.now)
    made = Activity.objects.filter(outside__calendar=calendar)
    made.update(is_demo=True)
    publish_activity(activity=made.get(title=ONLINE), by=by, now=world.now)
    edited = made.get(title=EDITED)
    edited.title = f"{EDITED}, ook voor grote kinderen"
    change_activity(activity=edited, seen_at=None, by=by, now=world.now)
    _read(world, calendar, hours_later=1)
    settle_all(now=world.now)
    # Nothing stands at the address of an example.
    OutsideCalendar.objects.update(next_read_at=None)


def _failing(world: World, house: House, by: User) -> None:
    calendar = _added(world, house, "Agenda van de sporthal (voorbeeld)", "sporthal", by, None)
    ago = world.now - timedelta(days=4)
    keep_reading(calendar=calendar, fetched=Fetched(reason="De pagina bestaat niet meer."), now=ago)
    OutsideCalendar.objects.update(next_read_at=None)


def _added(
    world: World, house: House, name: str, host: str, by: User, organiser: Organisation | None
) -> OutsideCalendar:
    url = f"https://{host}.voorbeeld.example/agenda.ics"
    kind = OfferType.TOY_LIBRARY
    row = OutsideCalendar(house=house, organiser=organiser, name=name, url=url, offer_type=kind)
    return add_calendar(calendar=row, by=by, now=world.now - timedelta(days=5))


def _read(world: World, calendar: OutsideCalendar, *, hours_later: int) -> None:
    file = Calendar()
    file.add("VERSION", "2.0")
    file.add("PRODID", "-//Voorbeeld//NL")
    for number, (uid, title, weekday, hour) in enumerate(EVENTS):
        file.add_component(_event(world, uid, title, weekday, hour + (0 if number else hours_later)))
    file.add_component(_open_day(world))
    if hours_later:
        file.add_component(_moved(world))
    content = file.to_ical()
    keep_reading(calendar=calendar, fetched=Fetched(content), now=world.now)
    calendar.refresh_from_db()


def _event(world: World, uid: str, title: str, weekday: int, hour: int) -> Event:
    """Every week on a day, from next week on, for two hours and for three months."""
    day = world.today + timedelta(days=7 - world.today.weekday() + weekday)
    starts_at = datetime.combine(day, time(hour), tzinfo=BRUSSELS)
    event = Event()
    event.add("UID", f"{uid}@speelotheek.voorbeeld.example")
    event.add("DTSTAMP", world.now)
    event.add("DTSTART", starts_at)
    event.add("DTEND", starts_at + timedelta(hours=2))
    event.add("RRULE", {"FREQ": "WEEKLY", "COUNT": 13})
    event.add("SUMMARY", title)
    event.add("DESCRIPTION", "Kom spelen, en neem een spel mee naar huis.")
    return event


def _moved(world: World) -> Event:
    """The second date of the last event, a day later and an hour earlier: the same date, moved (RFC 5545, 3.8.4.4)."""
    uid, title, weekday, hour = EVENTS[-1]
    event = _event(world, uid, title, weekday, hour)
    planned = event["DTSTART"].dt + timedelta(days=7)
    moved = event["DTSTART"].dt + timedelta(days=8, hours=-1)
    for name in ("DTSTART", "DTEND", "RRULE"):
        del event[name]
    event.add("RECURRENCE-ID", planned)
    event.add("DTSTART", moved)
    event.add("DTEND", moved + timedelta(hours=2))
    return event


def _open_day(world: World) -> Event:
    """A whole day, without hours."""
    event = Event()
    event.add("UID", "opendag@speelotheek.voorbeeld.example")
    event.add("DTSTAMP", world.now)
    event.add("DTSTART", world.today + timedelta(days=40))
    event.add("SUMMARY", "Open dag (voorbeeld)")
    return event
