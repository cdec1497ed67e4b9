"""What families do beside a plain sign-up: come every time, ask to pay less, wait for a place, say how it was."""

from datetime import timedelta

from activities.actions.feedback import NAME as QUESTION
from activities.actions.feedback import USEFUL
from activities.actions.series import enrol
from activities.actions.session_lock import locked_sessions
from activities.models import (
    Activity,
    Feedback,
    Participant,
    Registration,
    Series,
    SeriesChild,
    Session,
    SpotWatch,
)
from demo.network.families import BALDEMORE_NEARLY, signed_up_by
from demo.network.houses import BALDEMORE
from demo.network.world import World, mail
from families.models import Family
from huizen.models import Category, PlannedMessage
from huizen.outbox.suppression import address_hash

HOUSE = f"Huis van het Kind {BALDEMORE}"
#: One in so many of those who may, asks to pay less.
REDUCED_EVERY = 4
#: How far back moments have opinions, how far ahead the demo parent comes every time.
BACK, AHEAD = timedelta(days=14), timedelta(days=60)
WORDS = ("Heel fijn onthaal.", "De kinderen wilden niet naar huis.", "Het was wat warm binnen.", "", "", "")
#: The question how it was leaves so long after loading.
SOON = timedelta(seconds=90)


def make_sign_ups(world: World, parent: Family) -> int:
    """The family to sign in as comes every time somewhere and was somewhere lately; how many sign-ups that is."""
    _ask_to_pay_less()
    _wait_for_places(world)
    _say_how_it_was(world)
    return _come_every_time(world, parent) + _was_there(world, parent)


def _ask_to_pay_less() -> None:
    rows = Registration.objects.filter(session__activity__reduced_rate=True).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))[::REDUCED_EVERY]
    Registration.objects.filter(pk__in=keys).update(wants_reduced=True)


def _wait_for_places(world: World) -> None:
    full = Session.objects.scheduled().filter(starts_at__gt=world.now, confirmed_count__gt=0, capacity__gt=0)
    rows = [session for session in full.order_by("starts_at", "pk") if session.free == 0]
    SpotWatch.objects.bulk_create(
        SpotWatch(id=world.uuid(), session=session, email=mail(f"zoekt-{number}"), created_at=world.now)
        for number, session in enumerate(rows[:40], start=1)
    )


def _say_how_it_was(world: World) -> None:
    """Opinions on the last days of Baldemore, and the odd one that is less glad."""
    past = Session.objects.filter(
        activity__house__name=HOUSE, ends_at__lt=world.now, starts_at__gt=world.now - BACK
    )
    Feedback.objects.bulk_create(
        Feedback(
            session=session,
            score=world.dice.choice((3, 3, 3, 3, 2, 1)),
            text=world.dice.choice(WORDS),
            given_on=world.today,
        )
        for session in past.order_by("starts_at", "pk")
        for _ in range(world.dice.randrange(0, 4))
    )


def _come_every_time(world: World, parent: Family) -> int:
    coming = _of_baldemore(channels__contains=[Activity.Channel.ONLINE])
    rows = coming.filter(
        starts_at__gt=world.now + timedelta(days=1), starts_at__lt=world.now + AHEAD, schedule__kind="weekly"
    )
    # That one keeps the few places that it has left.
    others = rows.exclude(activity__title=BALDEMORE_NEARLY)
    first = others.exclude(activity__counts=Activity.Counts.CHILDREN, activity__asks_birth_month=True).first()
    first = first or others.first()
    if first is None:
        return 0
    series = Series.objects.create(
        **signed_up_by(world, parent),
        activity=first.activity,
        created_at=world.now - timedelta(days=3),
    )
    SeriesChild.objects.bulk_create(
        SeriesChild(series=series, first_name=child.first_name, birth_month=child.birth_month)
        for child in parent.children.order_by("pk")
    )
    mine = rows.filter(activity=first.activity)
    with locked_sessions(mine.values_list("pk", flat=True), now=world.now) as sessions:
        return enrol([series], sessions, now=world.now)


def _was_there(world: World, parent: Family) -> int:
    """One moment that is just over; the question how it was arrives in the letter box soon."""
    over = _of_baldemore(channels__contains=[Activity.Channel.ONLINE]).filter(ends_at__lt=world.now)
    session = over.filter(capacity=None).last() or over.last()
    if session is None:
        return 0
    registration = Registration.objects.create(
        **signed_up_by(world, parent),
        session=session,
        state=Registration.State.CONFIRMED,
        created_at=session.starts_at - timedelta(days=3),
    )
    if session.activity.counts == Activity.Counts.CHILDREN:
        Participant.objects.create(registration=registration, first_name="Lou")
    Session.objects.filter(pk=session.pk).update(confirmed_count=1)
    PlannedMessage.objects.create(
        key=f"feedback:{registration.pk}:v{session.time_version}:{registration.email}",
        kind=QUESTION,
        category=Category.FEEDBACK,
        subject_type=Registration._meta.label_lower,
        subject_id=str(registration.pk),
        recipient=registration.email,
        address_hash=address_hash(registration.email),
        house=session.activity.house,
        due_at=world.now + SOON,
        expires_at=world.now + USEFUL,
    )
    return 1


def _of_baldemore(**facts):
    rows = Session.objects.scheduled().select_related("activity__house").order_by("starts_at", "pk")
    about = {f"activity__{name}": value for name, value in facts.items()}
    return rows.filter(activity__house__name=HOUSE, activity__status=Activity.Status.PUBLISHED, **about)
