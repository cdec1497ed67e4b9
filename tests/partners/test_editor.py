"""Letting a partner's editor in, and ending it."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from huizen.actions.invitation import InvitationError
from huizen.models import Membership, Message
from partners.actions.editor import (
    accept_editor_invitation,
    end_editor,
    invite_editor,
    open_editor_invitation,
    withdraw_editor_invitation,
)
from partners.models import Editor, EditorInvitation
from tests.factories import NOW, EditorFactory, MembershipFactory, PartnershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership(els):
    return PartnershipFactory(house=els.memberships.get().house, organisation__name="Speelotheek")


def invite(partnership, els, email="an@voorbeeld.example", now=NOW):
    return invite_editor(
        organisation=partnership.organisation, house=partnership.house, email=email, by=els, now=now
    )


def token_of(invitation):
    return (
        Message.objects.get(key=f"editor-invitation:{invitation.pk}")
        .context["url"]
        .rstrip("/")
        .rsplit("/", 1)[1]
    )


def accept(invitation, by, now=NOW):
    return accept_editor_invitation(token=token_of(invitation), by=by, now=now)


def test_an_invitation_makes_an_editor_with_a_role_in_the_house_once(partnership, els):
    an = UserFactory(email="an@voorbeeld.example")
    invitation = invite(partnership, els, email=" An@Voorbeeld.example ")
    editor = accept(invitation, an)
    role = Membership.objects.get(user=an)
    assert (editor.organisation, role.house, role.role) == (
        partnership.organisation,
        partnership.house,
        "partner_editor",
    )
    with pytest.raises(InvitationError, match="werkt niet meer"):
        accept(invitation, an)


def test_the_secret_is_not_kept(partnership, els):
    invitation = invite(partnership, els)
    assert token_of(invitation) not in str(EditorInvitation.objects.values().get())


def test_an_invitation_is_for_its_address_only(partnership, els):
    with pytest.raises(InvitationError, match=r"an@voorbeeld\.example"):
        accept(invite(partnership, els), UserFactory())
    assert not Editor.objects.exists()


def test_an_invitation_works_for_two_weeks(partnership, els):
    token = token_of(invite(partnership, els))
    assert open_editor_invitation(token, now=NOW + dt.timedelta(days=13, hours=23))
    with pytest.raises(InvitationError):
        open_editor_invitation(token, now=NOW + dt.timedelta(days=14))


def test_sending_again_makes_the_former_link_useless(partnership, els):
    first = invite(partnership, els)
    second = invite(partnership, els)
    with pytest.raises(InvitationError):
        open_editor_invitation(token_of(first), now=NOW)
    assert open_editor_invitation(token_of(second), now=NOW) == second


def test_a_withdrawn_invitation_lets_nobody_in(partnership, els):
    invitation = invite(partnership, els)
    withdraw_editor_invitation(invitation=invitation, by=els, now=NOW)
    with pytest.raises(InvitationError):
        accept(invitation, UserFactory(email=invitation.email))
    with pytest.raises(InvitationError, match="al gebruikt of ingetrokken"):
        withdraw_editor_invitation(invitation=invitation, by=els, now=NOW)


def test_who_is_editor_is_not_invited_again(partnership, els):
    editor = EditorFactory(organisation=partnership.organisation)
    with pytest.raises(InvitationError, match="al redacteur"):
        invite(partnership, els, email=editor.user.email)


def test_a_partner_that_left_lets_nobody_in(partnership, els):
    invitation = invite(partnership, els)
    partnership.until = NOW.date()
    partnership.save()
    with pytest.raises(InvitationError, match="werkt niet meer"):
        accept(invitation, UserFactory(email=invitation.email))


def test_an_editor_who_stops_loses_her_role_where_she_edits_nothing_else(partnership, els):
    editor = accept(invite(partnership, els), UserFactory(email="an@voorbeeld.example"))
    end_editor(editor=editor, house=partnership.house, by=els, now=NOW)
    assert not Membership.objects.current().filter(user=editor.user).exists()
    with pytest.raises(InvitationError):
        end_editor(editor=editor, house=partnership.house, by=els, now=NOW)


def test_an_editor_of_two_partners_keeps_her_role(partnership, els):
    editor = accept(invite(partnership, els), UserFactory(email="an@voorbeeld.example"))
    EditorFactory(user=editor.user, organisation=PartnershipFactory(house=partnership.house).organisation)
    end_editor(editor=editor, house=partnership.house, by=els, now=NOW)
    assert Membership.objects.current().filter(user=editor.user).exists()


@pytest.mark.django_db(transaction=True)
def test_accepting_twice_at_once_makes_one_editor(partnership, els):
    an = UserFactory(email="an@voorbeeld.example")
    invitation = invite(partnership, els)
    barrier, refused = threading.Barrier(2), []

    def run():
        barrier.wait()
        try:
            accept(invitation, an)
        except InvitationError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(refused), Editor.objects.count(), Membership.objects.filter(user=an).count()) == (1, 1, 1)


@pytest.fixture
def link(partnership, els):
    return reverse("editor_invitation_accept", args=[token_of(invite(partnership, els, now=timezone.now()))])


def test_the_link_shows_first_and_acts_on_the_button(client, link):
    client.force_login(UserFactory(email="an@voorbeeld.example"))
    for method in (client.get, client.head):
        assert method(link).status_code == 200
    assert not Editor.objects.exists()
    assert client.post(link).url == reverse("desk")
    assert Editor.objects.count() == 1


def test_who_is_not_signed_in_signs_in_first_and_comes_back(client, link):
    answer = client.get(link)
    assert answer.url == f"{reverse('account_login')}?next={link}"


def test_another_address_reads_which_one_it_is_for(client, link):
    client.force_login(UserFactory())
    page = client.get(link).content.decode()
    assert "Deze uitnodiging is voor an@voorbeeld.example." in page
    assert "Ik doe mee" not in page
    assert client.post(link).status_code == 410
    assert not Editor.objects.exists()


def test_a_forged_link_gets_a_sentence(client, db):
    client.force_login(UserFactory())
    answer = client.get(reverse("editor_invitation_accept", args=["verzonnen"]))
    assert (answer.status_code, "werkt niet meer" in answer.content.decode()) == (410, True)


def test_a_coordinator_invites_resends_withdraws_and_ends(client, partnership, els):
    client.force_login(els)
    url = reverse("editor_invite", args=[partnership.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"email": "geen adres"}).status_code == 422
    client.post(url, {"email": "an@voorbeeld.example"})
    now = timezone.now()
    client.post(reverse("editor_invitation_resend", args=[EditorInvitation.objects.open(now=now).get().pk]))
    assert EditorInvitation.objects.count() == 2
    client.post(reverse("editor_invitation_withdraw", args=[EditorInvitation.objects.open(now=now).get().pk]))
    assert not EditorInvitation.objects.open(now=now).exists()
    editor = EditorFactory(organisation=partnership.organisation)
    end = reverse("editor_end", args=[partnership.pk, editor.pk])
    assert client.get(end).status_code == 200
    assert Editor.objects.current().exists()
    client.post(end)
    assert not Editor.objects.current().exists()


def test_another_houses_coordinator_reaches_none_of_it(client, partnership, els):
    invitation = invite(partnership, els, now=timezone.now())
    editor = EditorFactory(organisation=partnership.organisation)
    client.force_login(MembershipFactory().user)
    for url in (
        reverse("editor_invite", args=[partnership.pk]),
        reverse("editor_invitation_resend", args=[invitation.pk]),
        reverse("editor_invitation_withdraw", args=[invitation.pk]),
        reverse("editor_end", args=[partnership.pk, editor.pk]),
    ):
        assert client.post(url, {"email": "x@voorbeeld.example"}).status_code == 404
