"""The smallest valid row of everything, so that a test names only what it is about."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from huizen.actions.concept import folded_phrase
from huizen.models.translation import fingerprint
from huizen.roles import Role
from huizen.vocabulary import Element, OfferType, Pillar

BRUSSELS = ZoneInfo("Europe/Brussels")
#: The moment at which most tests take place: a Wednesday morning.
NOW = dt.datetime(2026, 3, 4, 9, 0, tzinfo=BRUSSELS)
TODAY = NOW.date()


class UserFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.User"

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.example")
    name = "Alice"
    password = "!"  # nobody has one


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.Municipality"

    nis_code = factory.Sequence(lambda n: f"{90000 + n}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")
    province = "Antwerpen"
    lat = 51.19
    lon = 5.11


class LocalityFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.Locality"

    postcode = "2400"
    name = factory.Sequence(lambda n: f"Plaats {n}")
    kind = "gemeente"
    municipality = factory.SubFactory(MunicipalityFactory)
    lat = 51.19
    lon = 5.11


class HouseFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.House"

    slug = factory.Sequence(lambda n: f"huis-{n}")
    name = factory.Sequence(lambda n: f"Huis van het Kind {n}")


class WorkingAreaFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.WorkingArea"

    house = factory.SubFactory(HouseFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    since = dt.date(2020, 1, 1)


class LocationFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.Location"

    house = factory.SubFactory(HouseFactory)
    name = "Het Huis"
    municipality = factory.SubFactory(MunicipalityFactory)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.Membership"

    user = factory.SubFactory(UserFactory)
    house = factory.SubFactory(HouseFactory)
    role = Role.COORDINATOR


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Organisation"

    slug = factory.Sequence(lambda n: f"partner-{n}")
    name = factory.Sequence(lambda n: f"Partner {n}")


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Partnership"

    house = factory.SubFactory(HouseFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    since = dt.date(2020, 1, 1)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Contact"

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Bob"
    email = factory.Sequence(lambda n: f"contact{n}@voorbeeld.example")


class EditorFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Editor"

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Meeting"

    house = factory.SubFactory(HouseFactory)
    title = "Partneroverleg"
    starts_at = NOW + dt.timedelta(days=1)
    ends_at = NOW + dt.timedelta(days=1, hours=2)
    place = "Vergaderzaal"
    ical_uid = factory.LazyFunction(lambda: f"{uuid.uuid4()}@huizenportaal")
    moment_set_at = NOW
    changed_at = NOW


class MeetingInvitationFactory(DjangoModelFactory):
    class Meta:
        model = "partners.MeetingInvitation"

    meeting = factory.SubFactory(MeetingFactory)
    name = "Bob"
    email = factory.Sequence(lambda n: f"genodigde{n}@voorbeeld.example")
    invited_at = NOW


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Activity"

    house = factory.SubFactory(HouseFactory)
    slug = factory.Sequence(lambda n: f"activiteit-{n}")
    title = factory.Sequence(lambda n: f"Samen spelen {n}")
    summary = "Kom spelen met je kind."
    offer_type = OfferType.PLAY_MEET
    element = Element.ENCOUNTER
    pillar = Pillar.SOCIAL_COHESION
    status = "published"
    changed_at = NOW


class ScheduleFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Schedule"

    activity = factory.SubFactory(ActivityFactory)
    kind = "once"
    dates = [TODAY + dt.timedelta(days=1)]
    starts_at = dt.time(9)
    ends_at = dt.time(12)


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Session"

    activity = factory.SubFactory(ActivityFactory)
    original_start = NOW + dt.timedelta(days=1)
    starts_at = factory.SelfAttribute("original_start")
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(hours=3))
    changed_at = NOW


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Registration"

    session = factory.SubFactory(SessionFactory)
    name = "Alice"
    email = factory.Sequence(lambda n: f"ouder{n}@voorbeeld.example")
    contact_key = factory.SelfAttribute("email")
    state = "confirmed"
    form_key = factory.LazyFunction(uuid.uuid4)
    created_at = NOW


class FamilyFactory(DjangoModelFactory):
    class Meta:
        model = "families.Family"

    user = factory.SubFactory(UserFactory)
    last_seen_on = TODAY


class ChildFactory(DjangoModelFactory):
    class Meta:
        model = "families.Child"

    family = factory.SubFactory(FamilyFactory)
    birth_month = dt.date(2024, 3, 1)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = "projects.Programme"

    slug = factory.Sequence(lambda n: f"programma-{n}")
    name = "Programma"


class CallFactory(DjangoModelFactory):
    class Meta:
        model = "projects.Call"

    programme = factory.SubFactory(ProgrammeFactory)
    year = factory.Sequence(lambda n: 2021 + n)
    title = "Oproep"
    years = 3


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = "projects.Project"

    call = factory.SubFactory(CallFactory)
    slug = factory.Sequence(lambda n: f"project-{n}")
    name = factory.Sequence(lambda n: f"Project {n}")
    status = "selected"


class HouseTranslationFactory(DjangoModelFactory):
    """Up to date with the Dutch of its House, unless a test says from which words it came."""

    class Meta:
        model = "huizen.HouseTranslation"

    house = factory.SubFactory(HouseFactory, intro="Kom binnen.")
    language = "fr"
    intro = "Entrez."
    sources = factory.LazyAttribute(lambda row: {"intro": fingerprint(row.house.intro)})


class ActivityTranslationFactory(DjangoModelFactory):
    """Up to date with the Dutch of its activity, unless a test says from which words it came."""

    class Meta:
        model = "activities.ActivityTranslation"

    activity = factory.SubFactory(ActivityFactory)
    language = "fr"
    title = "Jouer ensemble"
    sources = factory.LazyAttribute(
        lambda row: {
            name: fingerprint(getattr(row.activity, name)) for name in ("title", "summary", "description")
        }
    )


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Report"

    activity = factory.SubFactory(ActivityFactory)
    house = factory.SelfAttribute("activity.house")
    kind = "when"
    text = "Het begint om tien uur."
    created_at = NOW


class IdeaFactory(DjangoModelFactory):
    class Meta:
        model = "families.Idea"

    house = factory.SubFactory(HouseFactory)
    text = "Een plek voor buggy's."
    created_at = NOW


class TalkFactory(DjangoModelFactory):
    class Meta:
        model = "families.Talk"

    house = factory.SubFactory(HouseFactory)
    held_on = TODAY
    place = "Pleintje"
    heard = "Het is te koud in de speelzaal."


class SavedActivityFactory(DjangoModelFactory):
    class Meta:
        model = "activities.SavedActivity"

    family = factory.SubFactory(FamilyFactory)
    activity = factory.SubFactory(ActivityFactory)
    saved_at = NOW


class FamilyCalendarFactory(DjangoModelFactory):
    class Meta:
        model = "activities.FamilyCalendar"

    family = factory.SubFactory(FamilyFactory)
    created_at = NOW


class FollowFactory(DjangoModelFactory):
    """A House that an address follows, confirmed; `house=None, query=…` for a search."""

    class Meta:
        model = "activities.Follow"

    email = factory.Sequence(lambda n: f"volger{n}@voorbeeld.example")
    house = factory.SubFactory(HouseFactory)
    label = "Huis van het Kind"
    created_at = NOW
    confirmed_at = NOW
    covered_until = NOW


class ConceptFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.Concept"

    phrase = factory.Sequence(lambda n: f"woord {chr(97 + n % 26)}{n}")
    folded = factory.LazyAttribute(lambda o: folded_phrase(o.phrase))
    offer_types = factory.LazyFunction(lambda: ["family_event"])


class SearchPhraseFactory(DjangoModelFactory):
    class Meta:
        model = "huizen.SearchPhrase"

    phrase = factory.Sequence(lambda n: f"gemist {n}")
    missed = 1
    last_on = TODAY


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = "activities.Series"

    activity = factory.SubFactory(ActivityFactory)
    name = "Alice"
    email = factory.Sequence(lambda n: f"vast{n}@voorbeeld.example")
    contact_key = factory.SelfAttribute("email")
    form_key = factory.LazyFunction(uuid.uuid4)
    created_at = NOW


class SpotWatchFactory(DjangoModelFactory):
    class Meta:
        model = "activities.SpotWatch"

    session = factory.SubFactory(SessionFactory)
    email = factory.Sequence(lambda n: f"zoekt{n}@voorbeeld.example")
    created_at = NOW


class CheckLetterFactory(DjangoModelFactory):
    class Meta:
        model = "activities.CheckLetter"

    email = factory.Sequence(lambda n: f"bijhouder{n}@voorbeeld.example")
    name = "Bob"
    asked_on = TODAY
    month = factory.LazyAttribute(lambda o: o.asked_on.replace(day=1))


class CheckQuestionFactory(DjangoModelFactory):
    """Asked of the contact who answers for the activity; never looked at, so it is open."""

    class Meta:
        model = "activities.CheckQuestion"

    letter = factory.SubFactory(CheckLetterFactory)
    activity = factory.SubFactory(
        ActivityFactory,
        keeper=factory.SubFactory(ContactFactory, email=factory.SelfAttribute("...letter.email")),
    )
