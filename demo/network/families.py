"""Families of the demo, and their sign-ups: confirmed, waiting and cancelled, with counters that match."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from activities.models import Activity, Participant, Registration, Session
from demo.network.people import PARENT, save_users
from demo.network.world import World, mail
from families.models import Child, Family
from huizen.finder.names import slug
from huizen.models import Locality, User

FAMILIES = 60
#: First names of many languages.
NAMES = ("Lou", "Noor", "Adam", "Yara", "Emil", "Zofia", "Mila", "Sam", "Elif", "Oleh", "Ines", "Bilal")
STATE = Registration.State
#: How far ahead people sign up, and how many moments of one activity they take.
AHEAD, MOMENTS = timedelta(days=40), 2
BALDEMORE_FULL, BALDEMORE_NEARLY = "Babymassage", "Opvoeden met humor"


@dataclass
class Book:
    """The sign-ups that are to be saved, and the moments whose counters they change."""

    registrations: list[Registration] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)


def make_families(world: World, users: dict[str, User]) -> list[Family]:
    """Parents with an account: a home place and the months in which their children were born."""
    parents = [User(email=mail(f"ouder-{n}"), name=f"Demo Ouder {n}") for n in range(1, FAMILIES + 1)]
    save_users(parents)
    homes = list(Locality.objects.filter(kind=Locality.Kind.MUNICIPALITY).order_by("postcode", "name"))
    families = [
        Family(
            user=users[PARENT.email],
            home="2400-mol",
            languages=["nl", "tr"],
            last_seen_on=world.today,
        )
    ]
    families += [
        Family(user=user, home=_key(world.dice.choice(homes)), last_seen_on=world.today) for user in parents
    ]
    Family.objects.bulk_create(families)
    Child.objects.bulk_create(child for family in families for child in _children(world, family))
    return families


def _key(place: Locality) -> str:
    """The name of a place in an address."""
    return f"{place.postcode}-{slug(place.name)}"


def _children(world: World, family: Family) -> list[Child]:
    # The parent to sign in as has a baby and a child in nursery school.
    ages = [7, 50] if family.user.email == PARENT.email else world.dice.sample(range(1, 190), 2)
    names = world.dice.sample(NAMES, 2)
    return [
        Child(family=family, first_name=name, birth_month=month_ago(world.today, age))
        for name, age in zip(names, ages, strict=True)
    ]


def month_ago(day: date, months: int) -> date:
    """The first day of the month so many months back."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def make_registrations(world: World, families: list[Family]) -> int:
    """Sign-ups for the coming moments that take them; gives how many. Counters and rows are written together."""
    book = Book()
    sessions = Session.objects.filter(
        activity__channels__contains=[Activity.Channel.ONLINE],
        activity__status=Activity.Status.PUBLISHED,
        starts_at__gt=world.now,
        starts_at__lte=world.now + AHEAD,
    ).select_related("activity__house")
    taken: dict[int, int] = {}
    for session in sessions.order_by("activity_id", "starts_at"):
        taken[session.activity_id] = taken.get(session.activity_id, 0) + 1
        if taken[session.activity_id] <= MOMENTS:
            _fill(world, book, session, families)
    Registration.objects.bulk_create(book.registrations, batch_size=2000)
    Participant.objects.bulk_create(book.participants, batch_size=2000)
    Session.objects.bulk_update(
        book.sessions, ["confirmed_count", "waiting_count", "waiting_last"], batch_size=500
    )
    return len(book.registrations)


def _fill(world: World, book: Book, session: Session, families: list[Family]) -> None:
    """Parties come one after the other until the moment is as full as the dice say."""
    book.sessions.append(session)
    room = session.capacity or 8
    wanted = _wanted(world, session, room)
    parties = world.dice.sample(families, len(families))
    while parties and session.confirmed_count + session.waiting_count < wanted:
        _sign_up(world, book, session, parties.pop())
    if parties and world.dice.random() < 0.4:
        _cancel(world, book, session, parties.pop())


def _wanted(world: World, session: Session, room: int) -> int:
    """How many places are asked for: one offer of Baldemore is always full, one always has a few left."""
    if session.activity.title == BALDEMORE_FULL and session.capacity:
        return room + 4
    if session.activity.title == BALDEMORE_NEARLY and session.capacity:
        return room - 2
    return round(min(room, 20) * world.dice.choice((0, 0.3, 0.5, 0.8, 1, 1.3)))


def _sign_up(world: World, book: Book, session: Session, family: Family) -> None:
    # One by one where the moment must be full to the last place.
    sizes = (1,) if session.activity.title == BALDEMORE_FULL else (1, 1, 1, 2)
    registration = _registration(world, session, family, places=world.dice.choice(sizes))
    fits = session.free is None or registration.places <= session.free
    if fits and not session.waiting_count:
        registration.state = STATE.CONFIRMED
        session.confirmed_count += registration.places
    else:
        registration.state = STATE.WAITING
        session.waiting_count += registration.places
        session.waiting_last += 1
        registration.waiting_number = session.waiting_last
    _write(world, book, registration)


def _cancel(world: World, book: Book, session: Session, family: Family) -> None:
    registration = _registration(world, session, family, places=1)
    registration.state = STATE.CANCELLED
    registration.cancelled_at = world.now - timedelta(hours=world.dice.randrange(1, 20))
    registration.cancelled_by = Registration.CancelledBy.PARENT
    _write(world, book, registration)


def _registration(world: World, session: Session, family: Family, *, places: int) -> Registration:
    return Registration(
        **signed_up_by(world, family),
        session=session,
        places=places,
        created_at=world.now - _long_ago(world, session),
    )


def signed_up_by(world: World, family: Family) -> dict[str, Any]:
    """What every sign-up of a family with an account holds of it, with keys that fall the same all day."""
    return {
        "id": world.uuid(),
        "family": family,
        "name": family.user.name,
        "email": family.user.email,
        "contact_key": family.user.email,
        "form_key": world.uuid(),
    }


def _long_ago(world: World, session: Session) -> timedelta:
    """Who signed up first did so the longest ago: the waiting list stands in the order of its times."""
    before = session.confirmed_count + session.waiting_count
    return timedelta(hours=max(24, 200 - 2 * before), minutes=world.dice.randrange(100))


def _write(world: World, book: Book, registration: Registration) -> None:
    book.registrations.append(registration)
    activity = registration.session.activity
    if activity.counts != Activity.Counts.CHILDREN:
        return
    for name in world.dice.sample(NAMES, registration.places):
        age = world.dice.randint(max(activity.age_min, 0), max(activity.age_max, 0))
        month = month_ago(world.today, age) if activity.asks_birth_month else None
        book.participants.append(Participant(registration=registration, first_name=name, birth_month=month))
