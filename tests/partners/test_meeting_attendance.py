"""Who is at a meeting, noted with one tap each."""

import pytest
from django.urls import reverse

from partners.actions.attendance import note_attendance
from partners.actions.meeting_lock import MeetingError
from partners.models import MeetingAttendance
from tests.factories import NOW, MeetingInvitationFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(meeting):
    return MeetingInvitationFactory(meeting=meeting, name="An", organisation=OrganisationFactory(name="CAW"))


@pytest.fixture
def sheet(meeting):
    return reverse("meeting_attendance", args=[meeting.pk])


def noted(meeting):
    rows = MeetingAttendance.objects.filter(meeting=meeting).order_by("pk")
    return [(row.invitation_id, row.name, row.status) for row in rows]


def test_one_tap_notes_another_changes_and_the_same_takes_it_back(desk, sheet, an, meeting):
    assert desk.get(sheet).status_code == 200
    assert noted(meeting) == []
    answer = desk.post(sheet, {"wie": f"{an.pk}:present"})
    assert answer.url == f"{sheet}#wie-{an.pk}"
    desk.post(sheet, {"wie": f"{an.pk}:present"})
    assert noted(meeting) == [(an.pk, "", "present")]
    assert 'aria-pressed="true"' in desk.get(sheet).content.decode()
    desk.post(sheet, {"wie": f"{an.pk}:excused"})
    assert noted(meeting) == [(an.pk, "", "excused")]
    desk.post(sheet, {"wie": f"{an.pk}:"})
    assert noted(meeting) == []


def test_the_others_at_once_leaves_who_is_noted(desk, sheet, an, meeting):
    others = [MeetingInvitationFactory(meeting=meeting) for _ in range(2)]
    MeetingInvitationFactory(meeting=meeting, withdrawn_at=NOW)
    desk.post(sheet, {"wie": f"{an.pk}:excused"})
    for _ in range(2):
        desk.post(sheet, {"rest": "present"})
    assert noted(meeting) == [(an.pk, "", "excused"), *((one.pk, "", "present") for one in others)]


def test_somebody_extra_comes_once_and_goes(desk, sheet, meeting):
    for _ in range(2):
        assert desk.post(sheet, {"name": "Jo, bibliotheek"}).status_code == 302
    [row] = MeetingAttendance.objects.all()
    assert (row.name, row.status) == ("Jo, bibliotheek", "present")
    assert desk.post(sheet, {"name": " "}).status_code == 422
    desk.post(sheet, {"weg": str(row.pk)})
    desk.post(sheet, {"weg": str(row.pk)})
    assert noted(meeting) == []


@pytest.mark.parametrize(
    "sent",
    [{}, {"wie": "x"}, {"wie": "9" * 40 + ":present"}, {"rest": "slapen"}, {"weg": "x"}, {"wie": "\0:\0"}],
)
def test_nonsense_notes_nothing(desk, sheet, an, meeting, sent):
    assert desk.post(sheet, sent).status_code == 302
    assert noted(meeting) == []


def test_somebody_of_another_meeting_is_not_noted_here(desk, sheet, meeting):
    stranger = MeetingInvitationFactory()
    desk.post(sheet, {"wie": f"{stranger.pk}:present"})
    assert not MeetingAttendance.objects.exists()


def test_a_cancelled_meeting_notes_nothing(desk, sheet, an, meeting, els):
    meeting.status = "cancelled"
    meeting.save()
    with pytest.raises(MeetingError, match="niets te noteren"):
        note_attendance(invitation=an, status="present", by=els, now=NOW)
    assert desk.post(sheet, {"rest": "present"}).status_code == 302
    assert noted(meeting) == []


def test_the_sheet_costs_the_same_with_one_and_with_three(
    desk, sheet, an, meeting, django_assert_max_num_queries
):
    def visit():
        with django_assert_max_num_queries(12) as queries:
            desk.get(sheet)
        return len(queries)

    one = visit()
    for _ in range(2):
        MeetingInvitationFactory(meeting=meeting, organisation=OrganisationFactory())
    assert visit() == one


def test_only_who_plans_meetings_in_the_house_notes(client, sheet):
    assert client.get(sheet).url.startswith(reverse("account_login"))
    client.force_login(MembershipFactory().user)
    assert (client.get(sheet).status_code, client.post(sheet).status_code) == (404, 404)
    client.force_login(MembershipFactory(role="partner_editor").user)
    assert client.get(sheet).status_code == 403
