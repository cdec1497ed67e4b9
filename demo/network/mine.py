"""What Demo Ouder did with her account: sign-ups of which two lie together, saved offers, what she follows, an agenda."""

from datetime import timedelta

from django.db.models import F, Q

from activities.actions.digest import Run, send_digest
from activities.actions.family_calendar import open_calendar
from activities.models import Activity, Follow, Participant, Registration, SavedActivity, Session
from activities.saved_search import fitting
from demo.network.families import signed_up_by
from demo.network.houses import BALDEMORE, Home
from demo.network.people import PARENT
from demo.network.world import World
from families.models import Family
from huizen.models import House

SAVED, MORE, ROOM = 4, 2, 2
SOON, LATER, EIGHT_DAYS = timedelta(days=14), timedelta(days=90), timedelta(days=8)
SEARCH = ("gratis=1&plaats=2400-mol&straal=10", "Tot 10 km, Gratis, rond Mol")


def make_mine(world: World, homes: list[Home]) -> int:
    """All of it, for the one parent to sign in as; the weekly mail of her House lies in the letter box. Gives how many
    sign-ups came in."""
    Activity.objects.filter(status=Activity.Status.PUBLISHED).update(published_at=F("changed_at"))
    family = Family.objects.select_related("user").get(user__email=PARENT.email)
    house = next(home.house for home in homes if home.area.name == BALDEMORE)
    open_calendar(by=family.user, now=world.now)
    _save_some(world, family, house)
    _follow(world, family, house)
    return _sign_up(world, family, house)


def _save_some(world: World, family: Family, house: House) -> None:
    offers = Activity.objects.published().filter(house=house).order_by("pk")[:SAVED]
    SavedActivity.objects.bulk_create(
        SavedActivity(family=family, activity=activity, saved_at=world.now - timedelta(days=number))
        for number, activity in enumerate(offers)
    )


def _follow(world: World, family: Family, house: House) -> None:
    ago = world.now - EIGHT_DAYS
    facts = {"email": family.user.email, "created_at": ago, "confirmed_at": ago, "covered_until": ago}
    query, label = SEARCH
    Follow.objects.create(query=query, label=label, **facts)
    followed = Follow.objects.create(house=house, label=house.name, **facts)
    send_digest(followed, Run(due=world.now, now=world.now, search=fitting))


def _sign_up(world: World, family: Family, house: House) -> int:
    """The oldest child goes to four things, of which two lie together: the page has something to warn of."""
    child = family.children.order_by("birth_month").first()
    sessions = _choose(world, family, house)
    for session in sessions:
        registration = Registration.objects.create(
            **signed_up_by(world, family),
            session=session,
            state=Registration.State.CONFIRMED,
            created_at=world.now - timedelta(hours=2),
        )
        if session.activity.counts == Activity.Counts.CHILDREN:
            Participant.objects.create(
                registration=registration, first_name=child.first_name, birth_month=child.birth_month
            )
        Session.objects.filter(pk=session.pk).update(confirmed_count=F("confirmed_count") + 1)
    return len(sessions)


def _choose(world: World, family: Family, house: House) -> list[Session]:
    """Two moments that lie together, the first of her own House, and two more there; soon, if the dice fell so."""
    for ahead in (SOON, LATER):
        free = list(_with_room(world, family, ahead).order_by("starts_at", "pk"))
        own = [row for row in free if row.activity.house_id == house.pk]
        if both := _together(own, free):
            break
    return both + [row for row in own if row not in both][:MORE]


def _together(own: list[Session], free: list[Session]) -> list[Session]:
    """The first two of different activities of which one begins before the other ends."""
    pairs = (
        [one, other]
        for one in own
        for other in free
        if one.starts_at <= other.starts_at < one.ends_at and one.activity_id != other.activity_id
    )
    return next(pairs, [])


def _with_room(world: World, family: Family, ahead: timedelta):
    rows = Session.objects.scheduled().filter(
        activity__house__is_published=True,
        activity__status=Activity.Status.PUBLISHED,
        activity__channels__contains=[Activity.Channel.ONLINE],
        starts_at__gt=world.now + timedelta(days=1),
        starts_at__lt=world.now + ahead,
        waiting_count=0,
    )
    has_room = Q(capacity=None) | Q(capacity__gt=F("confirmed_count") + ROOM)
    return rows.filter(has_room).exclude(registrations__family=family).select_related("activity")
