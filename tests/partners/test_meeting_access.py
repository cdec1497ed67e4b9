"""Who plans meetings in a House, and who does not."""

import pytest
from django.urls import reverse

from tests.factories import (
    MeetingInvitationFactory,
    MembershipFactory,
    UserFactory,
)
from tests.partners.meeting_form import create

pytestmark = pytest.mark.django_db


PAGES = ["meeting_detail", "meeting_print", "meeting_edit", "meeting_cancel", "meeting_invite"]


def addresses(meeting):
    return [reverse(name, args=[meeting.pk]) for name in PAGES]


def test_a_colleague_of_the_house_plans_meetings_too(client, meeting):
    client.force_login(MembershipFactory(role="staff", house=meeting.house).user)
    assert {client.get(url).status_code for url in addresses(meeting)} == {200}
    assert create(client).status_code == 302


def test_another_houses_coordinator_finds_nothing(client, meeting):
    invitation = MeetingInvitationFactory(meeting=meeting)
    client.force_login(MembershipFactory().user)
    away = reverse("meeting_withdraw", args=[invitation.pk])
    assert {client.get(url).status_code for url in [*addresses(meeting), away]} == {404}
    acts = [
        reverse(name, args=[meeting.pk])
        for name in ("meeting_edit", "meeting_cancel", "meeting_restore", "meeting_invite")
    ]
    assert {client.post(url, {"reason": "x"}).status_code for url in [*acts, away]} == {404}


def test_who_does_not_plan_meetings_is_refused(client, meeting):
    people = [
        MembershipFactory(role="partner_editor", house=meeting.house).user,
        MembershipFactory(role="abb_reader", house=None).user,
        UserFactory(),
    ]
    for person in people:
        client.force_login(person)
        assert {client.get(url).status_code for url in [*addresses(meeting), reverse("meeting_list")]} == {
            403
        }


def test_who_is_not_signed_in_signs_in_first(client, meeting):
    for url in [*addresses(meeting), reverse("meeting_list"), reverse("meeting_create")]:
        assert client.get(url).url.startswith(reverse("account_login"))


def test_a_wrong_method_is_refused(desk, meeting):
    assert desk.get(reverse("meeting_restore", args=[meeting.pk])).status_code == 405
    assert desk.post(reverse("meeting_list")).status_code == 405
