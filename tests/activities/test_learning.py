"""What is for professionals: families meet it nowhere, professionals find it and sign up for it."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from activities.actions.registration_mail import manage_path
from activities.models import Activity, Registration
from activities.search import find
from activities.search.wanted import Wanted
from huizen.roles import Role
from tests.activities.offer_forms import typed
from tests.activities.sign_ups import sign_up
from tests.factories import (
    ActivityFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    SavedActivityFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/beheer/leren/"
TITLE = "Leerlab Zorgzaam"
SEEN = "Babyborrel"
FOR_PROFESSIONALS = {"audience": "professionals", "counts": "persons", "asks_birth_month": False}
PUBLIC = (
    "/",
    "/activiteiten/",
    "/activiteiten/?q=leerlab",
    "/activiteiten/?huis=mol",
    "/activiteiten/?vrij=1",
    "/activiteiten/agenda.ics",
    "/activiteiten/nieuw.atom",
    "/activiteiten/kaart/",
    "/api/zoek",
    "/api/zoek?q=leerlab",
    "/api/kaart",
    "/huizen/mol/",
    "/huizen/mol/folder/",
    "/huizen/mol/week/",
    "/huizen/mol/agenda.ics",
    "/sitemap-activiteiten.xml",
    "/bewaard/?a=leerlab&a=babyborrel",
    "/fr/activiteiten/",
)


@pytest.fixture
def house():
    return HouseFactory(slug="mol", name="Baldemore", phone="014 00 00 00")


@pytest.fixture
def lab(house):
    """Online as anything can be, for professionals."""
    return online(house, TITLE, "leerlab", **FOR_PROFESSIONALS)


@pytest.fixture
def colleague(lab):
    """Somebody of another House of the network."""
    return MembershipFactory(user__name="Els", user__email="els@voorbeeld.example").user


def online(house, title, slug, **facts):
    place = LocationFactory(house=house, lat=51.19, lon=5.11)
    facts = {"registration_mode": "required", "channels": ["online"], "capacity": 1} | facts
    return ActivityFactory(
        house=house,
        title=title,
        slug=slug,
        location=place,
        published_at=timezone.now(),
        checked_on=timezone.localdate(),
        **facts,
    )


def moment(activity, days=1):
    start = timezone.now() + dt.timedelta(days=days)
    return SessionFactory(activity=activity, original_start=start, capacity=activity.capacity)


@pytest.mark.parametrize("address", PUBLIC)
def test_families_meet_it_nowhere(client, lab, house, address):
    moment(lab)
    moment(online(house, SEEN, "babyborrel"))
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert [sign in page for sign in (TITLE, "/activiteiten/leerlab/")] == [False, False]


@pytest.mark.parametrize(
    "address", [a for a in PUBLIC if "leerlab" not in a and a not in ("/", "/api/kaart")]
)
def test_the_same_offer_for_families_stands_there(client, lab, house, address):
    """The negative control: these addresses do show offer."""
    moment(online(house, SEEN, "babyborrel", registration_mode="none", channels=[]))
    page = client.get(address).content.decode()
    if address != "/activiteiten/kaart/":
        assert SEEN in page or "/activiteiten/babyborrel/" in page


def test_its_own_addresses_are_closed_for_families(client, lab):
    session = moment(lab)
    closed = [
        reverse("activity_detail", args=["leerlab"]),
        reverse("activity_calendar", args=["leerlab"]),
        reverse("session_calendar", args=[session.pk]),
        reverse("series_create", args=["leerlab"]),
        reverse("spot_watch_create", args=[session.pk]),
    ]
    assert [client.get(path).status_code for path in closed] == [404] * 5
    assert client.post(reverse("place_hold", args=[session.pk])).status_code == 404
    there = reverse("learning_sign_up", args=[session.pk])
    sign_up = client.get(reverse("registration_create", args=[session.pk]))
    assert (sign_up.status_code, sign_up.url) == (302, there)
    assert client.get(there).status_code == 302
    assert TITLE not in client.get("/melden/?activiteit=leerlab").content.decode()


def test_the_search_and_the_agenda_of_a_family_leave_it_out(lab, house):
    moment(lab)
    seen = online(house, SEEN, "babyborrel")
    assert [hit.activity_id for hit in find(Wanted(), now=timezone.now()).hits] == [seen.pk]
    lab.audience = "families"
    lab.save()
    assert find(Wanted(), now=timezone.now()).total == 2
    saved = SavedActivityFactory(activity=lab)
    assert list(Activity.objects.published().filter(saved_by=saved)) == [lab]


def test_it_is_not_handed_over(client, lab, colleague):
    client.force_login(colleague)
    assert client.get("/beheer/meegeven/", {"kies": lab.pk}).context["picked"] == []


def test_professionals_of_every_house_find_it(client, lab, colleague):
    moment(lab)
    ActivityFactory(title="Leerlab in ontwerp", status="draft", **FOR_PROFESSIONALS)
    officer = MembershipFactory(house=None, role=Role.OFFICER).user
    editor = MembershipFactory(role=Role.PARTNER_EDITOR).user
    for user in (colleague, officer, editor):
        client.force_login(user)
        page = client.get(LIST)
        assert list(page.context["page"]) == [lab]
        assert "Morgen" in page.content.decode()
    for user in (UserFactory(), MembershipFactory(house=None, role=Role.ABB_READER).user):
        client.force_login(user)
        assert client.get(LIST).status_code == 403


def test_one_of_them_tells_all_and_where_she_signed_up(client, lab, colleague):
    first = moment(lab)
    SessionFactory(activity=lab, original_start=timezone.now() + dt.timedelta(days=8), status="cancelled")
    client.force_login(colleague)
    page = reverse("learning_detail", args=[lab.pk])
    assert f'href="{page}"' in client.get(LIST).content.decode()
    shown = client.get(page).content.decode()
    there = reverse("learning_sign_up", args=[first.pk])
    assert [part in shown for part in (lab.location.name, "gaat niet door", "Morgen", there)] == [True] * 4
    row = sign_up(first, "Els", children=0, places=1, now=timezone.now())
    shown = client.get(page).content.decode()
    assert [part in shown for part in (manage_path(row), there)] == [True, False]
    client.post(manage_path(row), {"wat": "annuleer"})
    shown = client.get(page).content.decode()
    assert [part in shown for part in (manage_path(row), there)] == [False, True]


def test_its_moments_go_into_her_calendar(client, lab, colleague):
    moment(lab), moment(lab, days=8)
    client.force_login(colleague)
    answer = client.get(reverse("learning_calendar", args=[lab.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert (text.count("BEGIN:VEVENT"), TITLE in text) == (2, True)


@pytest.mark.parametrize("name", ["learning_detail", "learning_calendar"])
def test_who_may_not_learn_reads_none_of_it(client, house, lab, colleague, name):
    there = reverse(name, args=[lab.pk])
    assert client.get(there).status_code == 302
    client.force_login(UserFactory())
    assert client.get(there).status_code == 403
    client.force_login(colleague)
    assert client.post(there).status_code == 405
    family = online(house, SEEN, "babyborrel")
    assert client.get(reverse(name, args=[family.pk])).status_code == 404


def test_one_or_three_moments_cost_the_same_queries(client, lab, colleague, django_assert_num_queries):
    client.force_login(colleague)
    for days in (1, 8, 15):
        moment(lab, days=days)
        with django_assert_num_queries(7):
            client.get(reverse("learning_detail", args=[lab.pk]))


def test_she_signs_up_with_her_own_name_and_organisation(client, lab, colleague):
    session = moment(lab)
    client.force_login(colleague)
    page = reverse("learning_sign_up", args=[session.pk])
    html = client.get(page).content.decode()
    house = colleague.current_memberships[0].house
    assert [f'value="{known}"' in html for known in ("Els", "els@voorbeeld.example", house.name)] == [
        True
    ] * 3
    assert "kind-0" not in html
    facts = {
        "name": "Els",
        "email": "els@voorbeeld.example",
        "organisation": "Kind en Stad",
        "sleutel": uuid.uuid4(),
    }
    answer = client.post(page, facts)
    row = Registration.objects.get()
    assert (row.name, row.note, row.places, row.family, row.state) == (
        "Els",
        "Kind en Stad",
        1,
        None,
        "confirmed",
    )
    assert client.get(answer.url).status_code == 200
    assert client.post(page, facts).url == answer.url
    full = {**facts, "email": "bob@voorbeeld.example", "sleutel": uuid.uuid4()}
    assert client.post(page, full).status_code == 302
    assert Registration.objects.get(email="bob@voorbeeld.example").state == "waiting"


def test_bad_input_keeps_what_was_typed(client, lab, colleague):
    session = moment(lab)
    client.force_login(colleague)
    page = reverse("learning_sign_up", args=[session.pk])
    answer = client.post(page, {"name": "Els", "email": "geen adres", "organisation": "", "sleutel": "\x00"})
    assert answer.status_code == 422
    assert 'value="geen adres"' in answer.content.decode()
    assert not Registration.objects.exists()


def test_what_is_for_families_is_not_taken_here(client, house, colleague):
    session = moment(online(house, SEEN, "babyborrel"))
    client.force_login(colleague)
    assert client.get(reverse("learning_sign_up", args=[session.pk])).status_code == 404


def test_one_or_three_cost_the_same_queries(client, house, lab, colleague, django_assert_num_queries):
    moment(lab)
    client.force_login(colleague)
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    for number in range(2):
        moment(online(house, "Leerlab", f"lab-{number}", **FOR_PROFESSIONALS))
    with django_assert_num_queries(6):
        client.get(LIST)


def test_professionals_never_bring_children(house):
    with pytest.raises(IntegrityError):
        ActivityFactory(house=house, audience="professionals")


def test_a_coordinator_makes_it_and_the_form_asks_nothing_of_children(client, house):
    client.force_login(MembershipFactory(house=house).user)
    answer = client.post("/beheer/activiteiten/nieuw/", typed(house, audience="professionals"))
    assert answer.status_code == 302
    made = Activity.objects.get()
    assert (made.audience, made.counts, made.asks_birth_month) == ("professionals", "persons", False)
    assert "voor professionals" in client.get("/beheer/activiteiten/").content.decode()
