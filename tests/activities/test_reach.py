"""The sums of a year are what a naive count gives, and hold no name."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from activities.actions.forget import forget_registrations
from activities.models import Attendance, Headcount, Visit
from activities.reach import COLUMNS, Reach, cells_of, year_of, years_with_reach
from activities.reach_chart import chart_of
from huizen.roles import Role
from tests.attendance_factories import AttendanceFactory, HeadcountFactory, VisitFactory
from tests.factories import (
    BRUSSELS,
    NOW,
    ActivityFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    RegistrationFactory,
    SessionFactory,
)
from tests.pdf_reading import Pdf

pytestmark = pytest.mark.django_db


def at(year, month, day=10, hour=9):
    return dt.datetime(year, month, day, hour, tzinfo=BRUSSELS)


def a_session(activity, year, month, **facts):
    return SessionFactory(activity=activity, original_start=at(year, month, **facts))


def came(session, **facts):
    return AttendanceFactory(registration=RegistrationFactory(session=session), **facts)


@pytest.fixture
def activity():
    place = LocationFactory(name="De Kring")
    return ActivityFactory(
        house=place.house, location=place, title="Babymassage", life_domains=["health", "parenting"]
    )


def numbers(line) -> tuple[int, int]:
    return line.now.families, line.before.families


def test_this_year_beside_last_year_in_every_way(activity):
    now, before = a_session(activity, 2026, 3), a_session(activity, 2025, 3)
    came(now, children=2, is_new=True)
    came(before)
    VisitFactory(session=now, children=1, adults=1)
    HeadcountFactory(session=before, families=4, new_families=1, adults=3, contacts=2, referrals=1)
    found = year_of(activity.house, year=2026)
    assert found.total.now == Reach(1, 2, 1, 3, 1, 0, 0)
    assert found.total.before == Reach(1, 5, 1, 1, 3, 2, 1)
    assert [numbers(line) for line in found.months] == [(0, 0), (0, 0), (2, 5), *[(0, 0)] * 9]
    assert [(line.label, *numbers(line)) for line in found.activities] == [("Babymassage", 2, 5)]
    assert [(line.label, *numbers(line)) for line in found.places] == [("De Kring", 2, 5)]
    assert [line.label for line in found.domains] == ["Gezondheid", "Ouderschap en opvoeding"]
    assert {numbers(line) for line in found.domains} == {(2, 5)}


def test_who_stayed_away_another_house_and_what_was_called_off_count_for_nothing(activity):
    session = a_session(activity, 2026, 3)
    came(session, state="absent", children=0)
    came(a_session(ActivityFactory(), 2026, 3))
    off = a_session(activity, 2026, 4)
    came(off)
    off.status = "cancelled"
    off.save()
    assert year_of(activity.house, year=2026).total.now == Reach(moments=1)


def test_the_year_turns_at_midnight_on_the_wall(activity):
    came(a_session(activity, 2026, 1, day=1, hour=0))
    came(a_session(activity, 2025, 12, day=31, hour=23))
    found = year_of(activity.house, year=2026)
    assert (found.months[0].now.families, found.total.before.families) == (1, 1)


def test_a_place_of_its_own_is_that_of_the_moment(activity):
    session = a_session(activity, 2026, 3)
    session.location = LocationFactory(house=activity.house, name="Park")
    session.save()
    came(session)
    came(a_session(ActivityFactory(house=activity.house), 2026, 3))
    labels = [line.label for line in year_of(activity.house, year=2026).places]
    assert labels == ["Park", "geen plek gezegd"]


def test_names_are_erased_and_the_sums_stay(activity):
    session = a_session(activity, 2025, 3)
    came(session)
    VisitFactory(session=session, first_names="Lou")
    before = year_of(activity.house, year=2025).total
    forget_registrations(before=NOW, now=NOW)
    assert year_of(activity.house, year=2025).total == before


class TestOracle(TestCase):
    """Whatever is noted: the cells are the naive sums."""

    EVENT = st.tuples(
        st.sampled_from(["sign_up", "visit", "count"]),
        st.integers(0, 2),
        st.integers(0, 5),
        st.integers(0, 5),
        st.booleans(),
    )

    @settings(max_examples=25, deadline=None)
    @given(st.lists(EVENT, max_size=10))
    def test_sums_are_what_is_there(self, events):
        house = HouseFactory()
        activities = [ActivityFactory(house=house) for _ in range(2)]
        sessions = [
            a_session(activities[0], 2026, 1),
            a_session(activities[1], 2026, 1),
            a_session(activities[0], 2025, 12),
        ]
        expected = {number: Reach() for number in range(3)}
        seen, heads = set(), set()
        for kind, number, children, adults, is_new in events:
            new = int(is_new)
            if kind == "count":
                if number in heads:
                    continue
                heads.add(number)
                HeadcountFactory(
                    session=sessions[number], families=5, new_families=new, children=children, adults=adults
                )
                expected[number] += Reach(0, 5, new, children, adults)
            elif children + adults:
                if kind == "visit":
                    VisitFactory(session=sessions[number], children=children, adults=adults, is_new=is_new)
                else:
                    came(sessions[number], children=children, adults=adults, is_new=is_new)
                expected[number] += Reach(0, 1, new, children, adults)
            else:
                continue
            seen.add(number)
        cells = {
            (cell.activity, cell.year, cell.month): reach
            for cell, reach in cells_of(house, first=2025, last=2026).items()
        }
        keys = [(activities[0].pk, 2026, 1), (activities[1].pk, 2026, 1), (activities[0].pk, 2025, 12)]
        assert cells == {keys[number]: expected[number] + Reach(moments=1) for number in seen}


@given(st.lists(st.integers(0, 5000), min_size=24, max_size=24))
@settings(max_examples=50, deadline=None)
def test_the_drawing_keeps_every_bar_inside_and_in_proportion(counts):
    from activities.reach import Line

    lines = [
        Line("maand", Reach(families=now), Reach(families=before))
        for now, before in zip(counts[:12], counts[12:], strict=True)
    ]
    chart = chart_of(lines)
    bars = [bar for month in chart.months for bar in (month.before, month.now)]
    assert all(0 <= bar.x <= chart.width - chart.bar and 0 <= bar.y <= chart.ground for bar in bars)
    assert [bar.x for bar in bars] == sorted(bar.x for bar in bars)
    highest = max(bars, key=lambda bar: bar.number)
    assert highest.height == max(bar.height for bar in bars)


@pytest.fixture
def staff(client, activity):
    client.force_login(MembershipFactory(house=activity.house, role=Role.STAFF).user)
    return client


PAGES = ["reach", "annual_report", "annual_paper", "reach_file"]


def test_the_page_shows_bars_and_tables(staff, activity):
    now = timezone.now()
    came(SessionFactory(activity=activity, original_start=now - dt.timedelta(hours=1)))
    text = staff.get(reverse("reach")).content.decode()
    assert ("<svg viewBox" in text, "Per levensdomein" in text, "Babymassage" in text) == (True, True, True)
    assert text.count('class="chart-now"') == 1


def test_the_report_says_it_in_sentences(staff, activity):
    year = timezone.localdate().year
    came(a_session(activity, year, 1), children=2, is_new=True)
    for number in range(3):
        came(a_session(activity, year - 1, 1, day=10 + number))
    text = " ".join(staff.get(reverse("annual_report"), {"jaar": year}).content.decode().split())
    assert f"In {year} telden we bij 1 moment 1 gezin, 2 minder dan het jaar ervoor." in text
    assert "Babymassage (1 tegen 3)" in text


def test_the_report_is_a_tagged_paper_with_the_same_sentences_and_tables(staff, activity):
    came(a_session(activity, timezone.localdate().year, 1), children=2, is_new=True)
    paper = Pdf(staff.get(reverse("annual_paper")).content)
    assert f"In {timezone.localdate().year} telden we bij 1 moment 1 gezin" in paper.words()
    assert [paper.tags().count(tag) for tag in ("H1", "Caption", "Figure")] == [1, 4, 0]
    assert reverse("annual_paper") in staff.get(reverse("annual_report")).content.decode()


def test_the_file_holds_all_tables(staff, activity):
    came(a_session(activity, timezone.localdate().year, 1))
    sheet = openpyxl.load_workbook(io.BytesIO(staff.get(reverse("reach_file")).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + 12 + 1 + 1 + 2 + 1
    assert {len(row) for row in rows} == {2 + 2 * len(COLUMNS)}
    assert rows[1][:4] == ("Per maand", "Januari", 1, 1)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("year", ["1", "9" * 30, "\x00", "abc", "-1"])
def test_a_year_that_is_not_there_shows_this_one(staff, name, year):
    assert staff.get(reverse(name), {"jaar": year}).status_code == 200


def test_years_go_back_to_the_first_that_was_counted(activity):
    assert years_with_reach(activity.house, now=NOW) == [2026]
    came(a_session(activity, 2024, 12, day=31, hour=23))
    assert years_with_reach(activity.house, now=NOW) == [2026, 2025, 2024]


@pytest.mark.parametrize("name", PAGES)
def test_another_house_and_other_roles_are_kept_out(client, staff, activity, name):
    other = HouseFactory()
    assert staff.get(reverse(name), {"huis": other.slug}).status_code == 404
    assert staff.post(reverse(name)).status_code == 405
    client.force_login(MembershipFactory(house=activity.house, role=Role.PARTNER_EDITOR).user)
    assert client.get(reverse(name)).status_code == 403
    client.logout()
    assert "/aanmelden/" in client.get(reverse(name)).headers["Location"]


@pytest.mark.parametrize("moments", [1, 3])
def test_it_takes_the_same_queries(staff, activity, moments, django_assert_num_queries):
    for number in range(moments):
        other = ActivityFactory(house=activity.house, location=LocationFactory(house=activity.house))
        session = SessionFactory(activity=other, original_start=NOW - dt.timedelta(days=30 * number))
        came(session)
        HeadcountFactory(session=session)
        VisitFactory(session=session)
    with django_assert_num_queries(13):
        staff.get(reverse("reach"))
    assert (Attendance.objects.count(), Headcount.objects.count(), Visit.objects.count()) == (moments,) * 3
