"""All sign-ups of an activity: found, taken along as a file, printed to sign."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.roles import Role
from tests.activities.sign_ups import a_moment, sign_up
from tests.attendance_factories import AttendanceFactory, VisitFactory
from tests.factories import MembershipFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

VIEWS = ["sign_up_list", "sign_up_csv", "sign_up_xlsx"]


@pytest.fixture
def session():
    """Alice has a place with Kind 0, Bob waits, Cleo came, and a family walked in."""
    now = timezone.now()
    session = a_moment(capacity=1, original_start=now + dt.timedelta(minutes=30))
    sign_up(session, now=now)
    sign_up(session, "Bob", now=now)
    cleo = RegistrationFactory(session=session, name="Cleo", phone="+32 14 00 00 00", note='=HYPERLINK("x")')
    AttendanceFactory(registration=cleo)
    VisitFactory(session=session, first_names="Lou")
    return session


@pytest.fixture
def staff(client, session):
    client.force_login(MembershipFactory(house=session.activity.house, role=Role.STAFF).user)
    return client


def url(session, name="sign_up_list"):
    return reverse(name, args=[session.activity_id])


def found(client, session, **query) -> set[str]:
    text = client.get(url(session), query).content.decode()
    return {name for name in ("Alice", "Bob", "Cleo", "Lou") if name in text}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"Alice", "Bob", "Cleo", "Lou"}),
        ({"q": "ali"}, {"Alice"}),
        ({"q": "kind 0"}, {"Alice", "Bob"}),
        ({"q": "bob@voorbeeld"}, {"Bob"}),
        ({"toestand": "waiting"}, {"Bob"}),
        ({"toestand": "present"}, {"Cleo"}),
        ({"toestand": "no_answer"}, {"Alice"}),
        ({"toestand": "walked_in"}, {"Lou"}),
        ({"toestand": "nonsense"}, {"Alice", "Bob", "Cleo", "Lou"}),
        ({"q": "\x00", "moment": "9" * 40, "pagina": "9999999"}, {"Alice", "Bob", "Cleo", "Lou"}),
    ],
)
def test_what_is_looked_for_is_found(staff, session, query, names):
    assert found(staff, session, **query) == names


def test_one_moment_of_many(staff, session):
    other = a_moment(activity={"house": session.activity.house})
    other.activity = session.activity
    other.save()
    RegistrationFactory(session=other, name="Dora")
    text = staff.get(url(session), {"moment": other.pk}).content.decode()
    assert ("Dora" in text, "Alice" in text, "Lou" in text) == (True, False, False)


def test_the_same_rows_as_a_file_that_runs_nothing(staff, session):
    text = staff.get(url(session, "sign_up_csv")).content.decode("utf-8-sig")
    lines = {line.split(";")[1]: line for line in text.splitlines()}
    assert set(lines) == {"Naam", "Alice", "Bob", "Cleo", "gezin zonder inschrijving"}
    assert ("'=HYPERLINK" in lines["Cleo"], "'+32 14 00 00 00" in lines["Cleo"]) == (True, True)
    answer = staff.get(url(session, "sign_up_xlsx"), {"moment": session.pk, "toestand": "present"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [(row[1], row[7], row[8]) for row in rows[1:]] == [("Cleo", "was er", 1)]
    assert len({len(row) for row in rows}) == 1
    assert f"{timezone.localdate(session.starts_at):%Y-%m-%d}.xlsx" in answer.headers["Content-Disposition"]


def test_a_list_to_sign_has_names_without_addresses_and_empty_lines(staff, session):
    text = staff.get(reverse("sign_in_sheet", args=[session.pk])).content.decode()
    assert ("Alice" in text, "Bob" in text, "@voorbeeld" in text) == (True, False, False)
    assert text.count('<th scope="row">') == 2
    assert text.count("<tr>") == 1 + 16
    assert ("<svg" in text, f"/beheer/momenten/{session.pk}/aanwezig/" in text) == (True, True)


@pytest.mark.parametrize("name", [*VIEWS, "sign_in_sheet"])
def test_others_are_kept_out(client, session, name):
    address = reverse(name, args=[session.pk if name == "sign_in_sheet" else session.activity_id])
    assert "/aanmelden/" in client.get(address).headers["Location"]
    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)
    assert client.get(address).status_code == 404
    client.force_login(MembershipFactory(house=session.activity.house, role=Role.PARTNER_EDITOR).user)
    assert (client.get(address).status_code, client.post(address).status_code) == (403, 405)


@pytest.mark.parametrize("families", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("sign_up_list", 10), ("sign_up_csv", 8)])
def test_it_takes_the_same_queries(staff, session, families, name, queries, django_assert_num_queries):
    for _ in range(families):
        AttendanceFactory(registration=RegistrationFactory(session=session))
    with django_assert_num_queries(queries):
        staff.get(url(session, name))


def titles(client, **query) -> set[str]:
    text = client.get(reverse("session_list"), query).content.decode()
    return {name for name in ("Babymassage", "Spelotheek", "Yoga") if name in text}


def test_each_view_of_the_moments_shows_its_own(staff, session):
    def moment(title, hours, **facts):
        about = {"house": session.activity.house, "title": title, **facts}
        return a_moment(original_start=timezone.now() + dt.timedelta(hours=hours), activity=about)

    sign_up(moment("Babymassage", 20), now=timezone.now())
    moment("Spelotheek", 20, registration_mode="none", channels=[])
    RegistrationFactory(session=(yoga := moment("Yoga", -5)))
    yoga.confirmed_count = 1
    yoga.save()
    assert titles(staff) == {"Babymassage"}
    assert titles(staff, lijst="open") == {"Spelotheek"}
    assert titles(staff, lijst="noteren") == titles(staff, lijst="voorbij", q="yog") == {"Yoga"}
    assert titles(staff, lijst="onzin", q="\x00") == {"Babymassage"}
    assert titles(staff, q="spel") == set()


def test_the_desk_leads_to_what_families_come_for_today_and_tomorrow(staff, session):
    assert "1 moment waarvoor gezinnen inschreven." in staff.get(reverse("desk")).content.decode()
    session.refresh_from_db()
    session.starts_at += dt.timedelta(days=3)
    session.ends_at += dt.timedelta(days=3)
    session.save()
    assert "waarvoor gezinnen inschreven" not in staff.get(reverse("desk")).content.decode()
