"""Answering an invitation by the link in a mail."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from huizen.links import sign
from huizen.models import Event, PlannedMessage
from partners.actions.answer import AnswerError, answer_meeting
from partners.actions.meeting_reminder import replan
from partners.models import MeetingInvitation
from tests.factories import NOW, MeetingFactory, MeetingInvitationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

FAR = dt.datetime(2090, 5, 3, 12, tzinfo=dt.UTC)


@pytest.fixture
def invitation():
    meeting = MeetingFactory(starts_at=FAR, ends_at=FAR + dt.timedelta(hours=2))
    return MeetingInvitationFactory(meeting=meeting, organisation=OrganisationFactory(name="CAW"))


def url_of(invitation, name="meeting_answer"):
    return reverse(name, args=[sign("meeting-answer", invitation.pk)])


def answer(invitation, said="yes", *, version=1, now=NOW):
    return answer_meeting(invitation=invitation, answer=said, comment="", seen_version=version, now=now)


def sent(said="yes", **facts):
    return {"answer": said, "comment": "", "seen_version": "1"} | facts


def said(invitation):
    return MeetingInvitation.objects.get(pk=invitation.pk).answer


def test_an_answer_is_kept_and_can_change(invitation):
    answer(invitation, "yes")
    answer(invitation, "no")
    assert said(invitation) == "no"
    assert [e.changes["answer"] for e in Event.objects.order_by("pk")] == [
        ["nog geen antwoord", "komt"],
        ["komt", "komt niet"],
    ]


def test_who_says_no_loses_her_reminders_and_gets_them_back_with_yes(invitation):
    replan(invitation.meeting)
    answer(invitation, "no")
    assert not PlannedMessage.objects.filter(state="planned").exists()
    answer(invitation, "yes")
    kinds = PlannedMessage.objects.filter(state="planned").values_list("kind", flat=True)
    assert sorted(kinds) == ["meeting_reminder", "meeting_reminder"]


def test_an_answer_to_a_former_moment_is_not_taken(invitation):
    invitation.meeting.time_version = 2
    invitation.meeting.save()
    with pytest.raises(AnswerError, match="verplaatst"):
        answer(invitation, version=1)


@pytest.mark.parametrize(
    ("facts", "sentence"), [({"status": "cancelled"}, "gaat niet door"), ({"ends_at": NOW}, "voorbij")]
)
def test_a_meeting_that_is_off_or_over_takes_no_answer(invitation, facts, sentence):
    meeting = invitation.meeting
    for name, value in {"starts_at": NOW - dt.timedelta(hours=1), **facts}.items():
        setattr(meeting, name, value)
    meeting.save()
    with pytest.raises(AnswerError, match=sentence):
        answer(invitation)


def test_who_is_no_longer_asked_need_not_answer(invitation):
    invitation.withdrawn_at = NOW
    invitation.save()
    with pytest.raises(AnswerError, match="niet meer gevraagd"):
        answer(invitation)


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_links_of_a_mail_changes_nothing(client, invitation, method):
    before = MeetingInvitation.objects.filter(pk=invitation.pk).values().get()
    for name in ("meeting_answer", "meeting_answer_calendar"):
        assert getattr(client, method)(url_of(invitation, name)).status_code == 200
    assert MeetingInvitation.objects.filter(pk=invitation.pk).values().get() == before
    assert not Event.objects.exists()
    assert client.post(url_of(invitation), sent()).status_code == 302
    assert said(invitation) == "yes"


def test_the_page_names_organisations_and_no_other_people(client, invitation):
    MeetingInvitationFactory(
        meeting=invitation.meeting, name="Dries", organisation=OrganisationFactory(name="Kinderopvang")
    )
    page = client.get(url_of(invitation)).content.decode()
    assert "CAW, Kinderopvang" in page
    assert "Dries" not in page


def test_no_answer_gets_a_sentence_and_changes_nothing(client, invitation):
    page = client.post(url_of(invitation), {"seen_version": "1", "comment": "Ik ben er"})
    assert page.status_code == 422
    assert "Kies een antwoord." in page.content.decode()
    assert "Ik ben er" in page.content.decode()
    assert said(invitation) == "none"


@pytest.mark.parametrize(
    "facts", [{"answer": "misschien"}, {"seen_version": "9" * 40}, {"seen_version": ""}, {"comment": "x\0"}]
)
def test_nonsense_changes_nothing(client, invitation, facts):
    assert client.post(url_of(invitation), sent(**facts)).status_code == 422
    assert said(invitation) == "none"


def test_who_answers_while_it_moves_sees_the_new_moment_and_keeps_her_words(client, invitation):
    invitation.meeting.time_version = 2
    invitation.meeting.save()
    page = client.post(url_of(invitation), sent(comment="Tot dan"))
    assert page.status_code == 422
    assert "intussen verplaatst" in page.content.decode()
    assert "Tot dan" in page.content.decode()
    assert client.post(url_of(invitation), sent(seen_version="2")).status_code == 302


@pytest.mark.parametrize("token", ["verzonnen", "1~abc", "~", "1"])
@pytest.mark.parametrize("name", ["meeting_answer", "meeting_answer_calendar"])
def test_a_forged_link_gets_the_page_for_bad_links(client, db, token, name):
    answer = client.get(reverse(name, args=[token]))
    assert answer.status_code == 404
    assert "Deze link werkt niet" in answer.content.decode()


def test_a_link_for_another_purpose_opens_nothing(client, invitation):
    assert (
        client.get(reverse("meeting_answer", args=[sign("registration", invitation.pk)])).status_code == 404
    )


def test_a_link_of_an_erased_meeting_opens_nothing(client, invitation):
    url = url_of(invitation)
    invitation.meeting.delete()
    assert client.get(url).status_code == 404


def test_a_closed_meeting_says_so_and_has_no_form(client, invitation):
    invitation.meeting.status = "cancelled"
    invitation.meeting.cancel_reason = "De zaal is weg."
    invitation.meeting.save()
    page = client.get(url_of(invitation)).content.decode()
    assert "De zaal is weg." in page
    assert "Bewaar mijn antwoord" not in page


def test_a_wrong_method_is_refused(client, invitation):
    assert client.delete(url_of(invitation)).status_code == 405
    assert client.post(url_of(invitation, "meeting_answer_calendar")).status_code == 405


def test_the_calendar_file_is_the_meeting_as_it_stands(client, invitation):
    answer = client.get(url_of(invitation, "meeting_answer_calendar"))
    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    assert (str(calendar["METHOD"]), str(event["UID"])) == ("PUBLISH", invitation.meeting.ical_uid)
    assert event["DTSTART"].dt == FAR
    assert answer["Content-Type"].startswith("text/calendar")


def test_the_page_costs_the_same_with_one_and_with_three_guests(
    client, invitation, django_assert_num_queries
):
    with django_assert_num_queries(5):
        client.get(url_of(invitation))
    for _ in range(2):
        MeetingInvitationFactory(meeting=invitation.meeting, organisation=OrganisationFactory())
    with django_assert_num_queries(5):
        client.get(url_of(invitation))
