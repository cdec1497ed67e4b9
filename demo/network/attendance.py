"""Who came in the demo: the lists of the last weeks, two of them still to note, and what was counted since last year."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from activities.models import (
    Activity,
    Attendance,
    BroadcastText,
    Came,
    Headcount,
    Participant,
    Registration,
    Session,
    Visit,
)
from demo.network.families import NAMES, signed_up_by
from demo.network.houses import BALDEMORE, Home
from demo.network.world import World
from families.models import Family
from huizen.models import House

#: So many lists of the last days are noted, so many wait, and how many families stand on one.
NOTED, OPEN, PARTY = 10, 2, 12
#: Open houses that were counted, from so long ago.
COUNTED, WEEKS = 8, 100
STATES = (*[Came.PRESENT] * 7, Came.ABSENT, Came.EXCUSED)


def make_attendance(world: World, homes: list[Home], families: list[Family]) -> int:
    """All of it, for Baldemore; how many sign-ups came in."""
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    _count_open_houses(world, house)
    BroadcastText.objects.create(
        house=house,
        name="We zitten buiten",
        subject="We spelen buiten",
        text="Het wordt mooi weer. We spelen buiten.\nBreng een hoedje en zonnecrème mee.",
    )
    return sum(_list(world, session, families, number) for number, session in enumerate(_past(world, house)))


def _past(world: World, house: House) -> list[Session]:
    """The last moments for which families sign up, the newest first; each takes a dozen families."""
    rows = Session.objects.scheduled().filter(
        activity__house=house,
        activity__channels__contains=[Activity.Channel.ONLINE],
        activity__status=Activity.Status.PUBLISHED,
        ends_at__lt=world.now,
        confirmed_count=0,
    )
    return list(rows.select_related("activity").order_by("-starts_at", "-pk")[: NOTED + OPEN])


def _list(world: World, session: Session, families: list[Family], number: int) -> int:
    """The sign-ups of one past moment; the newest two are left for who looks at the demo."""
    room = min(session.capacity or PARTY, PARTY)
    rows = [_sign_up(world, session, family) for family in world.dice.sample(families, room)]
    Registration.objects.bulk_create(rows)
    by_child = session.activity.counts == Activity.Counts.CHILDREN
    states = ["" if number < OPEN else world.dice.choice(STATES) for _ in rows]
    if by_child:
        Participant.objects.bulk_create(
            Participant(registration=row, first_name=world.dice.choice(NAMES), came=state)
            for row, state in zip(rows, states, strict=True)
        )
    Attendance.objects.bulk_create(
        _came(world, row, state, by_child=by_child) for row, state in zip(rows, states, strict=True) if state
    )
    Session.objects.filter(pk=session.pk).update(confirmed_count=F("confirmed_count") + room)
    if number == OPEN:
        Visit.objects.create(
            form_key=world.uuid(),
            session=session,
            children=2,
            adults=1,
            is_new=True,
            marked_at=session.ends_at,
        )
    return room


def _sign_up(world: World, session: Session, family: Family) -> Registration:
    return Registration(
        **signed_up_by(world, family),
        session=session,
        state=Registration.State.CONFIRMED,
        created_at=session.starts_at - timedelta(days=world.dice.randrange(2, 12)),
    )


def _came(world: World, row: Registration, state: str, *, by_child: bool) -> Attendance:
    there = int(state == Came.PRESENT)
    return Attendance(
        registration=row,
        state=state,
        children=there if by_child else 0,
        adults=0 if by_child else there,
        is_new=bool(there) and world.dice.random() < 0.2,
        marked_at=row.session.ends_at,
    )


def _count_open_houses(world: World, house: House) -> None:
    """Every other week since last year, more this year than last, and hardly in summer."""
    open_houses = Activity.objects.filter(
        house=house, registration_mode=Activity.RegistrationMode.NONE, status=Activity.Status.PUBLISHED
    )
    activities = list(open_houses.order_by("pk")[:COUNTED])
    sessions = [
        session
        for day, activity in enumerate(activities)
        for session in _old_moments(world, activity, day % 5)
    ]
    Session.objects.bulk_create(sessions, batch_size=500)
    Headcount.objects.bulk_create(_counted(world, session) for session in sessions)


def _old_moments(world: World, activity: Activity, days: int) -> Iterator[Session]:
    hour = world.dice.choice((9, 10, 14))
    for weeks in range(3, WEEKS, 2):
        day = world.today - timedelta(weeks=weeks, days=days)
        if day.month in (7, 8) and weeks % 4 == 1:
            continue
        starts_at = timezone.make_aware(datetime.combine(day, time(hour)))
        yield Session(
            activity=activity,
            original_start=starts_at,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            changed_at=activity.changed_at,
        )


def _counted(world: World, session: Session) -> Headcount:
    dice = world.dice
    families = dice.randrange(4, 12) + (2 if session.starts_at.year == world.today.year else 0)
    return Headcount(
        session=session,
        families=families,
        new_families=dice.randrange(0, 3),
        children=families + dice.randrange(0, 5),
        adults=families + dice.randrange(0, 3),
        contacts=dice.randrange(0, 4),
        referrals=dice.randrange(0, 2),
        changed_at=session.ends_at,
    )
