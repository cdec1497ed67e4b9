"""Who meets: groups of a House, and the whole network."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.models import Event, Message
from partners.actions.invitee import Invitee
from partners.actions.meeting import plan_meeting
from partners.actions.meeting_group import GroupError, GroupFacts, add_members, make_group, members_to_ask
from partners.models import GroupMember, Meeting, MeetingGroup
from tests.factories import (
    NOW,
    ContactFactory,
    MeetingFactory,
    MembershipFactory,
    PartnershipFactory,
)
from tests.meeting_factories import GroupMemberFactory, MeetingGroupFactory
from tests.partners.meeting_form import create, typed
from tests.partners.test_meeting import FACTS

pytestmark = pytest.mark.django_db

Reach = GroupMember.Reach


@pytest.fixture
def group(house):
    return MeetingGroupFactory(house=house, name="Taal")


@pytest.fixture
def officer():
    return MembershipFactory(role="officer", house=None, user__name="Oda").user


def at(name, group):
    return reverse(name, args=[group.pk])


def emails(meeting):
    return sorted(meeting.invitations.values_list("email", flat=True))


def test_a_group_is_made_and_asks_at_once_who_belongs_to_it(desk, house):
    answer = desk.post(reverse("group_create"), {"kind": "steering", "name": "Zomer"})
    group = MeetingGroup.objects.get()
    assert answer.url == at("group_members", group)
    assert (group.house, str(group), group.until) == (house, "stuurgroep Zomer", None)
    assert Event.objects.get().verb == "created"


def test_a_name_that_says_what_it_is_says_it_once():
    assert str(MeetingGroup(kind="working", name="Werkgroep taal")) == "Werkgroep taal"


def test_a_house_has_one_group_of_a_name(desk, group):
    answer = desk.post(reverse("group_create"), {"kind": "working", "name": "TAAL"})
    assert (answer.status_code, MeetingGroup.objects.count()) == (422, 1)
    assert "Er is al een groep met deze naam." in answer.content.decode()


def test_the_network_too_has_one_group_of_a_name(officer):
    facts = GroupFacts("steering", "Opgroeien")
    make_group(house=None, facts=facts, by=officer, now=NOW)
    with pytest.raises(GroupError):
        make_group(house=None, facts=facts, by=officer, now=NOW)


def test_people_organisations_and_addresses_become_members(desk, group, contact):
    partner = PartnershipFactory(house=group.house, organisation__email="info@voorbeeld.example").organisation
    data = {
        "contacts": [str(contact.pk)],
        "choosing": [str(partner.pk)],
        "whole": [str(contact.organisation_id)],
        "gast-TOTAL_FORMS": "1",
        "gast-INITIAL_FORMS": "0",
        "gast-0-name": "Gust",
        "gast-0-email": "Gust@voorbeeld.example",
    }
    desk.post(at("group_members", group), data)
    rows = group.members.values_list("reach", "email", "organisation").order_by("email")
    assert sorted(rows) == sorted(
        [
            (Reach.ALL, "", contact.organisation_id),
            (Reach.PERSON, contact.email, contact.organisation_id),
            (Reach.PERSON, "gust@voorbeeld.example", None),
            (Reach.CHOOSES, "info@voorbeeld.example", partner.pk),
        ]
    )
    desk.post(at("group_members", group), data)
    assert group.members.count() == 4


def test_a_meeting_of_a_group_asks_its_members_in_one_go(desk, group):
    GroupMemberFactory(group=group, email="an@voorbeeld.example")
    desk.post(f"{reverse('meeting_create')}?groep={group.pk}", typed())
    meeting = Meeting.objects.get()
    assert (meeting.group, meeting.house) == (group, group.house)
    assert emails(meeting) == ["an@voorbeeld.example", "gust@voorbeeld.example"]
    assert "van werkgroep Taal" not in Message.objects.first().context["house"]
    assert Message.objects.first().context["group"] == "werkgroep Taal"


def test_all_contacts_are_those_of_the_day_of_the_meeting(group, contact, els):
    whole = [(contact.organisation, Reach.ALL)]
    add_members(group=group, people=[], organisations=whole, by=els, now=NOW)
    ContactFactory(organisation=contact.organisation, email="nieuw@voorbeeld.example", name="Zoë")
    facts = {"house": group.house, "facts": FACTS, "agenda": [], "invitees": [], "group": group}
    meeting = plan_meeting(**facts, by=els, now=NOW)
    assert emails(meeting) == sorted([contact.email, "nieuw@voorbeeld.example"])
    assert {row.organisation for row in meeting.invitations.all()} == {contact.organisation}


def test_an_organisation_that_chooses_gets_one_invitation(group, els):
    contact = ContactFactory(organisation__email="")
    whole = [(contact.organisation, Reach.CHOOSES)]
    add_members(group=group, people=[], organisations=whole, by=els, now=NOW)
    [one] = members_to_ask(group)
    assert one == Invitee(
        contact.organisation.name, contact.email, organisation=contact.organisation, chooses=True
    )


def test_a_group_stops_and_goes_on(desk, group):
    desk.post(at("group_stop", group))
    group.refresh_from_db()
    assert group.until == timezone.localdate()
    assert "Ga weer verder" in desk.get(at("group_detail", group)).content.decode()
    desk.post(at("group_reopen", group))
    group.refresh_from_db()
    assert group.until is None


def test_a_member_goes(desk, group):
    member = GroupMemberFactory(group=group)
    desk.post(reverse("group_member_remove", args=[member.pk]))
    assert not group.members.exists()


def test_the_agency_plans_for_the_whole_network_and_asks_all_coordinators(client, officer):
    one, other = MembershipFactory(user__name="An"), MembershipFactory(user__name="Bea")
    MembershipFactory(role="staff")
    client.force_login(officer)
    page = client.get(reverse("meeting_create")).content.decode()
    assert "heel het netwerk" in page
    assert page.count("checked") == 2
    create(client, contacts=[str(one.user.pk), str(other.user.pk)])
    meeting = Meeting.objects.get()
    assert (meeting.house, meeting.host) == (None, "het netwerk van de Huizen van het Kind")
    assert emails(meeting) == sorted([one.user.email, other.user.email, "gust@voorbeeld.example"])
    assert client.get(reverse("meeting_detail", args=[meeting.pk])).status_code == 200


def test_a_meeting_of_the_network_is_the_agencys_alone(client, desk, officer):
    meeting = MeetingFactory(house=None)
    group = MeetingGroupFactory(house=None)
    addresses = [reverse("meeting_detail", args=[meeting.pk]), at("group_detail", group)]
    assert [desk.get(url).status_code for url in addresses] == [404, 404]
    client.force_login(officer)
    assert [client.get(url).status_code for url in addresses] == [200, 200]


def test_who_does_both_chooses(client, officer):
    MembershipFactory(user=officer)
    client.force_login(officer)
    page = client.get(reverse("group_create")).content.decode()
    assert "?huis=netwerk" in page
    client.post(f"{reverse('group_create')}?huis=netwerk", {"kind": "project", "name": "Taal"})
    assert MeetingGroup.objects.get().house is None


def test_groups_of_another_house_are_not_there(client, group):
    client.force_login(MembershipFactory().user)
    member = GroupMemberFactory(group=group)
    for name in ("group_detail", "group_edit", "group_members"):
        assert client.get(at(name, group)).status_code == 404
    for name in ("group_stop", "group_reopen"):
        assert client.post(at(name, group)).status_code == 404
    assert client.post(reverse("group_member_remove", args=[member.pk])).status_code == 404


def test_a_partner_has_no_groups(client, group):
    client.force_login(MembershipFactory(role="partner_editor", house=group.house).user)
    assert client.get(reverse("group_list")).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same(desk, house, many, django_assert_num_queries):
    for _ in range(many):
        GroupMemberFactory(group=MeetingGroupFactory(house=house))
    with django_assert_num_queries(5):
        desk.get(reverse("group_list"))


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_a_group_costs_the_same(desk, group, many, django_assert_num_queries):
    for _ in range(many):
        GroupMemberFactory(group=group)
    with django_assert_num_queries(7):
        desk.get(at("group_detail", group))


def test_the_page_of_a_group_tells_what_comes_first_the_nearest_on_top(desk, group, house):
    now = timezone.now()
    for days in (30, 2, -40, -3):
        start = now + dt.timedelta(days=days)
        MeetingFactory(
            house=house,
            group=group,
            title=f"Dag {days}",
            starts_at=start,
            ends_at=start + dt.timedelta(hours=1),
        )
    page = desk.get(at("group_detail", group)).content.decode()
    told = ["Dag 2,", "Dag 30,", "Voorbij", "Dag -3,", "Dag -40,"]
    assert sorted(told, key=page.index) == told
