"""Who answers for an offer is chosen in its editor, from the people of its organiser."""

import pytest
from django.urls import reverse

from activities.models import Activity
from huizen.models import Event
from huizen.roles import Role
from tests.activities.offer_forms import typed
from tests.factories import (
    ActivityFactory,
    ContactFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return HouseFactory()


@pytest.fixture
def contact(house):
    contact = ContactFactory(name="Bob", function="onthaal")
    PartnershipFactory(house=house, organisation=contact.organisation)
    return contact


@pytest.fixture
def activity(client, house, contact):
    client.force_login(MembershipFactory(house=house).user)
    return ActivityFactory(house=house, organiser=contact.organisation)


def keep(client, activity, house, **facts):
    return client.post(reverse("offer_edit", args=[activity.pk]), typed(house, **facts))


def test_a_coordinator_chooses_who_answers_for_it_and_the_logbook_keeps_no_name(
    client, activity, house, contact
):
    organiser = contact.organisation_id
    assert keep(client, activity, house, organiser=organiser, keeper=contact.pk).status_code == 302
    activity.refresh_from_db()
    assert activity.keeper == contact
    changes = Event.objects.get(verb="changed").changes
    assert changes["wie antwoordt ervoor"] == [None, "onthaal"]
    page = client.get(reverse("offer_edit", args=[activity.pk])).content.decode()
    assert "Bob houdt dit bij." in page


def test_somebody_of_another_organisation_is_refused(client, activity, house, contact):
    other = ContactFactory()
    PartnershipFactory(house=house, organisation=other.organisation)
    answer = keep(client, activity, house, organiser=contact.organisation_id, keeper=other.pk)
    assert "Kies iemand van de organisatie die je als organisator koos." in answer.content.decode()
    assert Activity.objects.get().keeper is None


def test_an_editor_sees_the_people_of_her_own_organisation_alone(client, house, contact):
    editor = EditorFactory()
    MembershipFactory(user=editor.user, house=house, role=Role.PARTNER_EDITOR)
    own = ContactFactory(organisation=editor.organisation, name="Charlie")
    activity = ActivityFactory(house=house, organiser=editor.organisation)
    client.force_login(editor.user)
    form = client.get(reverse("offer_edit", args=[activity.pk])).context["form"]
    assert list(form.fields["keeper"].queryset) == [own]


def test_who_leaves_is_let_go_and_the_offer_stays(activity, contact):
    Activity.objects.update(keeper=contact)
    contact.delete()
    assert Activity.objects.get().keeper is None
