"""A small piece of Flanders in which five people look for what they need: Mol and its House, and Turnhout further on."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from activities.models import Activity
from huizen.models import Location, Municipality, OpeningHours
from huizen.vocabulary import OFFER_FACTS, OfferType
from tests.factories import (
    ActivityFactory,
    ActivityTranslationFactory,
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ScheduleFactory,
    SessionFactory,
)

PHONE = "0000 00 00 01"
WEDNESDAY = 2
DROP_IN = {"registration_mode": "none", "channels": []}
SIGN_UP = {"registration_mode": "required", "channels": ["online"], "capacity": 10}
CALL = {"registration_mode": "appointment", "channels": ["phone"]}


def build(baldemore) -> SimpleNamespace:
    """What is on in the coming days, each thing with a reason to choose it or to leave it."""
    house = baldemore.house
    hall = with_hours(baldemore.activity.location)
    today = timezone.localdate()
    tomorrow, free_day = today + dt.timedelta(days=1), today + dt.timedelta(days=4)
    wednesday = today + dt.timedelta(days=(WEDNESDAY - today.weekday() - 1) % 7 + 1)
    welcome = organisation_of(house)
    toddlers = {"age_min": 12, "age_max": 36, "house": house, "location": hall}
    playgroup = offer(
        OfferType.PLAY_MEET, "Speelgroep Pimpelmees", tomorrow, **toddlers, **DROP_IN,
        languages=["nl", "ar"], dutch=Activity.Dutch.NONE, siblings="yes", welcome="Samira ontvangt je",
        organiser=welcome,
    )  # fmt: skip
    ActivityTranslationFactory(activity=playgroup, language="ar", title="مجموعة اللعب")
    offer(OfferType.PLAY_MEET, "Peuterzwemmen", tomorrow, **toddlers, price_kind="paid", price_cents=400)
    offer(OfferType.PLAY_MEET, "Speelgroep Turnhout", tomorrow, **toddlers | {"location": turnhout(house)})
    offer(OfferType.FAMILY_EVENT, "Bostocht", wednesday, **toddlers, **DROP_IN, indoor=False)
    gym = offer(OfferType.PLAY_MEET, "Peuterturnen", wednesday, **toddlers, **DROP_IN, bring="Pantoffels")
    here = {"house": house, "location": hall}
    clinic = offer(OfferType.CONSULTATION_CLINIC, "Wegen en meten", free_day, **here, **SIGN_UP)
    cafe = offer(OfferType.PARENT_CAFE, "Oudercafé", free_day, **here, **DROP_IN, every_week=True)
    offer(OfferType.PARENT_CAFE, "Koffie met ouders", tomorrow + dt.timedelta(days=1), **here, **DROP_IN)
    homework = offer(
        OfferType.HOMEWORK_SUPPORT, "Huiswerkklas", free_day, **here, **SIGN_UP,
        price_kind="paid", price_cents=200, reduced_rate=True, organiser=welcome,
    )  # fmt: skip
    return SimpleNamespace(
        **vars(baldemore),
        free_day=free_day,
        playgroup=playgroup,
        gym=gym,
        clinic=clinic,
        cafe=cafe,
        homework=homework,
        desk=service(OfferType.CHILDCARE_DESK, "Loket kinderopvang", "in_opening_hours", **here, **DROP_IN),
        advice=service(OfferType.PARENTING_ADVICE, "Praten over opvoeden", "by_appointment", **here, **CALL),
        benefit=service(OfferType.SITTING_DAY, "Vragen over het Groeipakket", "by_appointment", **here, **CALL),
        over=ActivityFactory(**here, slug="zomerbabbel", title="Zomerbabbel", status="expired"),
    )  # fmt: skip


def offer(kind: OfferType, title: str, day: dt.date, *, every_week: bool = False, **facts) -> Activity:
    """Something with a moment in the afternoon of a day; with a rule, for four weeks, outside of school holidays."""
    activity = _activity(kind, title, **facts)
    schedule = None
    if every_week:
        schedule = ScheduleFactory(
            activity=activity, kind="weekly", dates=[], weekdays=[day.weekday()], starts_on=day, skip_school_holidays=True
        )  # fmt: skip
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(14)))
    for week in range(4 if every_week else 1):
        SessionFactory(
            activity=activity, schedule=schedule, original_start=start + dt.timedelta(weeks=week), capacity=activity.capacity
        )  # fmt: skip
    return activity


def service(kind: OfferType, title: str, how: str, **facts) -> Activity:
    """Something that goes on without dates."""
    activity = _activity(kind, title, **facts)
    ScheduleFactory(activity=activity, kind=how, dates=[], starts_at=None, ends_at=None)
    return activity


def _activity(kind: OfferType, title: str, **facts) -> Activity:
    usual = OFFER_FACTS[kind]._asdict() | {"checked_on": timezone.localdate(), "phone": PHONE}
    return ActivityFactory(offer_type=kind, title=title, summary=f"{title} in het Huis.", **usual | facts)


def with_hours(place: Location) -> Location:
    """Open on weekdays from nine to twelve, on Wednesday not in school holidays."""
    for weekday in range(5):
        OpeningHours.objects.create(
            location=place,
            weekday=weekday,
            opens_at=dt.time(9),
            closes_at=dt.time(12),
            in_school_holidays=weekday != WEDNESDAY,
        )
    return place


def turnhout(house) -> Location:
    there = Municipality.objects.get(nis_code="13040")
    return LocationFactory(
        house=house, name="Speelhuis", town="Turnhout", municipality=there, lat=there.lat, lon=there.lon
    )


def organisation_of(house):
    """A partner, and the person of the House whose name may be told."""
    MembershipFactory(
        house=house, user__name="Lies Voorbeeld", is_public=True, function="brugfiguur", role="staff"
    )
    partner = OrganisationFactory(name="Vzw Samen Spelen", life_domains=["education"])
    PartnershipFactory(house=house, organisation=partner)
    return partner
