"""The network of a House: what two share, drawn the same each time, and told in a table."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.network_picture import around, picture_of
from activities.partner_ties import HOUSE, Node, Tie, Ties, ties_of
from huizen.roles import Role
from tests.factories import (
    NOW,
    ActivityFactory,
    MeetingFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    SessionFactory,
)

PAGE = reverse("partner_network")


@pytest.fixture
def partners(house):
    """Three partners of the House, by name."""
    made = {name: OrganisationFactory(name=name) for name in ("Ark", "Boot", "Club")}
    for organisation in made.values():
        PartnershipFactory(house=house, organisation=organisation)
    return made


def meet(house, *organisations, answer="yes", **facts):
    meeting = MeetingFactory(house=house, **facts)
    for organisation in organisations:
        MeetingInvitationFactory(
            meeting=meeting,
            organisation=organisation,
            answer=answer,
            answered_at=None if answer == "none" else NOW,
        )


def told(house):
    network = ties_of(house, now=NOW)
    names = {node.key: node.name if node.key else "Huis" for node in network.nodes}
    return [(names[tie.one], names[tie.other], tie.activities, tie.meetings) for tie in network.ties]


@pytest.mark.django_db
def test_a_partner_shares_its_activities_with_the_house(house, partners):
    for _ in range(2):
        SessionFactory(activity=ActivityFactory(house=house, organiser=partners["Ark"]))
    SessionFactory(activity=ActivityFactory(house=house, organiser=partners["Boot"], status="draft"))
    long_ago = NOW - dt.timedelta(days=400)
    SessionFactory(activity=ActivityFactory(house=house, organiser=partners["Boot"]), original_start=long_ago)
    SessionFactory(activity=ActivityFactory(organiser=partners["Boot"]))
    SessionFactory(activity=ActivityFactory(house=house, organiser=OrganisationFactory()))
    assert told(house) == [("Huis", "Ark", 2, 0)]


@pytest.mark.django_db
def test_who_says_yes_to_one_meeting_shares_it(house, partners):
    meet(house, partners["Ark"], partners["Boot"])
    meet(house, partners["Ark"], partners["Boot"], status="cancelled")
    meet(house, partners["Ark"], partners["Club"], answer="maybe")
    hours = {"starts_at": NOW - dt.timedelta(days=400), "ends_at": NOW - dt.timedelta(days=399)}
    meet(house, partners["Ark"], partners["Club"], **hours)
    meet(MeetingFactory().house, partners["Ark"], partners["Club"])
    assert told(house) == [("Ark", "Boot", 0, 1), ("Huis", "Ark", 0, 1), ("Huis", "Boot", 0, 1)]


NETWORKS = st.integers(1, 9).flatmap(
    lambda size: st.dictionaries(
        st.tuples(st.integers(0, size), st.integers(0, size)).filter(lambda pair: pair[0] < pair[1]),
        st.tuples(st.integers(0, 9), st.integers(0, 9)),
    ).map(
        lambda shared: Ties(
            [Node(key, f"Partner {key}", f"/{key}/") for key in range(size + 1)],
            [Tie(*pair, *numbers) for pair, numbers in shared.items()],
        )
    )
)


@settings(deadline=None)
@given(NETWORKS)
def test_every_partner_and_every_tie_is_drawn_once_and_the_same_each_time(network):
    picture = picture_of(network)
    assert picture == picture_of(network)
    assert sorted(dot.node.key for dot in picture.dots) == [node.key for node in network.nodes[1:]]
    assert len({(dot.x, dot.y) for dot in picture.dots}) == len(picture.dots)
    assert len(picture.strokes) == len(network.ties)
    assert all(0 <= place <= picture.side for dot in picture.dots for place in (dot.x, dot.y))


def test_who_shares_most_stands_side_by_side():
    nodes = [Node(key, str(key), "/") for key in range(4)]
    network = Ties(nodes, [Tie(HOUSE, 2, 9, 0), Tie(2, 3, 0, 5), Tie(1, 2, 0, 1)])
    assert [node.key for node in around(network)] == [2, 3, 1]


@pytest.mark.django_db
def test_the_page_says_in_words_what_it_draws(client, house, coordinator, partners):
    client.force_login(coordinator)
    soon = timezone.now() + dt.timedelta(days=1)
    SessionFactory(activity=ActivityFactory(house=house, organiser=partners["Ark"]), original_start=soon)
    words = client.get(PAGE).content.decode()
    assert words.count('<svg viewBox="0 0 1000 1000"') == 1
    assert words.count('<circle class="is-partner') == 3
    assert words.count('aria-label="Ark: 1 activiteit, 0 keer samen op overleg"') == 1
    assert words.count('aria-label="Boot: nog niets samen met het Huis"') == 1
    assert '<h2 id="alleen">Nog niets samen</h2>' in words


@pytest.mark.django_db
def test_a_house_without_partners_has_no_picture(client, coordinator):
    client.force_login(coordinator)
    words = client.get(PAGE).content.decode()
    assert 'viewBox="0 0 1000' not in words
    assert "Nog geen banden" in words


@pytest.mark.django_db
def test_the_queries_do_not_grow(client, house, coordinator, django_assert_max_num_queries):
    client.force_login(coordinator)
    client.get(PAGE)
    for number in (1, 3):
        own = [PartnershipFactory(house=house).organisation for _ in range(number)]
        meet(house, *own)
        with django_assert_max_num_queries(6):
            client.get(PAGE)


@pytest.mark.django_db
def test_only_who_keeps_the_partners_sees_them(client, house, coordinator):
    assert client.get(PAGE).status_code == 302
    client.force_login(MembershipFactory(house=house, role=Role.STAFF).user)
    assert client.get(PAGE).status_code == 403
    client.force_login(coordinator)
    assert client.get(PAGE, {"huis": MembershipFactory().house.slug}).context["house"] == house
    assert client.post(PAGE).status_code == 405
