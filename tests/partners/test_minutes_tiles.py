"""What the desk asks around minutes."""

import datetime as dt

import pytest
from django.urls import reverse

from partners.minutes_tiles import MINUTES_TILES
from tests.factories import NOW, TODAY, MeetingFactory, MeetingInvitationFactory
from tests.minutes_factories import (
    ActionPointFactory,
    AgendaItemFactory,
    AgendaProposalFactory,
    MinutesFactory,
)

pytestmark = pytest.mark.django_db


def meeting_at(house, days, **facts):
    starts = NOW + dt.timedelta(days=days)
    return MeetingFactory(house=house, starts_at=starts, ends_at=starts + dt.timedelta(hours=1), **facts)


def tiles(user):
    return [(tile.title, tile.count, tile.url) for source in MINUTES_TILES for tile in source(user, NOW)]


def test_a_meeting_that_was_held_asks_for_its_minutes_until_they_went_round(house, els):
    held = meeting_at(house, -2)
    AgendaItemFactory(meeting=held)
    for facts in ({"days": -90}, {"days": 20}, {"days": -3, "status": "cancelled"}):
        AgendaItemFactory(meeting=meeting_at(house, **facts))
    meeting_at(house, -4)  # without an agenda nothing is to be minuted
    assert tiles(els) == [("Verslag te schrijven", 1, reverse("minutes_edit", args=[held.pk]))]
    minutes = MinutesFactory(meeting=held)
    assert len(tiles(els)) == 1
    minutes.state = "circulated"
    minutes.save()
    assert tiles(els) == []


def test_minutes_ask_for_approval_when_the_next_meeting_is_near(house, els):
    minutes = MinutesFactory(meeting=meeting_at(house, -30), state="circulated")
    assert tiles(els) == []
    meeting_at(house, 20)
    meeting_at(house, 3, status="cancelled")
    assert tiles(els) == []
    meeting_at(house, 5)
    assert tiles(els) == [("Verslag goed te keuren", 1, reverse("minutes_detail", args=[minutes.pk]))]


def test_what_should_be_done_by_today_is_told(house, els):
    ActionPointFactory(house=house, due_on=TODAY)
    ActionPointFactory(house=house, due_on=TODAY - dt.timedelta(days=5))
    ActionPointFactory(house=house, due_on=TODAY + dt.timedelta(days=1))
    ActionPointFactory(house=house, due_on=TODAY, state="done", closed_at=NOW)
    ActionPointFactory(due_on=TODAY)
    assert tiles(els) == [("Actiepunten", 2, reverse("action_list"))]


def test_points_that_wait_for_a_word_are_told_until_the_meeting_begins(house, els):
    coming = AgendaProposalFactory(invitation=MeetingInvitationFactory(meeting=meeting_at(house, 4)))
    AgendaProposalFactory(invitation=MeetingInvitationFactory(meeting=meeting_at(house, -4)))
    assert tiles(els) == [("Voorstel voor de agenda", 1, reverse("proposal_decide", args=[coming.pk]))]
