"""What is kept of the pages of a House, an activity and Home is never older than its rows, the clock and its visitor."""

import datetime as dt
import urllib.request

import pytest

from activities.models import Activity, Session
from config.embedded.ports import free_port
from families.models import Idea
from huizen.models import (
    Holiday,
    House,
    Location,
    Membership,
    Municipality,
    OpeningException,
    OpeningHours,
    User,
)
from huizen.roles import Role
from partners.models import Organisation
from tests import processes
from tests.factories import (
    BRUSSELS,
    ActivityFactory,
    ActivityTranslationFactory,
    HouseFactory,
    HouseTranslationFactory,
    IdeaFactory,
    LocalityFactory,
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ScheduleFactory,
    SessionFactory,
    TalkFactory,
    UserFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db
DAY, HOUR, BLINK = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(microseconds=1)
WEDNESDAY = dt.datetime(2026, 3, 4, 10, tzinfo=BRUSSELS)
MIDNIGHT = dt.datetime(2026, 3, 5, tzinfo=BRUSSELS)


@pytest.fixture
def at(monkeypatch):
    """Set the clock: `at(moment)`. It begins on a Wednesday, at ten."""

    def set_clock(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_clock(WEDNESDAY)
    return set_clock


@pytest.fixture
def house(at):
    """A House with one of everything, open on Wednesday from nine to noon, with a moment in an hour."""
    house = HouseFactory(name="Huis Geelveld", slug="geelveld", phone="014 00 00 00", intro="Welkom.")
    place = LocationFactory(house=house, name="De Werft", street="Werft 1", town="Geel")
    OpeningHours.objects.create(location=place, weekday=2, opens_at=dt.time(9), closes_at=dt.time(12))
    locality = LocalityFactory(postcode="2440", name="Geelveld")
    WorkingAreaFactory(house=house, municipality=locality.municipality)
    PartnershipFactory(house=house, organisation=OrganisationFactory(name="Partner Pluim"))
    MembershipFactory(house=house, user=UserFactory(name="Els"), is_public=True, role=Role.STAFF)
    activity = ActivityFactory(
        house=house,
        location=place,
        slug="zingen",
        title="Samen zingen",
        registration_mode="required",
        channels=["online"],
        organiser=Organisation.objects.get(),
    )
    SessionFactory(activity=activity, original_start=WEDNESDAY + HOUR, capacity=9)
    return house


def page(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


HOUSE, ACTIVITY, HOME = "/huizen/geelveld/", "/activiteiten/zingen/", "/?plaats=2440"
FRENCH = "?taal=fr"


@pytest.mark.parametrize(
    ("path", "change", "told"),
    [
        (HOUSE, lambda house: House.objects.update(phone="014 11 11 11"), "tel:014111111"),
        (HOUSE, lambda house: Location.objects.update(street="Markt 2"), "Markt 2"),
        (HOUSE, lambda house: OpeningHours.objects.update(closes_at=dt.time(11)), "Nu open tot 11 uur"),
        (
            HOUSE,
            lambda house: OpeningException.objects.create(
                location=Location.objects.get(),
                since=WEDNESDAY.date(),
                until=WEDNESDAY.date(),
                reason="ziek",
            ),
            "gesloten: ziek",
        ),
        (
            HOUSE,
            lambda house: Holiday.objects.create(
                kind="public", name="feest", starts_on=WEDNESDAY.date(), ends_on=WEDNESDAY.date()
            ),
            "Dicht.",
        ),
        (HOUSE, lambda house: Organisation.objects.update(name="Partner Veer"), "Partner Veer"),
        (
            HOUSE,
            lambda house: PartnershipFactory(house=house, organisation=OrganisationFactory(name="Partner Nest")),
            "Partner Nest",
        ),
        (HOUSE, lambda house: User.objects.update(name="Els Peeters"), "Els Peeters"),
        (HOUSE, lambda house: Membership.objects.update(function="onthaal"), "onthaal"),
        (HOUSE, lambda house: Municipality.objects.update(name="Kempenveld"), "Kempenveld"),
        (HOUSE, lambda house: Activity.objects.update(title="Samen dansen"), "Samen dansen"),
        (HOUSE, lambda house: ActivityFactory(house=house, title="Knutselen"), "Knutselen"),
        (HOUSE, lambda house: Session.objects.update(status="cancelled"), "Gaat niet door"),
        (HOUSE, lambda house: IdeaFactory(house=house, text="Een bank", state=Idea.State.SHOWN), "Een bank"),
        (HOUSE, lambda house: TalkFactory(house=house, is_public=True, heard="Te weinig bus"), "Te weinig bus"),
        (HOUSE + FRENCH, lambda house: HouseTranslationFactory(house=house, intro="Bonjour"), "Bonjour"),
        (ACTIVITY, lambda house: Activity.objects.update(title="Samen dansen"), "Samen dansen"),
        (ACTIVITY, lambda house: House.objects.update(name="Huis Veld"), "Huis Veld"),
        (ACTIVITY, lambda house: Location.objects.update(name="De Hoeve"), "De Hoeve"),
        (ACTIVITY, lambda house: Organisation.objects.update(name="Partner Veer"), "Partner Veer"),
        (ACTIVITY, lambda house: Session.objects.update(confirmed_count=9), "Zet je op de wachtlijst"),
        (
            ACTIVITY,
            lambda house: SessionFactory(
                activity=Activity.objects.get(), original_start=WEDNESDAY + 2 * DAY, location=LocationFactory(name="Elders")
            ),
            "Elders",
        ),
        (
            ACTIVITY,
            lambda house: ScheduleFactory(activity=Activity.objects.get()),
            "Donderdag 5 maart 2026 van 9 tot 12 uur.",
        ),
        (
            ACTIVITY + FRENCH,
            lambda house: ActivityTranslationFactory(activity=Activity.objects.get(), title="Chanter"),
            "Chanter",
        ),
        (HOME, lambda house: House.objects.update(phone="014 11 11 11"), "tel:014111111"),
        (HOME, lambda house: OpeningHours.objects.update(closes_at=dt.time(11)), "Nu open tot 11 uur"),
        (HOME, lambda house: Activity.objects.update(title="Samen dansen"), "Samen dansen"),
    ],
)  # fmt: skip
def test_a_change_is_seen_on_the_next_page(client, house, path, change, told):
    assert told not in page(client, path)
    change(house)
    assert told in page(client, path)


@pytest.mark.parametrize(
    ("path", "later", "before", "after"),
    [
        (HOUSE, 2 * HOUR, "Nu open tot 12 uur", "Dicht. Woensdag 11 maart open om 9 uur"),
        (HOUSE, 4 * HOUR, "<h3>Vandaag</h3>", "op de agenda"),
        (HOME, 2 * HOUR, "Nu open tot 12 uur", "Dicht."),
        (ACTIVITY, 4 * HOUR, "Vandaag", "Nog geen dag gekend"),
    ],
)
def test_the_clock_makes_a_page_anew_and_nothing_does_before(client, house, at, path, later, before, after):
    at(WEDNESDAY)
    assert before in page(client, path)
    at(WEDNESDAY + later - BLINK)
    assert after not in page(client, path)
    at(WEDNESDAY + later)
    assert after in page(client, path)
    assert before not in page(client, path)


def test_a_moment_comes_within_the_week_of_a_house_when_its_day_is_there(client, house, at):
    SessionFactory(
        activity=ActivityFactory(house=house, slug="dansen"), original_start=WEDNESDAY + 7 * DAY + HOUR
    )
    shown = []
    for moment in (WEDNESDAY, MIDNIGHT - BLINK, MIDNIGHT):
        at(moment)
        shown.append("/activiteiten/dansen/" in page(client, HOUSE).partition("Wat kan je hier?")[0])
    assert shown == [False, False, True]


def test_what_goes_on_while_its_place_is_open_follows_the_hours_of_that_place(client, house, at):
    ScheduleFactory(
        activity=ActivityFactory(house=house, location=Location.objects.get(), slug="inloop", title="Inloop"),
        kind="in_opening_hours",
        dates=[],
        starts_at=None,
        ends_at=None,
    )
    told = []
    for moment in (WEDNESDAY, WEDNESDAY + 2 * HOUR - BLINK, WEDNESDAY + 2 * HOUR):
        at(moment)
        told.append(
            [
                "Nu open tot 12 uur" in page(client, path)
                for path in ("/activiteiten/inloop/", "/activiteiten/?q=inloop")
            ]
        )
    assert told == [[True, True], [True, True], [False, False]]


def test_what_is_on_today_is_said_by_the_clock_on_its_card(client, house, at):
    told = []
    for moment in (WEDNESDAY, WEDNESDAY + HOUR - BLINK, WEDNESDAY + HOUR):
        at(moment)
        told.append("Nu bezig" in page(client, "/activiteiten/"))
    assert told == [False, False, True]


def test_each_visitor_reads_her_own_token_and_nobody_that_of_another(client, house):
    """Who has a session has a token in the form that holds a place; who has none has none, and gets no cookie."""
    field = 'name="csrfmiddlewaretoken"'
    assert field not in page(client, ACTIVITY)
    client.force_login(UserFactory())
    assert field in page(client, ACTIVITY)
    client.logout()
    client.cookies.clear()
    response = client.get(ACTIVITY)
    assert (field in response.content.decode(), dict(response.cookies)) == (False, {})
    assert "<!--" not in response.content.decode()


def test_who_may_edit_sees_that_and_the_next_visitor_does_not(client, house):
    coordinator = MembershipFactory(house=house, role=Role.COORDINATOR).user
    client.force_login(coordinator)
    assert "Wijzig" in page(client, ACTIVITY)
    client.logout()
    assert "Wijzig" not in page(client, ACTIVITY)


def test_what_went_offline_is_not_shown_any_more(client, house):
    page(client, ACTIVITY), page(client, HOUSE)
    Activity.objects.update(status=Activity.Status.DRAFT)
    assert client.get(ACTIVITY).status_code == 404
    House.objects.update(is_published=False)
    assert client.get(HOUSE).status_code == 404


def test_each_language_is_kept_by_itself(client, house):
    assert "Deze week" in page(client, HOUSE)
    assert "Deze week" not in page(client, f"/fr{HOUSE}")
    assert "Deze week" in page(client, HOUSE)


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_a_change_at_once(tmp_path, client):
    house = HouseFactory(slug="geelveld", name="Huis Geelveld")
    activity = ActivityFactory(house=house, slug="zingen", title="Zingen")
    port = free_port()
    server = processes.web_server(
        tmp_path / "web.log", port, CHANGES_CHECK_SECONDS="0", PORTAL_URL=f"http://127.0.0.1:{port}"
    )

    def read(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.read().decode()

    try:
        assert ("Zingen" in read(HOUSE), "Zingen" in read(ACTIVITY)) == (True, True)
        Activity.objects.filter(pk=activity.pk).update(title="Dansen")
        House.objects.filter(pk=house.pk).update(phone="014 11 11 11")
        for path in (HOUSE, ACTIVITY):
            assert ("Dansen" in read(path), "014111111" in read(path)) == (True, True)
    finally:
        server.stop()
