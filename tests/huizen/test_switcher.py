"""The quick switcher: a few letters lead to what somebody may open, and to nothing else."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.roles import Role
from huizen.switcher import find
from tests.factories import (
    NOW,
    ActivityFactory,
    HouseFactory,
    MeetingFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    PartnershipFactory,
    SessionFactory,
)
from tests.meeting_factories import DatePollFactory, MeetingGroupFactory

pytestmark = pytest.mark.django_db


def found(user, text):
    return [(hit.kind, hit.target.label) for hit in find(user, text, now=NOW)]


@pytest.fixture
def network(house):
    """One of each kind in the House, and the same in another."""
    for each in (house, HouseFactory()):
        PartnershipFactory(house=each, organisation__name="Bibliotheek Mol")
        MeetingFactory(house=each, title="Stuurgroep")
        SessionFactory(activity=ActivityFactory(house=each, title="Babymassage"))
    return house


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("biblio", ("Partner", "Bibliotheek Mol")),
        ("BIBLIOTHEEK mol", ("Partner", "Bibliotheek Mol")),
        ("bibloitheek", ("Partner", "Bibliotheek Mol")),
        ("stuurgr", ("Overleg", "Stuurgroep")),
        ("babymasage", ("Activiteit", "Babymassage")),
        ("massage", ("Activiteit", "Babymassage")),
        ("vandaag", ("Pagina", "Vandaag")),
        ("baldemore", ("Huis", "Baldemore")),
    ],
)
def test_it_finds_by_a_beginning_a_part_and_with_a_slip(network, coordinator, text, first):
    assert found(coordinator, text)[0] == first


def test_groups_and_questions_for_a_date_are_found_too(house, coordinator):
    today = timezone.localdate(NOW)
    MeetingGroupFactory(house=house, name="Werkgroep taal")
    MeetingGroupFactory(house=house, name="Werkgroep taal", until=today - dt.timedelta(days=1))
    DatePollFactory(house=house, title="Wanneer kernteam", deadline=today)
    DatePollFactory(house=house, title="Wanneer kernteam", deadline=today, state="closed")
    for other in (MeetingGroupFactory, DatePollFactory):
        other(**{"name" if other is MeetingGroupFactory else "title": "Elders"})
    notes = [(hit.kind, hit.target.note) for hit in find(coordinator, "taal", now=NOW)]
    assert notes == [("Groep", ""), ("Groep", "gestopt")]
    notes = [(hit.kind, hit.target.note) for hit in find(coordinator, "kernteam", now=NOW)]
    assert [kind for kind, _ in notes] == ["Datum zoeken", "Datum zoeken"]
    assert [note.split()[0] for _, note in notes] == ["tot", "klaar"]
    assert found(coordinator, "elders") == []


def test_all_words_must_fit_the_note_too(network, coordinator):
    assert found(coordinator, "babymassage morgen") == [("Moment", "Babymassage")]
    assert found(coordinator, "babymassage gisteren") == []


def test_only_what_she_may_open_is_found(network, coordinator):
    assert found(coordinator, "babymassage") == [("Activiteit", "Babymassage"), ("Moment", "Babymassage")]
    stranger = MembershipFactory().user
    assert found(stranger, "babymassage") == []
    staff = MembershipFactory(house=network, role=Role.STAFF).user
    assert found(staff, "bibliotheek") == []


def test_who_has_several_houses_reads_which(network, coordinator):
    MembershipFactory(user=coordinator)
    [hit] = find(coordinator, "biblio", now=NOW)
    assert hit.target.note == "Baldemore"


@pytest.mark.parametrize("text", ["", "  ", "\0", "!!", "x" * 10_000, "a b " * 500, "%_\\"])
def test_odd_questions_find_nothing_and_break_nothing(client, network, coordinator, text):
    assert find(coordinator, text, now=NOW) == []
    for name in ("switch", "switch_options"):
        assert client.get(reverse(name), {"q": text}).status_code == 200


def test_the_queries_do_not_grow(network, coordinator, django_assert_num_queries):
    coordinator.roles  # noqa: B018 read once a request
    with django_assert_num_queries(6):
        find(coordinator, "stuurgroep", now=NOW)
    for _ in range(3):
        MeetingFactory(house=network, title="Stuurgroep")
    with django_assert_num_queries(6):
        assert len(find(coordinator, "stuurgroep", now=NOW)) == 4


def test_the_page_works_without_a_script(client, house, coordinator):
    meeting = MeetingFactory(house=house, title="<b>Stuurgroep</b>")
    address = reverse("meeting_detail", args=[meeting.pk])
    page = client.get(reverse("switch"), {"q": "stuurgroep"}).content.decode()
    assert f'<a href="{address}">&lt;b&gt;Stuurgroep&lt;/b&gt;</a>' in page
    assert "Niets gevonden" in client.get(reverse("switch"), {"q": "qwxz"}).content.decode()
    options = client.get(reverse("switch_options"), {"q": "stuurgroep"}).content.decode()
    assert f'<li id="snel-0" role="option" aria-selected="false" data-url="{address}">' in options


def test_every_staff_page_has_the_field_and_only_who_has_a_desk(client, coordinator, house):
    assert "data-switcher=" in client.get(reverse("team")).content.decode()
    officer = MembershipFactory(house=None, role=Role.OFFICER).user
    client.force_login(officer)
    assert "data-switcher=" not in client.get(reverse("network_list")).content.decode()
    assert client.get(reverse("switch")).status_code == 403


def test_nothing_is_changed_here(client, coordinator):
    assert client.post(reverse("switch")).status_code == 405
    assert client.post(reverse("switch_options")).status_code == 405


def test_what_a_page_asks_is_not_taken_for_letters(client, house, coordinator):
    invitation = MeetingInvitationFactory(meeting__house=house)
    page = client.get(reverse("meeting_detail", args=[invitation.meeting_id])).content.decode()
    assert 'placeholder="Snel naar …" value=""' in page
