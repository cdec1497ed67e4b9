"""Loading the demo network in one transaction, and emptying it."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db import connection, transaction

from activities.actions.sessions import extend_all_sessions
from activities.models import Session
from demo.network.activities import Offer, make_activities
from demo.network.attendance import make_attendance
from demo.network.calls import make_calls
from demo.network.delivery import make_delivery
from demo.network.desk import make_desk
from demo.network.exchange import make_exchange
from demo.network.families import make_families, make_registrations
from demo.network.gatherings import make_gatherings
from demo.network.heard import make_heard
from demo.network.houses import make_houses
from demo.network.incoming import make_incoming
from demo.network.kept_true import make_kept_true
from demo.network.meetings import make_meetings
from demo.network.mine import make_mine
from demo.network.minutes import make_minutes
from demo.network.misses import make_misses
from demo.network.new_house import make_new_house
from demo.network.partner_work import make_partner_work
from demo.network.partners import make_partners
from demo.network.people import make_people
from demo.network.places import make_places
from demo.network.project_plans import make_plans
from demo.network.projects import make_projects
from demo.network.proposals import make_proposals
from demo.network.report_talk import make_report_talk
from demo.network.sharing import make_sharing
from demo.network.sign_ups import make_sign_ups
from demo.network.stories import make_stories
from demo.network.survey import make_survey
from demo.network.translations import make_translations
from demo.network.waiting import make_waiting
from demo.network.world import World
from huizen.days_off import days_off
from huizen.models import House, Municipality
from huizen.recurrence import ONGOING, moments
from projects.actions.reference import load_projects

#: How many days back moments are shown as past ones.
PAST = timedelta(days=14)
#: What is not of the demo and stays when it is emptied: the facts of places and days, and Django's own tables.
KEPT = {"huizen.Municipality", "huizen.Locality", "huizen.PlaceAlias", "huizen.Holiday", "huizen.Concept"}
OURS = ("huizen", "partners", "families", "activities", "projects", "account", "mfa", "sessions")
#: Of the moments that nobody signed up for, one in so many does not take place.
CANCELLED_EVERY = 97


class DemoError(Exception):
    """Why the demo cannot be loaded, in words for who tried."""


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind came in, and the municipalities that no House of the demo reaches."""

    houses: int
    places: int
    partners: int
    activities: int
    sessions: int
    families: int
    registrations: int
    meetings: int
    without: list[str]

    def __str__(self):
        words = [
            "Huizen",
            "plekken",
            "partners",
            "activiteiten",
            "momenten",
            "gezinnen",
            "inschrijvingen",
            "overleggen",
        ]
        counts = list(asdict(self).values())[: len(words)]
        return ", ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True))


def is_loaded() -> bool:
    """Whether the demo network is there already."""
    return House.objects.filter(is_demo=True).exists()


@transaction.atomic
def load(*, now: datetime, scale: int = 1) -> Loaded:
    """The whole network for the day of `now`; `scale` multiplies the activities. Raises DemoError without places."""
    if not Municipality.objects.exists():
        raise DemoError("De gemeenten ontbreken nog. Laad eerst de plaatsen: manage.py load_reference.")
    load_projects()
    world = World(now=now, scale=scale)
    homes, areas = make_houses(world)
    places = make_places(world, homes)
    circle = make_partners(world, homes)
    users = make_people(homes, circle)
    offers = make_activities(world, homes, places, circle)
    sessions = _past_sessions(world, offers) + extend_all_sessions(now=now)
    families = make_families(world, users)
    # The first family is that of Demo Ouder, who signs up for what suits her.
    registrations = make_registrations(world, families[1:]) + make_mine(world, homes)
    registrations += make_sign_ups(world, families[0]) + make_waiting(world, homes)
    registrations += make_attendance(world, homes, families[1:])
    _cancel_some(world)
    make_translations(world, homes)
    make_misses(world)
    make_heard(world, homes)
    make_partner_work(world, homes, circle, users)
    make_new_house(world, homes, users)
    make_proposals(world, homes, users)
    make_kept_true(world, homes, circle)
    make_sharing(world, homes)
    meetings = make_meetings(world, homes, circle, users) + make_gatherings(world, homes, circle, users)
    make_minutes(world, homes, circle, users)
    make_survey(world, homes, users)
    make_incoming(world, homes, circle, users)
    make_delivery(world, homes)
    make_projects(world, homes, users)
    make_plans(world, users)
    make_report_talk(world, users)
    make_stories(world, users)
    make_exchange(world, homes, users)
    make_desk(world, homes, users)
    make_calls(world, homes, users)
    return Loaded(
        houses=len(homes),
        places=sum(len(own) for own in places.values()),
        partners=len(circle.contacts),
        activities=len(offers),
        sessions=sessions,
        families=len(families),
        registrations=registrations,
        meetings=meetings,
        without=[municipality.name for municipality in areas.without],
    )


def _past_sessions(world: World, offers: list[Offer]) -> int:
    """The moments of the last days, which an ordinary week would have left behind."""
    first = world.today - PAST
    off = days_off(first, world.today)
    rows = [
        Session(
            activity=offer.activity,
            schedule=offer.schedule,
            original_start=moment.starts_at,
            starts_at=moment.starts_at,
            ends_at=moment.ends_at,
            capacity=offer.activity.capacity,
            changed_at=offer.activity.changed_at,
        )
        for offer in offers
        if offer.schedule.kind not in ONGOING
        for moment in moments(offer.schedule, first=first, last=world.today, days_off=off)
        if moment.starts_at <= world.now
    ]
    return len(Session.objects.bulk_create(rows, batch_size=2000))


def _cancel_some(world: World) -> None:
    """Now and then a moment does not take place, and the page says why."""
    free = Session.objects.filter(starts_at__gt=world.now, registrations=None).order_by("starts_at", "pk")
    keys = list(free.values_list("pk", flat=True))[::CANCELLED_EVERY]
    Session.objects.filter(pk__in=keys).update(
        status=Session.Status.CANCELLED, cancel_reason="De begeleider is er die dag niet.", ical_sequence=1
    )


def empty() -> None:
    """Take everything away but the places and the holidays; only ever called in the embedded set-up."""
    tables = [
        model._meta.db_table
        for name in OURS
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
        if model._meta.label not in KEPT
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
