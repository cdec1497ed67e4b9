"""What the attendance of a House offers its project: sums, and nothing that says who."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.attendance_factories import HeadcountFactory
from tests.factories import HouseFactory, RegistrationFactory, SessionFactory
from tests.projects.builders import make_coordinator, make_officer, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project(name="Ons project", house=HouseFactory())


@pytest.mark.parametrize("who", [lambda house: make_coordinator(house), lambda house: make_officer()])
def test_sums_are_offered_beside_the_objectives_without_names(client, project, who):
    started = timezone.now() - dt.timedelta(hours=1)
    session = SessionFactory(activity__house=project.house, original_start=started)
    RegistrationFactory(session=session, name="Alice")
    HeadcountFactory(session=session, families=7, children=9)
    client.force_login(who(project.house))
    text = client.get(reverse("project_edit", args=[project.slug])).content.decode()
    assert f"Gezinnen: 7 in {timezone.localdate(started).year}" in text
    assert "Alice" not in text


def test_nothing_is_offered_where_nothing_was_counted(client, project):
    client.force_login(make_coordinator(project.house))
    text = client.get(reverse("project_edit", args=[project.slug])).content.decode()
    assert "Cijfers om te gebruiken" not in text
