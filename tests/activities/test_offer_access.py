"""Who may edit which offer, and what the list shows of it."""

import pytest
from django.urls import reverse

from activities.models import Activity
from huizen.roles import Role
from tests.factories import (
    NOW,
    ActivityFactory,
    EditorFactory,
    MembershipFactory,
    OrganisationFactory,
    ScheduleFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


ACTS = ["publish", "unpublish", "archive", "check", "copy"]


def editable(user):
    return list(Activity.objects.editable_by(user))


def test_coordinators_and_staff_edit_all_offer_of_their_house_alone(house):
    mine = ActivityFactory(house=house)
    ActivityFactory()
    for role in (Role.COORDINATOR, Role.STAFF):
        assert editable(MembershipFactory(house=house, role=role).user) == [mine]


def test_a_partner_edits_only_the_offer_of_its_own_organisation_in_houses_that_let_it_in(house, partner):
    mine = ActivityFactory(house=house, organiser=partner.organisation)
    ActivityFactory(house=house)
    ActivityFactory(house=house, organiser=OrganisationFactory())
    ActivityFactory(organiser=partner.organisation)
    assert editable(partner.user) == [mine]


def test_a_partner_whose_editorship_or_role_ended_edits_nothing(house):
    for ended in ({"editor": NOW, "role": None}, {"editor": None, "role": NOW}):
        editor = EditorFactory(ended_at=ended["editor"])
        MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR, ended_at=ended["role"])
        ActivityFactory(house=house, organiser=editor.organisation)
        assert editable(editor.user) == []


def test_an_editorship_alone_does_not_open_a_house():
    editor = EditorFactory()
    MembershipFactory(user=editor.user, role=Role.STAFF)
    ActivityFactory(organiser=editor.organisation)
    assert editable(editor.user) == []


def test_officers_readers_parents_and_strangers_edit_nothing(house):
    ActivityFactory(house=house)
    officer = MembershipFactory(house=None, role=Role.OFFICER).user
    reader = MembershipFactory(house=None, role=Role.ABB_READER).user
    assert [editable(user) for user in (officer, reader, UserFactory())] == [[], [], []]


def pages_of(activity):
    return [
        reverse("offer_list"),
        reverse("offer_create"),
        reverse("offer_edit", args=[activity.pk]),
        reverse("offer_schedule", args=[activity.pk]),
    ]


def test_the_pages_open_for_who_may(client, coordinator, house):
    client.force_login(coordinator)
    for url in pages_of(ActivityFactory(house=house)):
        assert client.get(url).status_code == 200


def test_the_pages_ask_strangers_to_sign_in(client):
    for url in pages_of(ActivityFactory()):
        assert client.get(url).status_code == 302


def test_the_pages_refuse_other_roles(client):
    client.force_login(MembershipFactory(house=None, role=Role.OFFICER).user)
    activity = ActivityFactory()
    for url in [*pages_of(activity), *(reverse(f"offer_{act}", args=[activity.pk]) for act in ACTS)]:
        assert client.get(url).status_code in (403, 405)
        assert client.post(url).status_code in (403, 405)


def test_the_pages_hide_the_offer_of_other_houses(client, coordinator):
    client.force_login(coordinator)
    activity = ActivityFactory()
    assert client.get(reverse("offer_edit", args=[activity.pk])).status_code == 404
    assert client.post(reverse("offer_schedule", args=[activity.pk])).status_code == 404
    for act in ACTS:
        assert client.post(reverse(f"offer_{act}", args=[activity.pk])).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_looking_changes_nothing(client, coordinator, house, act):
    client.force_login(coordinator)
    assert client.get(reverse(f"offer_{act}", args=[ActivityFactory(house=house).pk])).status_code == 405


# The list.
def test_the_list_is_filtered_by_words_state_and_house(client, coordinator, house):
    client.force_login(coordinator)
    ActivityFactory(house=house, title="Zingen")
    ActivityFactory(house=house, title="Dansen", status="draft")
    url = reverse("offer_list")

    def shown(query):
        return [row.title for row in client.get(f"{url}?{query}").context["page"]]

    assert shown("q=zing") == ["Zingen"]
    assert shown("status=draft") == ["Dansen"]
    assert shown(f"house={house.pk}&q=zi%20ng") == ["Zingen"]
    assert len(shown("status=onzin")) == 2
    assert len(shown("pagina=9999999&q=%00")) == 2


def test_the_list_takes_the_same_queries_with_one_and_three(
    client, coordinator, house, django_assert_max_num_queries
):
    client.force_login(coordinator)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            SessionFactory(activity=ActivityFactory(house=house, organiser=OrganisationFactory()))
        with django_assert_max_num_queries(10) as queries:
            client.get(reverse("offer_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_editor_takes_at_most_fifteen_queries(client, coordinator, house, django_assert_max_num_queries):
    client.force_login(coordinator)
    schedule = ScheduleFactory(activity=ActivityFactory(house=house))
    for url in pages_of(schedule.activity):
        with django_assert_max_num_queries(15):
            client.get(url)
