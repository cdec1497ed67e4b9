"""Points that others propose: by a link without account, by a partner's editor; taken up or not, with a word back."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from huizen.links import sign
from huizen.models import Message
from partners.actions.agenda_proposal import accept_point, decline_point, propose_point
from partners.actions.meeting_lock import MeetingError
from partners.models import AgendaItem, AgendaProposal
from tests.factories import (
    NOW,
    EditorFactory,
    MeetingFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.minutes_factories import AgendaProposalFactory

pytestmark = pytest.mark.django_db
TYPED = {"title": "Speelstraat", "purpose": "discuss", "minutes": "15", "text": "Wie doet mee?"}


@pytest.fixture
def invitation(meeting):
    organisation = OrganisationFactory(name="CAW")
    return MeetingInvitationFactory(
        meeting=meeting, name="An", email="an@voorbeeld.example", organisation=organisation
    )


@pytest.fixture
def link(invitation):
    return reverse("agenda_propose", args=[sign("meeting-answer", invitation.pk)])


@pytest.fixture
def proposal(invitation):
    return AgendaProposalFactory(invitation=invitation, minutes=15, text="Wie doet mee?")


def test_who_is_asked_proposes_without_an_account_and_once(client, link, invitation):
    assert "Stel zelf een punt voor" in client.get(link.removesuffix("voorstel/")).content.decode()
    assert client.get(link).status_code == 200
    for _ in range(2):
        assert client.post(link, TYPED).status_code == 302
    proposal = AgendaProposal.objects.get()
    assert (proposal.title, proposal.minutes, proposal.invitation) == ("Speelstraat", 15, invitation)
    assert "wacht op de organisator" in client.get(link).content.decode()
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "\0"}, {"minutes": "-1"}, {"purpose": "x"}])
def test_what_is_wrong_gets_a_sentence(client, link, wrong):
    assert client.post(link, TYPED | wrong).status_code == 422
    assert not AgendaProposal.objects.exists()


def test_a_forged_link_proposes_nothing(client, invitation):
    for token in ("onzin", sign("iets-anders", invitation.pk), sign("meeting-answer", 999_999)):
        url = reverse("agenda_propose", args=[token])
        assert (client.get(url).status_code, client.post(url, TYPED).status_code) == (404, 404)


def propose(meeting, **facts):
    return propose_point(meeting=meeting, facts={"title": "X", **facts.pop("facts", {})}, **facts)


def test_who_is_asked_no_more_or_is_too_late_proposes_nothing(meeting, invitation):
    with pytest.raises(MeetingError, match="al begonnen"):
        propose(meeting, invitation=invitation, now=meeting.starts_at)
    invitation.withdrawn_at = NOW
    with pytest.raises(MeetingError, match="niet meer gevraagd"):
        propose(meeting, invitation=invitation, now=NOW)
    meeting.status = "cancelled"
    meeting.save()
    with pytest.raises(MeetingError, match="gaat niet door"):
        propose(meeting, user=MembershipFactory().user, now=NOW)


def test_more_than_five_at_once_is_too_many(meeting, invitation):
    for number in range(5):
        propose(meeting, invitation=invitation, now=NOW, facts={"title": f"Punt {number}"})
    with pytest.raises(MeetingError, match="wachten al 5"):
        propose(meeting, invitation=invitation, now=NOW)


def test_yes_puts_it_on_the_agenda_with_a_word_back(desk, meeting, proposal):
    url = reverse("proposal_decide", args=[proposal.pk])
    assert "Speelstraat" in desk.get(reverse("agenda_edit", args=[meeting.pk])).content.decode()
    assert desk.get(url).status_code == 200
    assert desk.post(url, {"answer": "Goed idee."}).url == reverse("agenda_edit", args=[meeting.pk])
    item = AgendaItem.objects.get()
    assert (item.title, item.minutes, item.presenter, item.text) == ("Speelstraat", 15, "An", "Wie doet mee?")
    mail = Message.objects.get()
    text = render_to_string("emails/agenda_proposal_decided.txt", mail.context)
    assert mail.recipient == "an@voorbeeld.example"
    assert text.startswith("Op de agenda: Speelstraat\n")
    assert "Els schrijft: Goed idee." in text


def test_no_asks_for_a_reason_and_tells_it(desk, proposal):
    url = reverse("proposal_decide", args=[proposal.pk])
    assert desk.post(url, {"nee": "1", "answer": ""}).status_code == 422
    assert desk.post(url, {"nee": "1", "answer": "Dat is voor de gemeente."}).status_code == 302
    assert not AgendaItem.objects.exists()
    text = render_to_string("emails/agenda_proposal_decided.txt", Message.objects.get().context)
    assert text.startswith("Niet op de agenda: Speelstraat\n")
    assert "staat op de agenda" not in text


def test_two_organisers_decide_one_after_the_other(proposal, els):
    accept_point(proposal=proposal, answer="", by=els, now=NOW)
    for action in (accept_point, decline_point):
        with pytest.raises(MeetingError, match="al beslist: staat op de agenda"):
            action(proposal=proposal, answer="", by=els, now=NOW)
    assert (AgendaItem.objects.count(), Message.objects.count()) == (1, 1)


@pytest.fixture
def editor(invitation):
    editor = EditorFactory(organisation=invitation.organisation)
    MembershipFactory(user=editor.user, house=invitation.meeting.house, role="partner_editor")
    return editor.user


def test_an_editor_sees_the_meetings_of_her_organisation_and_proposes(client, editor, meeting):
    MeetingFactory(
        title="Zonder haar", house=meeting.house, starts_at=meeting.starts_at, ends_at=meeting.ends_at
    )
    client.force_login(editor)
    page = client.get(reverse("my_proposals")).content.decode()
    assert ("Stuurgroep" in page, "Zonder haar" in page) == (True, False)
    url = reverse("my_proposal_create", args=[meeting.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, TYPED).url == reverse("my_proposals")
    assert AgendaProposal.objects.get().user == editor
    assert "wacht op de organisator" in client.get(reverse("my_proposals")).content.decode()


def test_an_editor_of_another_partner_finds_nothing(client, meeting, invitation):
    other = EditorFactory()
    MembershipFactory(user=other.user, house=meeting.house, role="partner_editor")
    client.force_login(other.user)
    assert client.post(reverse("my_proposal_create", args=[meeting.pk]), TYPED).status_code == 404
    assert "Stuurgroep" not in client.get(reverse("my_proposals")).content.decode()


def test_another_house_decides_nothing(client, proposal):
    client.force_login(MembershipFactory().user)
    assert client.post(reverse("proposal_decide", args=[proposal.pk])).status_code == 404
    assert client.get(reverse("my_proposals")).status_code == 403


def test_the_list_of_an_editor_costs_the_same_with_one_and_with_three(
    client, editor, invitation, django_assert_max_num_queries
):
    client.force_login(editor)

    def visit():
        with django_assert_max_num_queries(12) as queries:
            client.get(reverse("my_proposals"))
        return len(queries)

    one = visit()
    for days in (1, 2):
        moment = invitation.meeting.starts_at + dt.timedelta(days=days)
        meeting = MeetingFactory(
            house=invitation.meeting.house, starts_at=moment, ends_at=moment + dt.timedelta(hours=1)
        )
        MeetingInvitationFactory(meeting=meeting, organisation=invitation.organisation)
        AgendaProposalFactory(meeting=meeting, invitation=None, user=editor)
    assert visit() == one
