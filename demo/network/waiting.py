"""Three activities of Baldemore with more families than places: a draw to come, a draw that was held, places offered."""

from datetime import time, timedelta
from hashlib import sha256
from typing import Any

from activities.actions.registration_change import cancel_registration
from activities.actions.sessions import extend_sessions
from activities.actions.waiting_list import promote_session
from activities.models import Activity, Draw, Participant, Registration, Schedule, Session
from demo.network.houses import BALDEMORE, Home
from demo.network.world import World, mail
from huizen.models import House
from huizen.vocabulary import Element, OfferType, Pillar

Order, Mode = Activity.WaitingOrder, Activity.WaitingMode
#: Days ahead, and how long ago the families asked.
FAR, NEAR, ASKED = 24, 5, timedelta(days=6)
FAMILIES = ("Amira", "Bram", "Chloé", "Dilan", "Eva")
TO_COME, DRAWN, OFFERED = "Kookkamp voor kleuters", "Waterpret met baby's", "Samen timmeren"
ABOUT: dict[str, dict[str, Any]] = {
    TO_COME: {
        "summary": "Drie uur samen koken en proeven. We loten wie mag komen.",
        "waiting_order": Order.DRAW,
        "draw_days": 7,
    },
    DRAWN: {
        "summary": "Spelen in warm water met je baby. We hebben geloot.",
        "waiting_order": Order.DRAW,
        "draw_days": 7,
    },
    OFFERED: {
        "summary": "Een vogelhuisje maken met je kind.",
        "waiting_mode": Mode.OFFER,
        "offer_hours": 48,
        "waiting_order": Order.FIRST_TIME,
        "reserved_places": 1,
    },
}


def make_waiting(world: World, homes: list[Home]) -> int:
    """All three; places are drawn and offered by the same acts as ever. Gives how many sign-ups that is."""
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    to_come = _moment(world, house, TO_COME, FAR)
    _sign_up(world, to_come)
    drawn = _moment(world, house, DRAWN, NEAR)
    _sign_up(world, drawn)
    promote_session(session_id=drawn.pk, now=world.now)
    offered = _moment(world, house, OFFERED, NEAR + 2)
    first = _sign_up(world, offered)[0]
    cancel_registration(registration_id=first.pk, now=world.now)
    return Registration.objects.filter(session__in=[to_come, drawn, offered]).count()


def _moment(world: World, house: House, title: str, days: int) -> Session:
    """The only moment of a new activity, so many days ahead, with the seed of its draw where there is one."""
    activity = Activity.objects.create(
        house=house,
        location=house.locations.filter(is_active=True).order_by("pk").first(),
        slug=world.slug(title, longest=100),
        title=title,
        offer_type=OfferType.PLAY_MEET,
        element=Element.ENCOUNTER,
        pillar=Pillar.SOCIAL_COHESION,
        age_min=0,
        age_max=72,
        languages=["nl"],
        registration_mode=Activity.RegistrationMode.REQUIRED,
        channels=[Activity.Channel.ONLINE],
        asks_birth_month=False,
        capacity=3,
        status=Activity.Status.PUBLISHED,
        checked_on=world.today,
        changed_at=world.now,
        published_at=world.now - timedelta(days=20),
        is_demo=True,
        **ABOUT[title],
    )
    day = world.today + timedelta(days=days)
    rule = Schedule.objects.create(
        activity=activity,
        kind=Schedule.Kind.ONCE,
        dates=[day],
        starts_at=time(14),
        ends_at=time(17),
        skip_public_holidays=False,
    )
    extend_sessions(schedule=rule, now=world.now)
    session = activity.sessions.get()
    if activity.waiting_order == Order.DRAW:
        seed = sha256(str(world.dice.random()).encode()).hexdigest()
        Draw.objects.create(session=session, seed=seed, sealed_at=world.now - timedelta(days=20))
    return session


def _sign_up(world: World, session: Session) -> list[Registration]:
    """Five families with a child each, one after the other; with a draw to come they all wait, else the first have a place."""
    room = 0 if session.collects_wishes else session.free or 0
    rows = [_registration(world, session, number) for number in range(len(FAMILIES))]
    for turn, row in enumerate(rows[room:], start=1):
        row.state, row.waiting_number = Registration.State.WAITING, turn
    Registration.objects.bulk_create(rows)
    Participant.objects.bulk_create(Participant(registration=row, first_name="Lou") for row in rows)
    waiting = len(rows) - room
    Session.objects.filter(pk=session.pk).update(
        confirmed_count=room, waiting_count=waiting, waiting_last=waiting
    )
    return rows


def _registration(world: World, session: Session, number: int) -> Registration:
    address = mail(f"wacht-{number + 1}")
    return Registration(
        id=world.uuid(),
        session=session,
        name=f"Demo {FAMILIES[number]}",
        email=address,
        contact_key=address,
        form_key=world.uuid(),
        state=Registration.State.CONFIRMED,
        created_at=world.now - ASKED + timedelta(hours=number),
    )
