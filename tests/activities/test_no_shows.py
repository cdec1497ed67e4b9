"""How often a family stayed away: told to who calls it, out of what is not erased yet, and never held against it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions.forget import forget_registrations
from activities.no_shows import count_no_shows
from families.models import Family
from huizen.roles import Role
from tests.activities.sign_ups import a_moment, sign_up
from tests.attendance_factories import AttendanceFactory
from tests.factories import NOW, FamilyFactory, HouseFactory, MembershipFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def house():
    return HouseFactory()


@pytest.fixture
def session(house):
    return moment(house, 3)


def moment(house, days, **facts):
    return a_moment(original_start=timezone.now() + days * DAY, activity={"house": house}, **facts)


def stayed_away(house, who="Alice", *, days=-10, state="absent", **facts):
    """A sign-up for an earlier moment, and what became of it."""
    past = moment(house, days)
    row = sign_up(past, who, now=past.starts_at - 2 * DAY, **facts)
    AttendanceFactory(registration=row, state=state, children=int(state == "present"))
    return row


def told(session, row):
    count_no_shows([row], session)
    return row.no_shows


def test_each_moment_counts_at_which_the_same_address_stayed_away(house, session):
    stayed_away(house)
    stayed_away(house, days=-300)
    stayed_away(house, "Bob")
    assert told(session, sign_up(session, now=timezone.now())) == 2


@pytest.mark.parametrize(
    "facts", [{"state": "present"}, {"state": "excused"}, {"days": -363}, {"days": 4}], ids=str
)
def test_who_came_or_said_so_and_what_is_long_ago_do_not_count(house, session, facts):
    stayed_away(house, **facts)
    assert told(session, sign_up(session, now=timezone.now())) == 0


def test_another_house_is_not_told_of(session):
    stayed_away(HouseFactory())
    assert told(session, sign_up(session, now=timezone.now())) == 0


def test_a_family_is_known_under_another_address_too(house, session):
    family = FamilyFactory()
    earlier, now = stayed_away(house), sign_up(session, "Bob", now=timezone.now())
    for row in (earlier, now):
        row.family = Family.objects.get(pk=family.pk)
        row.save(update_fields=["family"])
    assert told(session, now) == 1


def test_who_is_forgotten_begins_anew(house, session):
    stayed_away(house)
    forget_registrations(before=timezone.now(), now=NOW)
    assert told(session, sign_up(session, now=timezone.now())) == 0


def test_it_stands_on_the_list_of_the_house_and_nowhere_else(client, house, session):
    stayed_away(house)
    row = sign_up(session, now=timezone.now())
    words = "kwam 1 keer niet"
    client.force_login(MembershipFactory(house=house, role=Role.STAFF).user)
    assert words in client.get(reverse("session_manage", args=[session.pk])).content.decode()
    for page in (reverse("sign_in_sheet", args=[session.pk]), reverse("session_list")):
        assert words not in client.get(page).content.decode()
    assert row.state == "confirmed"
