"""Letting people in, and what must never happen on the way."""

import datetime as dt

import pytest
from django.urls import reverse

from huizen.actions import invitation as actions
from huizen.models import Event, Invitation, Membership, Message
from huizen.roles import Role
from tests.at_once import at_once
from tests.factories import NOW, HouseFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return MembershipFactory(user__email="alice@voorbeeld.example").user


@pytest.fixture
def house(alice):
    return alice.memberships.get().house


def invite(alice, house, email="bob@voorbeeld.example", role=Role.STAFF):
    return actions.invite(email=email, role=role, house=house, by=alice, now=NOW)


def token_of(invitation) -> str:
    letter = Message.objects.get(key=f"invitation:{invitation.pk}")
    return letter.context["url"].rstrip("/").rsplit("/", 1)[1]


def test_an_invitation_is_mailed_and_accepted_once(alice, house):
    invitation = invite(alice, house, email=" Bob@Voorbeeld.example ")
    bob = UserFactory(email="bob@voorbeeld.example")
    membership = actions.accept(token=token_of(invitation), by=bob, now=NOW)
    assert (membership.role, membership.house) == (Role.STAFF, house)
    with pytest.raises(actions.InvitationError):
        actions.accept(token=token_of(invitation), by=bob, now=NOW)
    assert [e.verb for e in Event.objects.order_by("pk")] == ["invited", "joined"]


def test_the_secret_of_an_invitation_is_not_kept(alice, house):
    invitation = invite(alice, house)
    assert token_of(invitation) not in str(Invitation.objects.filter(pk=invitation.pk).values().get())


def test_an_invitation_is_only_for_the_address_it_went_to(alice, house):
    invitation = invite(alice, house)
    with pytest.raises(actions.InvitationError, match=r"bob@voorbeeld\.example"):
        actions.accept(token=token_of(invitation), by=UserFactory(), now=NOW)


@pytest.mark.parametrize("days", [14, 400])
def test_an_old_invitation_lets_nobody_in(alice, house, days):
    invitation = invite(alice, house)
    with pytest.raises(actions.InvitationError):
        actions.open_invitation(token_of(invitation), now=NOW + dt.timedelta(days=days))


def test_a_second_invitation_replaces_the_first(alice, house):
    first, second = invite(alice, house), invite(alice, house)
    assert list(Invitation.objects.open(now=NOW)) == [second]
    first.refresh_from_db()
    assert first.withdrawn_at == NOW


def test_who_has_the_role_is_not_invited_again(alice, house):
    with pytest.raises(actions.InvitationError, match="heeft die rol al"):
        invite(alice, house, email=alice.email, role=Role.COORDINATOR)


def test_a_coordinator_invites_for_her_own_house_only(alice):
    with pytest.raises(actions.InvitationError):
        invite(alice, HouseFactory())


def test_a_coordinator_invites_nobody_to_the_agency(alice):
    with pytest.raises(actions.InvitationError):
        invite(alice, None, role=Role.OFFICER)


def test_an_officer_invites_colleagues():
    officer = MembershipFactory(role=Role.OFFICER, house=None).user
    invite(officer, None, role=Role.ABB_READER)
    assert Invitation.objects.get().role == Role.ABB_READER


def test_a_house_keeps_a_coordinator(alice, house):
    with pytest.raises(actions.InvitationError, match="laatste"):
        actions.end_membership(membership=alice.memberships.get(), by=alice, now=NOW)
    assert Membership.objects.current().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_cannot_end_each_other_at_once():
    first = MembershipFactory()
    second = MembershipFactory(house=first.house)

    def end(membership, by):
        actions.end_membership(membership=membership, by=by, now=NOW)

    found = at_once([lambda: end(first, second.user), lambda: end(second, first.user)])
    assert [type(each) for each in found].count(actions.InvitationError) == 1
    assert Membership.objects.current().count() == 1


def test_the_team_page_invites_withdraws_and_ends(client, alice, house):
    client.force_login(alice)
    colleague = MembershipFactory(house=house, role=Role.STAFF)
    page = client.get(reverse("team"))
    assert colleague.user.email in page.content.decode() or colleague.user.name in page.content.decode()
    client.post(reverse("team_of", args=[house.slug]), {"email": "bob@voorbeeld.example", "role": "staff"})
    invitation = Invitation.objects.get()
    client.post(reverse("invitation_withdraw", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    client.post(reverse("membership_end", args=[colleague.pk]))
    assert not Membership.objects.current().filter(pk=colleague.pk).exists()


def test_a_wrong_invitation_form_keeps_what_was_typed(client, alice):
    client.force_login(alice)
    answer = client.post(reverse("team"), {"email": "geen adres", "role": "officer"})
    assert answer.status_code == 422
    assert "geen adres" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_another_house_is_not_hers_to_manage(client, alice):
    client.force_login(alice)
    stranger = MembershipFactory(role=Role.STAFF)
    assert client.post(reverse("membership_end", args=[stranger.pk])).status_code == 404


def test_a_link_in_a_mail_shows_first_and_acts_on_the_button(client, alice, house):
    invitation = invite(alice, house)
    bob = UserFactory(email="bob@voorbeeld.example")
    url = reverse("invitation_accept", args=[token_of(invitation)])
    client.force_login(bob)
    Invitation.objects.update(expires_at="2100-01-01T00:00Z")
    assert client.get(url).status_code == 200
    assert not bob.memberships.exists()
    assert client.post(url).status_code == 302
    assert bob.memberships.get().role == Role.STAFF


def test_a_forged_invitation_gets_a_clear_sentence(client, alice):
    client.force_login(alice)
    answer = client.get(reverse("invitation_accept", args=["verzonnen"]))
    assert answer.status_code == 410
    assert "werkt niet meer" in answer.content.decode()
