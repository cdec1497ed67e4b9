"""The pages of one moment for the people of the House."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity, Registration, Session
from huizen.models import Message
from huizen.roles import Role
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.factories import LocationFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """A moment with two places: Alice and her two children have them, Bob waits."""
    session = a_moment(original_start=timezone.now() + dt.timedelta(days=3), capacity=2)
    sign_up(session, children=2, now=timezone.now())
    sign_up(session, "Bob", now=timezone.now())
    return session


@pytest.fixture
def staff(client, session):
    """A member of the House, signed in."""
    client.force_login(MembershipFactory(house=session.activity.house, role=Role.STAFF).user)
    return client


def url(name, session):
    return reverse(name, args=[session.pk])


def registration_url(session):
    return reverse("registration_cancel", args=[session.registrations.get(name="Alice").pk])


LOOK = ["session_manage", "session_cancel", "session_move", "session_register"]
ACT = ["session_capacity", "session_promote", "session_restore"]


@pytest.mark.parametrize("name", LOOK)
def test_each_page_opens_and_looking_changes_nothing(staff, session, name):
    assert staff.get(url(name, session)).status_code == 200
    assert counters(session) == (2, 1, 1)


@pytest.mark.parametrize("name", LOOK + ACT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_house_finds_nothing(client, session, name, method):
    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)
    assert getattr(client, method)(url(name, session)).status_code in {404, 405}
    assert counters(session) == (2, 1, 1)


@pytest.mark.parametrize("name", LOOK + ACT)
def test_a_partners_editor_sees_no_families(client, session, name):
    client.force_login(MembershipFactory(house=session.activity.house, role=Role.PARTNER_EDITOR).user)
    assert client.post(url(name, session)).status_code in {403, 405}


def test_an_editor_here_who_is_staff_elsewhere_sees_no_families_here(client, session):
    editor = MembershipFactory(house=session.activity.house, role=Role.PARTNER_EDITOR).user
    MembershipFactory(user=editor, role=Role.STAFF)
    client.force_login(editor)
    assert client.get(url("session_manage", session)).status_code == 404
    assert client.get(registration_url(session)).status_code == 404


@pytest.mark.parametrize("name", LOOK + ACT)
def test_a_stranger_signs_in_first(client, session, name):
    answer = client.post(url(name, session))
    assert (answer.status_code, "/aanmelden/" in answer.get("Location", "")) in {(302, True), (405, False)}


@pytest.mark.parametrize("name", ACT)
def test_what_changes_something_is_never_a_get(staff, session, name):
    assert staff.get(url(name, session)).status_code == 405


def test_the_page_shows_who_comes_and_who_waits_in_order(staff, session):
    sign_up(session, "Charlie", now=timezone.now())
    text = staff.get(url("session_manage", session)).content.decode()
    assert (
        text.index("Alice")
        < text.index("Wachtlijst, in volgorde")
        < text.index("Bob")
        < text.index("Charlie")
    )
    assert "2 van 2" in text


def test_the_list_shows_the_moments_of_the_own_house(staff, session):
    other = a_moment(original_start=session.starts_at)
    text = staff.get(reverse("session_list")).content.decode()
    assert (session.activity.title in text, other.activity.title in text) == (True, False)


@pytest.mark.parametrize("counts", ["children", "persons"])
def test_the_form_for_who_calls_speaks_to_the_house(staff, session, counts):
    Activity.objects.update(counts=counts, reduced_rate=True, asks_birth_month=counts == "children")
    page = staff.get(url("session_register", session)).content.decode()
    form = page.partition('<form class="stack" method="post"')[2].partition("</form>")[0].lower()
    assert "naam van de ouder" in form
    assert [word for word in ("jouw", "je kind", "jullie komen", "we je", "ik wil") if word in form] == []


@pytest.mark.parametrize("page", ["9999999", "abc", "-1", "\x00"])
def test_a_page_that_does_not_exist_shows_one_that_does(staff, page):
    assert staff.get(reverse("session_list"), {"pagina": page}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries(staff, session, rows, django_assert_num_queries):
    for _ in range(rows - 1):
        a_moment(original_start=session.starts_at, activity={"house": session.activity.house})
    staff.get(reverse("session_list"))
    with django_assert_num_queries(5):
        staff.get(reverse("session_list"))


@pytest.mark.parametrize("families", [1, 3])
def test_one_moment_takes_the_same_queries(staff, session, families, django_assert_num_queries):
    for number in range(families):
        sign_up(session, f"Ouder{number}", now=timezone.now())
    with django_assert_num_queries(11):
        staff.get(url("session_manage", session))


def test_more_places_let_the_list_move(staff, session):
    answer = staff.post(url("session_capacity", session), {"capacity": "3"}, follow=True)
    assert "Het aantal plaatsen is aangepast." in answer.content.decode()
    assert counters(session) == (3, 0, 1)


@pytest.mark.parametrize(
    ("capacity", "sentence"),
    [
        ("1", "Er zijn al 2 plaatsen bezet."),
        ("0", "Geef minstens één plaats."),
        ("abc", "Schrijf een getal, zoals 12."),
        ("9" * 30, "Geef hoogstens 2000 plaatsen"),
    ],
)
def test_places_that_cannot_be_are_said_at_the_field(staff, session, capacity, sentence):
    answer = staff.post(url("session_capacity", session), {"capacity": capacity})
    assert sentence in answer.content.decode()
    session.refresh_from_db()
    assert session.capacity == 2


def test_a_click_that_moves_nobody_says_so(staff, session):
    answer = staff.post(url("session_promote", session), follow=True)
    assert "Niemand schoof door" in answer.content.decode()
    Session.objects.filter(pk=session.pk).update(capacity=3)
    answer = staff.post(url("session_promote", session), follow=True)
    assert "1 gezin heeft nu een plaats." in answer.content.decode()


def test_a_moment_is_called_off_with_a_reason_and_goes_on_after_all(staff, session):
    assert (
        "Zeg in één zin waarom."
        in staff.post(url("session_cancel", session), {"reason": ""}).content.decode()
    )
    staff.post(url("session_cancel", session), {"reason": "Er is een lek."})
    session.refresh_from_db()
    assert (session.status, session.cancel_reason) == ("cancelled", "Er is een lek.")
    staff.post(url("session_restore", session))
    session.refresh_from_db()
    assert session.status == "scheduled"
    assert Message.objects.filter(template__startswith="session_").count() == 4


def form_of(day, start="14:00", end="16:00", location=""):
    return {"day": day, "start": start, "end": end, "location": location}


def test_a_moment_moves_by_the_clock_on_the_wall(staff, session):
    place = LocationFactory(house=session.activity.house, name="De Kring")
    day = timezone.localdate() + dt.timedelta(days=10)
    staff.post(url("session_move", session), form_of(day, location=place.pk))
    session.refresh_from_db()
    start = timezone.localtime(session.starts_at)
    assert (start.date(), start.time(), session.location) == (day, dt.time(14), place)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (form_of("2020-01-01"), "Kies een dag tussen vandaag en over twee jaar."),
        (form_of("9999-12-31"), "Kies een dag tussen vandaag en over twee jaar."),
        (form_of("0001-01-01"), "Kies een dag tussen vandaag en over twee jaar."),
        (form_of("morgen"), "Kies een dag."),
        (form_of("", start="25:00"), "Kies een uur."),
        (form_of("", start="16:00", end="14:00"), "Het einde komt na het begin."),
        (form_of("", location="9" * 30), "Kies een plek uit de lijst."),
    ],
)
def test_a_move_that_cannot_be_is_said_at_the_field(staff, session, form, sentence):
    assert sentence in staff.post(url("session_move", session), form).content.decode()
    before = session.starts_at
    session.refresh_from_db()
    assert session.starts_at == before


def test_a_place_of_another_house_is_not_chosen(staff, session):
    form = form_of(timezone.localdate() + dt.timedelta(days=5), location=LocationFactory().pk)
    assert "Kies een plek uit de lijst." in staff.post(url("session_move", session), form).content.decode()


def typed(**more):
    return {
        "sleutel": str(uuid.uuid4()),
        "name": "Dora",
        "phone": "014 00 00 00",
        "rijen": "1",
        "kind-0-first_name": "Sam",
        "note": "belt terug",
        **more,
    }


def test_a_family_that_calls_is_signed_up_by_the_house(staff, session):
    answer = staff.post(url("session_register", session), typed(), follow=True)
    assert "Dora: op de wachtlijst." in answer.content.decode()
    assert Registration.objects.get(name="Dora").note == "belt terug"


def test_one_more_child_on_the_telephone(staff, session):
    text = staff.post(url("session_register", session), typed(nog_een_kind="1")).content.decode()
    assert ('name="kind-1-first_name"' in text, 'value="belt terug"' in text) == (True, True)


def test_the_house_may_make_an_exception_for_the_age(staff, session):
    activity = session.activity
    activity.asks_birth_month, activity.age_max = True, 12
    activity.save()
    staff.post(url("session_register", session), typed(**{"kind-0-birth_month": "3/2016"}))
    staff.post(url("session_register", session), typed(name="Emma", phone="014 11 11 11"))
    assert Registration.objects.filter(name__in=["Dora", "Emma"]).count() == 2


def test_what_stands_in_the_way_is_said_on_the_form(staff, session):
    staff.post(url("session_register", session), typed())
    answer = staff.post(url("session_register", session), typed(name="Dora M."))
    assert "Met dit nummer" in answer.content.decode()
    assert 'value="Dora M."' in answer.content.decode()


def test_the_house_cancels_one_family_with_a_reason(staff, session):
    address = registration_url(session)
    assert "krijgt een mail met de reden" in staff.get(address).content.decode()
    assert "Zeg in één zin waarom." in staff.post(address, {"reason": ""}).content.decode()
    answer = staff.post(address, {"reason": "Dubbel ingeschreven."}, follow=True)
    assert "De inschrijving is geannuleerd." in answer.content.decode()
    assert counters(session) == (1, 0, 1)
    assert Message.objects.get(template="registration_cancelled").context["reason"] == "Dubbel ingeschreven."


def test_what_is_over_can_be_read_and_no_longer_changed(client):
    now = timezone.now()
    session = a_moment(original_start=now - dt.timedelta(days=2))
    client.force_login(MembershipFactory(house=session.activity.house).user)
    assert client.get(url("session_manage", session)).status_code == 200
    answer = client.post(url("session_cancel", session), {"reason": "Te laat."})
    assert "Dit moment is al voorbij." in answer.content.decode()
    assert (
        "Dit moment is al voorbij." in client.post(url("session_register", session), typed()).content.decode()
    )


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_moment_that_does_not_exist_is_not_found(staff, number):
    assert staff.get(f"/beheer/momenten/{number}/").status_code == 404


def test_the_desk_says_that_families_wait(staff, session):
    assert "Bij 1 moment staan gezinnen op de wachtlijst." in staff.get(reverse("desk")).content.decode()
    session.status = Session.Status.CANCELLED
    session.save()
    assert "Wachtlijsten" not in staff.get(reverse("desk")).content.decode()


def test_the_desk_leads_to_a_waiting_list_that_can_move(staff, session):
    Session.objects.filter(pk=session.pk).update(capacity=None)
    words = staff.get(reverse("desk")).content.decode()
    assert "Bij 1 moment is er plaats voor wie wacht. Schuif door." in words
    assert f'href="{url("session_manage", session)}"' in words
