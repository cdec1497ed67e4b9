"""Which meetings follow one another: those of a House, of one group of it, of the whole network."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.agenda_sources import waiting_for
from partners.meeting_line import after, before
from partners.models import ActionPoint
from tests.factories import NOW, MeetingFactory, MembershipFactory
from tests.meeting_factories import MeetingGroupFactory
from tests.minutes_factories import ActionPointFactory, AgendaItemFactory

pytestmark = pytest.mark.django_db


def meetings(days=(0, 30, 60), **facts):
    moments = [NOW + dt.timedelta(days=day) for day in days]
    return [MeetingFactory(starts_at=at, ends_at=at + dt.timedelta(hours=1), **facts) for at in moments]


def test_a_house_and_each_of_its_groups_has_a_line_of_its_own(house):
    first, second, third = meetings(house=house)
    group = MeetingGroupFactory(house=house)
    of_group, next_of_group = meetings(days=(10, 40), house=house, group=group)
    meetings(days=(20,), house=house, status="cancelled")
    assert (list(before(third)), list(after(first))) == ([second, first], [second, third])
    assert (list(before(next_of_group)), list(after(of_group))) == ([of_group], [next_of_group])


def test_what_a_group_put_off_and_agreed_is_offered_to_the_group(house):
    group = MeetingGroupFactory(house=house)
    earlier, later = meetings(days=(0, 30), house=house, group=group)
    [of_house] = meetings(days=(40,), house=house)
    AgendaItemFactory(meeting=earlier, title="Van de groep", state="deferred")
    ActionPointFactory(house=house, meeting=earlier)
    ActionPointFactory(house=house, title="Zonder overleg")

    def offered(meeting):
        groups = waiting_for(meeting, now=NOW)
        return [one.title for kind in groups for one in kind.waiting if not one.key.startswith("leemte")]

    assert offered(later) == ["Van de groep", "Actiepunten van vorige keer"]
    assert offered(of_house) == ["Actiepunten van vorige keer"]


def test_the_agency_does_all_of_it_for_the_whole_network(client):
    officer = MembershipFactory(role="officer", house=None).user
    now = timezone.now()
    meeting = MeetingFactory(
        house=None, starts_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=1)
    )
    item = AgendaItemFactory(meeting=meeting, position=1)
    client.force_login(officer)
    sent = {"alg-seen": "0", f"p{item.pk}-todo": "Brief schrijven", f"p{item.pk}-who": f"u{officer.pk}"}
    assert client.post(reverse("minutes_edit", args=[meeting.pk]), sent).status_code == 302
    point = ActionPoint.objects.get()
    assert (point.house, point.owner, point.host) == (None, officer, "het netwerk van de Huizen van het Kind")
    urls = [
        reverse(name, args=[meeting.pk]) for name in ("agenda_edit", "minutes_detail", "meeting_attendance")
    ]
    urls += [reverse("action_list"), reverse("action_edit", args=[point.pk]), reverse("action_xlsx")]
    assert {client.get(url).status_code for url in urls} == {200}
    client.force_login(MembershipFactory().user)
    assert {client.get(url).status_code for url in urls[:3]} == {404}
