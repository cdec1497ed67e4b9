"""Figures that fill themselves: what the portal counted for the activities of a project, with the rows behind it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from projects.actions.report import UnfinishedError
from projects.counted import Row, counts_of
from projects.models import Source
from tests.attendance_factories import AttendanceFactory, HeadcountFactory
from tests.factories import (
    ActivityFactory,
    HouseFactory,
    OrganisationFactory,
    RegistrationFactory,
    SessionFactory,
    TalkFactory,
)
from tests.projects.report_builders import hand_in, make_indicator, report_of

pytestmark = pytest.mark.django_db


def at(year, month=5):
    return timezone.make_aware(dt.datetime(year, month, 6, 10, 0))


def counted(project, *, year=2025, families=3, title="Babbels", **facts) -> Activity:
    """An activity of the project at which so many families were counted."""
    activity = ActivityFactory(house=project.house, title=title, **facts)
    project.activities.add(activity)
    session = SessionFactory(activity=activity, original_start=at(year))
    HeadcountFactory(session=session, families=families, children=2 * families, referrals=1)
    return activity


def test_every_number_has_its_rows_and_last_years(project):
    activity = counted(project, families=5)
    HeadcountFactory(session=SessionFactory(activity=activity, original_start=at(2024)), families=4)
    counted(project, families=2, title="Speelpunt")
    counts = counts_of(project, project.call.working_year(1))
    families = counts[Source.FAMILIES]
    assert (families.now, families.before) == (7, 4)
    assert families.rows == [Row("Babbels", 5, 4), Row("Speelpunt", 2, 0)]
    assert (counts[Source.CHILDREN].now, counts[Source.MOMENTS].now, counts[Source.REFERRALS].now) == (
        14,
        2,
        2,
    )


def test_only_activities_of_the_project_count(project):
    other = ActivityFactory(house=project.house)
    HeadcountFactory(session=SessionFactory(activity=other, original_start=at(2025)), families=9)
    assert counts_of(project, project.call.working_year(1))[Source.FAMILIES].now == 0


def test_a_working_year_need_not_begin_in_january(project):
    counted(project, year=2025)
    project.call.starts_on = dt.date(2025, 7, 1)
    year = project.call.working_year(1)
    assert str(year) == "werkingsjaar 1 (2025-2026)"
    families = counts_of(project, year)[Source.FAMILIES]
    assert (families.now, families.before) == (0, 3)


def test_every_partner_that_worked_with_us_counts_once(project):
    partner = OrganisationFactory(name="Speelotheek")
    for title in ("Een", "Twee"):
        counted(project, title=title, organiser=partner)
    counts = counts_of(project, project.call.working_year(1))
    assert counts[Source.PARTNERS].rows == [Row("Speelotheek", 1, 0)]


def test_talks_with_families_are_moments_of_participation(project):
    for day in (dt.date(2025, 3, 1), dt.date(2025, 4, 1), dt.date(2024, 4, 1), dt.date(2023, 4, 1)):
        TalkFactory(house=project.house, held_on=day, place="Het plein")
    TalkFactory(house=HouseFactory(), held_on=dt.date(2025, 3, 1))
    count = counts_of(project, project.call.working_year(1))[Source.PARTICIPATION]
    assert count.rows == [Row("Het plein", 2, 1)]


def test_who_came_is_in_no_version(project):
    activity = counted(project)
    session = SessionFactory(activity=activity, original_start=at(2025, 6))
    AttendanceFactory(registration=RegistrationFactory(session=session, name="Alice Janssens"))
    make_indicator(project, source=Source.FAMILIES, target="4")
    version = hand_in(report_of(project))
    assert version.content["parts"][2]["figure"]["rows"] == [["Babbels", 4, 0]]
    assert "Alice" not in str(version.content)


def test_a_number_that_is_left_as_it_stands_needs_no_word_and_another_one_does(project):
    counted(project, families=95)
    indicator = make_indicator(project, source=Source.FAMILIES, target="100")
    report = report_of(project)
    with pytest.raises(UnfinishedError) as caught:
        hand_in(report, **{f"value_{indicator.pk}": "97"})
    assert caught.value.faults == {
        f"why-{indicator.pk}": "Het portaal telde 95. Zeg waarom jij een ander getal geeft."
    }
    version = hand_in(report)
    assert version.content["parts"][2]["words"] == "95 gezinnen"


def test_what_is_noted_after_handing_in_changes_nothing_of_it(project):
    activity = counted(project, families=95)
    indicator = make_indicator(project, source=Source.FAMILIES, target="100")
    version = hand_in(report_of(project))
    HeadcountFactory(session=SessionFactory(activity=activity, original_start=at(2025, 8)), families=5)
    version.refresh_from_db()
    figure = next(part["figure"] for part in version.content["parts"] if "figure" in part)
    assert (figure["indicator"], figure["value"], figure["counted"]) == (indicator.pk, "95", 95)


def test_the_page_shows_the_rows_behind_the_number(client, project):
    counted(project, families=95)
    make_indicator(project, source=Source.FAMILIES, target="100")
    client.force_login(project.coordinator)
    text = client.get(reverse("report_write", args=[report_of(project).pk])).content.decode()
    assert "Het portaal telde 95 (het jaar ervoor 0)" in text
    assert "Babbels" in text
    assert 'value="95"' in text


def test_the_coordinator_says_which_activities_count(client, project):
    mine, other = ActivityFactory(house=project.house), ActivityFactory()
    client.force_login(project.coordinator)
    page = reverse("project_activities", args=[project.slug])
    client.post(page, {"activities": [mine.pk, other.pk]})
    assert list(project.activities.all()) == []
    client.post(page, {"activities": [mine.pk]})
    assert list(project.activities.all()) == [mine]


def test_three_activities_cost_as_much_as_one(project):
    counted(project)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            counts_of(project, project.call.working_year(1))
        return len(captured)

    one = queries()
    counted(project, title="Twee", organiser=OrganisationFactory())
    counted(project, title="Drie", organiser=OrganisationFactory())
    assert queries() == one
