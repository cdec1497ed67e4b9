"""What the offer of a House hands in for the agenda of a meeting."""

import datetime as dt

import pytest

from activities.actions.proposal import propose
from activities.waiting_points import gaps_to_fill, proposals, stale_offer
from partners.agenda_sources import waiting_for
from tests.activities.editors import partner_of
from tests.factories import NOW, TODAY, ActivityFactory, MeetingFactory, PartnershipFactory

pytestmark = pytest.mark.django_db
OLD = TODAY - dt.timedelta(days=800)


@pytest.fixture
def meeting():
    return MeetingFactory()


def test_what_nobody_looked_at_for_long_is_one_point_with_its_titles(meeting, django_assert_num_queries):
    for number in range(12):
        ActivityFactory(house=meeting.house, title=f"Activiteit {number:02}", checked_on=OLD)
    ActivityFactory(house=meeting.house, checked_on=TODAY)
    ActivityFactory(checked_on=OLD)
    with django_assert_num_queries(1):
        [point] = stale_offer(meeting, NOW)
    assert point.title == "12 activiteiten nakijken"
    assert point.text.splitlines()[0] == "- Activiteit 00"
    assert point.text.splitlines()[-1] == "- en andere"


def test_nothing_old_asks_nothing(meeting):
    assert list(stale_offer(meeting, NOW)) == list(proposals(meeting, NOW)) == []


def test_what_partners_propose_is_one_point_to_decide_on(meeting):
    activity = ActivityFactory(house=meeting.house, title="Dansen")
    editor = partner_of(meeting.house)
    propose(activity=activity, facts={"title": "Samen dansen"}, by=editor.user, now=NOW)
    [point] = proposals(meeting, NOW)
    assert (point.title, point.text) == ("1 voorstel van een partner wacht", "- Dansen")


def test_what_is_missing_names_who_could(meeting):
    PartnershipFactory(
        house=meeting.house, organisation__name="Speelotheek", organisation__life_domains=["parenting"]
    )
    found = list(gaps_to_fill(meeting, NOW))
    assert len(found) == 5
    assert found[0].title.startswith("Geen aanbod")
    assert len({one.key for one in found}) == 5


def test_what_is_missing_costs_the_same_with_one_and_with_three(meeting, django_assert_max_num_queries):
    def ask():
        with django_assert_max_num_queries(5) as queries:
            list(gaps_to_fill(meeting, NOW))
        return len(queries)

    ActivityFactory(house=meeting.house)
    one = ask()
    ActivityFactory(house=meeting.house)
    ActivityFactory(house=meeting.house)
    assert ask() == one


def test_each_kind_stands_under_its_own_title(meeting):
    ActivityFactory(house=meeting.house, checked_on=OLD)
    titles = [group.title for group in waiting_for(meeting, now=NOW)]
    assert titles == ["Aanbod om na te kijken", "Wat ontbreekt in het aanbod"]
