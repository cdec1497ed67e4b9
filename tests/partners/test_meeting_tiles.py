"""What the desk says of meetings, and of her organisation to an editor."""

import datetime as dt

import pytest
from django.urls import reverse

from partners.dashboard import editor_tiles, meeting_tiles
from partners.models import AgendaItem
from tests.factories import (
    NOW,
    EditorFactory,
    MeetingFactory,
    MeetingInvitationFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db


def tiles(user, now=NOW):
    return list(meeting_tiles(user, now))


def test_a_meeting_within_a_week_asks_for_preparation(house, els):
    MeetingInvitationFactory(meeting__house=house, meeting__title="Stuurgroep")
    [tile] = tiles(els)
    assert tile.text == "Stuurgroep: morgen van 9 tot 11 uur. 1 antwoord ontbreekt. Er is nog geen agenda."
    assert tile.count == 1


def test_answers_missing_later_are_counted_together(house, els):
    later = {"starts_at": NOW + dt.timedelta(days=20), "ends_at": NOW + dt.timedelta(days=21)}
    for _ in range(2):
        meeting = MeetingFactory(house=house, **later)
        MeetingInvitationFactory(meeting=meeting)
        MeetingInvitationFactory(meeting=meeting, withdrawn_at=NOW)
    MeetingFactory(house=house, **later)
    [tile] = tiles(els)
    assert (tile.text, tile.count) == ("2 antwoorden ontbreken voor 2 overleggen.", 2)


def test_the_tiles_of_many_meetings_cost_one_query(house, els, django_assert_num_queries):
    for _ in range(3):
        MeetingInvitationFactory(meeting__house=house)
    MeetingInvitationFactory(meeting__house=house, meeting__status="cancelled")
    els.roles  # noqa: B018 read once a request
    with django_assert_num_queries(1):
        assert len(tiles(els)) == 3


def test_a_partners_editor_sees_the_way_to_her_organisation():
    editor = EditorFactory(organisation__name="Speelotheek")
    MembershipFactory(user=editor.user, role="partner_editor")
    [tile] = editor_tiles(editor.user, NOW)
    assert "Speelotheek" in tile.text
    assert tile.url == reverse("organisation_edit", args=[editor.organisation_id])
    assert tiles(editor.user) == []


def test_a_meeting_within_two_weeks_asks_for_its_agenda(house, els):
    starts_at = NOW + dt.timedelta(days=10)
    meeting = MeetingFactory(house=house, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=2))
    [tile] = tiles(els)
    assert "Er is nog geen agenda." in tile.text
    assert tile.url == reverse("meeting_edit", args=[meeting.pk])
    AgendaItem.objects.create(meeting=meeting, position=1, title="Welkom")
    assert tiles(els) == []
