"""The page on which somebody notes who came, with and without a script."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Attendance, Headcount, Session, Visit
from huizen.roles import Role
from tests.activities.sign_ups import a_moment, sign_up
from tests.attendance_factories import AttendanceFactory, HeadcountFactory
from tests.factories import MembershipFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """A moment that began half an hour ago: Alice signed up with two children, Bob with one."""
    now = timezone.now()
    session = a_moment(original_start=now + dt.timedelta(hours=2))
    sign_up(session, children=2, now=now)
    sign_up(session, "Bob", now=now)
    Session.objects.filter(pk=session.pk).update(starts_at=now - dt.timedelta(minutes=30))
    session.refresh_from_db()
    return session


@pytest.fixture
def staff(client, session):
    client.force_login(MembershipFactory(house=session.activity.house, role=Role.STAFF).user)
    return client


def url(session, name="attendance_take", *more):
    return reverse(name, args=[session.pk, *more])


def key_of(session, who, number=0) -> str:
    child = session.registrations.get(name=who).participants.order_by("pk")[number]
    return f"k{child.pk}"


def states(session) -> dict:
    return dict(
        Attendance.objects.filter(registration__session=session).values_list("registration__name", "state")
    )


def send(client, session, *, htmx=False, follow=True, **sent):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(url(session), sent, follow=follow and not htmx, headers=headers)


def test_looking_notes_nothing(staff, session):
    text = staff.get(url(session)).content.decode()
    assert ("Alice" in text, "Bob" in text, "<strong>0 van 3 er</strong>" in text) == (True, True, True)
    assert (states(session), Headcount.objects.count()) == ({}, 0)


def test_one_tap_is_kept_and_the_count_comes_back(staff, session):
    key = key_of(session, "Bob")
    answer = send(staff, session, htmx=True, **{key: "present", f"was-{key}": ""})
    text = answer.content.decode()
    assert states(session) == {"Bob": "present"}
    assert ("1 van 3 er" in text, f'name="was-{key}" value="present"' in text) == (True, True)
    assert key_of(session, "Alice") not in text


def test_the_form_without_a_script_keeps_all_at_once(staff, session):
    first, second = key_of(session, "Alice"), key_of(session, "Alice", 1)
    sent = {first: "present", f"was-{first}": "", second: "absent", f"was-{second}": ""}
    assert "1 van 3 er" in send(staff, session, **sent).content.decode()
    assert states(session) == {"Alice": "present"}


def test_an_old_page_takes_nothing_back_of_what_another_noted(staff, session):
    alice, bob = key_of(session, "Alice"), key_of(session, "Bob")
    send(staff, session, **{bob: "present", f"was-{bob}": ""})
    # The page of the other: Bob had no answer there, and she touched Alice alone.
    send(staff, session, **{bob: "", f"was-{bob}": "", alice: "absent", f"was-{alice}": ""})
    assert states(session) == {"Alice": "absent", "Bob": "present"}


def test_everybody_was_there_and_undo(staff, session):
    key = key_of(session, "Bob")
    send(staff, session, **{key: "absent", f"was-{key}": ""})
    text = send(staff, session, rest="present").content.decode()
    assert states(session) == {"Alice": "present", "Bob": "absent"}
    assert "Maak ongedaan" in text
    text = send(staff, session, terug="1").content.decode()
    assert (states(session), "Maak ongedaan" in text) == ({"Bob": "absent"}, False)
    send(staff, session, terug="1")
    assert states(session) == {"Bob": "absent"}


def test_a_family_comes_for_the_first_time(staff, session):
    bob = session.registrations.get(name="Bob")
    send(staff, session, rest="present")
    send(staff, session, **{f"nieuw-{bob.pk.hex}": "1"})
    assert Attendance.objects.get(is_new=True).registration == bob
    send(staff, session, **{f"was-nieuw-{bob.pk.hex}": "1"})
    assert not Attendance.objects.filter(is_new=True).exists()


@pytest.mark.parametrize("htmx", [True, False])
def test_heads_are_counted_up_down_and_typed(staff, session, htmx):
    for step in ("children:1", "children:1", "children:-1", "adults:1"):
        send(staff, session, htmx=htmx, stap=step)
    send(staff, session, htmx=htmx, **{"tel-children": "30", "was-tel-children": "1"})
    row = Headcount.objects.get()
    assert (row.children, row.adults) == (30, 1)


def test_nobody_came(staff, session):
    empty = a_moment(
        original_start=timezone.now() - dt.timedelta(hours=3), activity={"house": session.activity.house}
    )
    assert "Er kwam niemand" in staff.get(url(empty)).content.decode()
    send(staff, empty, niemand="1")
    assert Headcount.objects.get().session == empty


@pytest.mark.parametrize(
    "sent",
    [
        {"stap": "children:99"},
        {"stap": "secret:1"},
        {"tel-children": "\x00", "was-tel-children": "x"},
        {"tel-children": "9" * 50},
        {"rest": "gone"},
        {"kx": "present"},
        {"g" + "0" * 32: "present"},
        {"terug": "1"},
    ],
)
def test_nonsense_changes_nothing(staff, session, sent):
    key = key_of(session, "Bob")
    assert send(staff, session, **sent, **{key: "gone"}).status_code == 200
    assert (states(session), Headcount.objects.filter(children__gt=0).count()) == ({}, 0)


def test_a_family_that_walked_in(staff, session):
    form = {"sleutel": str(uuid.uuid4()), "children": "2", "adults": "1", "is_new": "on"}
    for _ in range(2):
        text = staff.post(url(session, "visit_add"), form, follow=True).content.decode()
    visit = Visit.objects.get()
    assert ("2 kinderen, 1 volwassene" in text, visit.is_new) == (True, True)
    staff.post(url(session, "visit_remove", visit.pk), follow=True)
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"children": "0", "adults": ""}, "Zeg met hoeveel ze waren."),
        ({"children": "9" * 30}, "Schrijf een getal van 0 tot 20."),
        ({"children": "veel"}, "Schrijf een getal van 0 tot 20."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(staff, session, form, sentence):
    assert sentence in staff.post(url(session, "visit_add"), form).content.decode()
    assert Visit.objects.count() == 0


def test_too_early_says_from_when(staff, session):
    later = a_moment(
        original_start=timezone.now() + dt.timedelta(days=2), activity={"house": session.activity.house}
    )
    assert "Je kan noteren wie er is vanaf" in staff.get(url(later)).content.decode()
    answer = send(staff, later, rest="present")
    assert "Dat kan vanaf" in answer.content.decode()
    assert send(staff, later, htmx=True, rest="present").headers["HX-Refresh"] == "true"


def test_who_did_not_come_is_seen_on_the_list(staff, session):
    send(staff, session, rest="absent")
    assert "kwam niet" in staff.get(reverse("session_manage", args=[session.pk])).content.decode()


VIEWS = [("attendance_take", ()), ("visit_add", ()), ("visit_remove", (1,))]


@pytest.mark.parametrize(("name", "more"), VIEWS)
def test_other_houses_and_other_roles_are_kept_out(client, session, name, more):
    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)
    assert client.post(url(session, name, *more)).status_code == 404
    client.force_login(MembershipFactory(house=session.activity.house, role=Role.PARTNER_EDITOR).user)
    assert client.post(url(session, name, *more)).status_code == 403
    client.logout()
    assert "/aanmelden/" in client.post(url(session, name, *more)).headers["Location"]


@pytest.mark.parametrize(("name", "more"), VIEWS[1:])
def test_what_changes_something_is_never_a_get(staff, session, name, more):
    assert staff.get(url(session, name, *more)).status_code == 405


@pytest.mark.parametrize("families", [1, 3])
def test_the_list_takes_the_same_queries(staff, session, families, django_assert_num_queries):
    for _ in range(families):
        AttendanceFactory(registration=RegistrationFactory(session=session))
    staff.get(url(session))
    with django_assert_num_queries(9):
        staff.get(url(session))


def test_the_desk_asks_for_what_nobody_noted(staff, session):
    opened = HeadcountFactory(session=SessionFactory(original_start=timezone.now() - dt.timedelta(days=9)))
    again = SessionFactory(
        activity=opened.session.activity, original_start=timezone.now() - dt.timedelta(hours=2)
    )
    opened.session.activity.house = session.activity.house
    opened.session.activity.save()
    text = staff.get(reverse("desk")).content.decode()
    assert ("2 momenten zonder aanwezigheid" in text, url(session) in text) == (True, True)
    send(staff, again, niemand="1")
    send(staff, session, rest="present")
    assert "zonder aanwezigheid" not in staff.get(reverse("desk")).content.decode()
