"""The meetings of a year: who came, who never did, what was represented."""

import datetime as dt

import pytest
from django.urls import reverse

from huizen.vocabulary import LifeDomain, PolicyDomain
from partners.meeting_presence import presence
from partners.models import MeetingAttendance
from tests.factories import (
    NOW,
    MeetingFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=40)


@pytest.fixture
def caw():
    return OrganisationFactory(name="CAW", life_domains=["housing", "health"])


def held(house, *answers, days=0, **facts):
    """A meeting that was held, with an answer for each organisation."""
    start = NOW + dt.timedelta(days=days)
    meeting = MeetingFactory(house=house, starts_at=start, ends_at=start + dt.timedelta(hours=1), **facts)
    for organisation, answer in answers:
        answered = None if answer == "none" else NOW
        MeetingInvitationFactory(
            meeting=meeting, organisation=organisation, answer=answer, answered_at=answered
        )
    return meeting


def found(house, **facts):
    return presence(house=house, **{"year": NOW.year, "now": LATER, **facts})


def figures(party):
    return (party.name, len(party.asked), len(party.came), party.stayed_away, party.silent, party.verdict)


def test_an_organisation_counts_once_a_meeting_whoever_of_it_comes(house, caw):
    library, school = OrganisationFactory(name="Bib"), OrganisationFactory(name="School")
    held(house, (caw, "yes"), (caw, "no"), (library, "no"), (school, "none"))
    held(house, (caw, "none"), (library, "none"), (school, "none"), days=1)
    assert [figures(party) for party in found(house).parties] == [
        ("Bib", 2, 0, 1, 1, "never"),
        ("School", 2, 0, 0, 2, "never"),
        ("CAW", 2, 1, 0, 1, "silent"),
    ]


def test_somebody_without_an_organisation_counts_by_herself(house):
    held(house, (None, "yes"))
    assert [figures(party) for party in found(house).parties] == [("Bob", 1, 1, 0, 0, "")]


def test_what_was_missing_stands_first(house, caw):
    held(house, (caw, "yes"))
    held(house, (caw, "no"), days=1)
    domains = {each.label: each.meetings for each in found(house).domains}
    assert (domains[LifeDomain.HOUSING.label], domains[LifeDomain.SPORT.label]) == (1, 0)
    assert list(domains.values()) == sorted(domains.values())
    assert len(domains) == len(LifeDomain)


def test_what_was_noted_at_the_meeting_goes_before_what_was_answered(house, caw):
    meeting = held(house, (caw, "yes"), (OrganisationFactory(name="Bib"), "no"))
    caw_asked, library_asked = meeting.invitations.order_by("pk")
    MeetingAttendance.objects.create(meeting=meeting, invitation=caw_asked, status="excused")
    MeetingAttendance.objects.create(meeting=meeting, invitation=library_asked, status="present")
    assert {party.name: len(party.came) for party in found(house).parties} == {"Bib": 1, "CAW": 0}


def test_policy_domains_follow_from_what_organisations_work_on(house, caw):
    held(house, (caw, "yes"))
    domains = {each.label: each.meetings for each in found(house).policy_domains}
    assert {label for label, meetings in domains.items() if meetings} == {
        LifeDomain.HOUSING.policy_domain.label,
        LifeDomain.HEALTH.policy_domain.label,
    }
    assert len(domains) == len(PolicyDomain)


def test_only_meetings_of_the_year_that_were_held_count(house, caw):
    held(house, (caw, "yes"), status="cancelled")
    held(house, (caw, "yes"), days=50)
    held(house, (caw, "yes"), days=-200)
    held(MembershipFactory().house, (caw, "yes"))
    assert found(house).meetings == 0


def test_the_page_tells_it_and_goes_back_in_years(desk, house, caw):
    held(house, (caw, "no"))
    page = desk.get(f"{reverse('meeting_overview')}?jaar={NOW.year}").content.decode()
    assert "kwam nooit" in page
    assert desk.get(f"{reverse('meeting_overview')}?jaar=x&huis=y").status_code == 200


def test_it_leaves_as_a_file_that_runs_nothing(desk, house):
    held(house, (OrganisationFactory(name="=Bib"), "no"))
    asked = {"jaar": NOW.year}
    text = desk.get(reverse("meeting_overview_csv"), asked).content.decode("utf-8-sig")
    assert text.splitlines() == [
        "Partner;Gevraagd;Kwam;Kwam niet;Geen antwoord;Valt op",
        "'=Bib;1;0;1;0;kwam nooit",
    ]
    assert desk.get(reverse("meeting_overview_xlsx"), asked).content[:2] == b"PK"
    desk.force_login(MembershipFactory(role="partner_editor", house=house).user)
    assert desk.get(reverse("meeting_overview_csv")).status_code == 403


def test_the_agency_sees_the_meetings_of_the_network(client, caw):
    officer = MembershipFactory(role="officer", house=None).user
    held(None, (caw, "yes"))
    client.force_login(officer)
    page = client.get(f"{reverse('meeting_overview')}?jaar={NOW.year}").content.decode()
    assert "CAW" in page


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same(desk, house, many, django_assert_num_queries):
    for number in range(many):
        held(house, (OrganisationFactory(), "yes"), days=number)
    with django_assert_num_queries(7):
        desk.get(f"{reverse('meeting_overview')}?jaar={NOW.year}")
