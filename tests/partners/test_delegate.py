"""Somebody else comes: named by link, asked with an invitation of her own, and taken back."""

import datetime as dt

import pytest

from huizen.models import Message, PlannedMessage
from partners.actions.answer import AnswerError, answer_meeting
from partners.actions.invitee import Invitee
from partners.actions.meeting import MeetingFacts, plan_meeting
from partners.models import MeetingInvitation
from tests.factories import NOW
from tests.partners.calendar_client import CalendarClient, expected_agenda
from tests.partners.test_answer import FAR, sent, url_of
from tests.partners.test_answer import invitation as invitation

pytestmark = pytest.mark.django_db

AN, BEA, CLEO = (f"{name}@voorbeeld.example" for name in ("an", "bea", "cleo"))


@pytest.fixture
def meeting(els, house):
    start = NOW + dt.timedelta(days=21)
    facts = MeetingFacts("Stuurgroep", start, start + dt.timedelta(hours=2), place="Zaal 1")
    people = [Invitee("An", AN)]
    return plan_meeting(house=house, facts=facts, agenda=[], invitees=people, by=els, now=NOW)


def answer(meeting, email, said, delegate=None, minutes=1):
    invitation = meeting.invitations.get(email=email)
    return answer_meeting(
        invitation=invitation,
        answer=said,
        comment="",
        seen_version=1,
        delegate=Invitee(delegate.split("@")[0].title(), delegate) if delegate else None,
        now=NOW + dt.timedelta(minutes=minutes),
    )


def asked(meeting):
    return sorted(meeting.invitations.asked().values_list("email", flat=True))


def templates(email):
    return list(
        Message.objects.filter(recipient=email).order_by("created_at").values_list("template", flat=True)
    )


def test_a_delegate_gets_an_invitation_of_her_own_and_the_chain_is_kept(meeting):
    answer(meeting, AN, "other", BEA)
    answer(meeting, BEA, "other", CLEO, minutes=2)
    cleo = meeting.invitations.get(email=CLEO)
    assert cleo.stands_in_for.stands_in_for.email == AN
    letter = Message.objects.get(recipient=BEA, template="meeting_delegated")
    assert letter.context["instead_of"] == "An"
    assert asked(meeting) == [AN, BEA, CLEO]


def test_who_sends_somebody_else_is_not_reminded_and_the_other_is(meeting):
    answer(meeting, AN, "other", BEA)
    planned = PlannedMessage.objects.filter(state="planned", kind="meeting_reminder")
    assert set(planned.values_list("recipient", flat=True)) == {BEA}


def test_who_comes_after_all_takes_the_whole_chain_back(meeting):
    answer(meeting, AN, "other", BEA)
    answer(meeting, BEA, "other", CLEO, minutes=2)
    answer(meeting, AN, "yes", minutes=3)
    assert asked(meeting) == [AN]
    assert (templates(BEA)[-1], templates(CLEO)[-1]) == ("meeting_withdrawn", "meeting_withdrawn")
    for email in (AN, BEA, CLEO):
        agenda = CalendarClient.of(email).agenda(NOW, FAR)
        assert agenda == expected_agenda(email)


def test_another_delegate_takes_the_place_of_the_first_and_the_first_can_come_back(meeting):
    answer(meeting, AN, "other", BEA)
    answer(meeting, AN, "other", CLEO, minutes=2)
    assert asked(meeting) == [AN, CLEO]
    answer(meeting, AN, "other", BEA, minutes=3)
    assert asked(meeting) == [AN, BEA]
    assert CalendarClient.of(BEA).agenda(NOW, FAR) == expected_agenda(BEA)


def test_the_same_delegate_again_is_not_asked_twice(meeting):
    answer(meeting, AN, "other", BEA)
    answer(meeting, AN, "other", BEA, minutes=2)
    assert templates(BEA) == ["meeting_delegated"]


@pytest.mark.parametrize(
    ("delegate", "sentence"), [(AN, "eigen adres"), (AN.upper(), "eigen adres"), (BEA, "al gevraagd")]
)
def test_who_is_asked_already_is_no_delegate(meeting, delegate, sentence):
    MeetingInvitation.objects.create(meeting=meeting, name="Bea", email=BEA, invited_at=NOW)
    with pytest.raises(AnswerError, match=sentence):
        answer(meeting, AN, "other", delegate)
    assert meeting.invitations.get(email=AN).answer == "none"


def test_a_link_does_not_mail_the_whole_world(meeting):
    for number in range(5):
        answer(meeting, AN, "other", f"nr{number}@voorbeeld.example", minutes=number + 1)
    with pytest.raises(AnswerError, match="al vaak"):
        answer(meeting, AN, "other", CLEO, minutes=9)


def test_the_page_takes_a_delegate_and_shows_the_way_back(client, invitation):
    facts = sent("other", delegate_name="Bea", delegate_email="Bea@voorbeeld.example")
    assert client.post(url_of(invitation), facts).status_code == 302
    assert invitation.meeting.invitations.filter(email=BEA).count() == 1
    page = client.get(url_of(invitation)).content.decode()
    assert "Bea komt in jouw plaats" in page
    client.post(url_of(invitation), sent("no"))
    assert invitation.meeting.invitations.get(email=BEA).withdrawn_at is not None


@pytest.mark.parametrize(
    "facts", [{}, {"delegate_name": "Bea"}, {"delegate_email": BEA}, {"delegate_email": "x"}]
)
def test_a_delegate_without_name_or_address_is_asked_for(client, invitation, facts):
    assert client.post(url_of(invitation), sent("other", **facts)).status_code == 422
    assert invitation.meeting.invitations.count() == 1


def test_a_link_of_the_mail_chooses_and_saves_nothing(client, invitation):
    page = client.get(url_of(invitation) + "?antwoord=ja").content.decode()
    assert page.count("checked") == 1
    assert MeetingInvitation.objects.get(pk=invitation.pk).answer == "none"
    assert client.get(url_of(invitation) + "?antwoord=%00zot").status_code == 200


def test_names_are_shown_only_where_the_organiser_lets_them(client, invitation):
    meeting = invitation.meeting
    MeetingInvitation.objects.create(
        meeting=meeting, name="Dries", email=BEA, answer="yes", answered_at=NOW, invited_at=NOW
    )
    assert "Dries" not in client.get(url_of(invitation)).content.decode()
    meeting.shows_who_comes = True
    meeting.save()
    assert "Dries" in client.get(url_of(invitation)).content.decode()


def test_an_organisation_that_chooses_is_asked_who_comes(client, invitation):
    invitation.chooses, invitation.name = True, "CAW"
    invitation.save()
    assert "CAW kiest zelf wie komt" in client.get(url_of(invitation)).content.decode()
