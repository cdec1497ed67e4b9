"""The calendar address of a professional: mailed, hashed, replaced, ended."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from huizen.links import sign
from huizen.models import Message
from partners.actions.forget import forget_agenda_addresses
from partners.actions.meeting_agenda import mail_agenda_address
from partners.models import MeetingCalendar
from tests.factories import NOW, MeetingFactory, MeetingInvitationFactory, MembershipFactory

pytestmark = pytest.mark.django_db

AN = "an@voorbeeld.example"


@pytest.fixture
def asked():
    start = timezone.now() + dt.timedelta(days=3)
    meeting = MeetingFactory(title="Kernteam", starts_at=start, ends_at=start + dt.timedelta(hours=1))
    return MeetingInvitationFactory(meeting=meeting, email=AN)


def mailed(email=AN):
    mail_agenda_address(email=email, name="An", house=None, now=timezone.now())
    url = (
        Message.objects.filter(recipient=email, template="meeting_agenda").latest("created_at").context["url"]
    )
    return "/" + url.split("/", 3)[3]


def titles(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_it_holds_every_meeting_for_which_she_is_asked_or_that_she_plans(client, asked):
    MeetingFactory(title="Van een ander", starts_at=timezone.now(), ends_at=asked.meeting.ends_at)
    assert titles(client, mailed()) == ["Kernteam"]
    els = MembershipFactory(user__email="els@voorbeeld.example").user
    asked.meeting.organiser = els
    asked.meeting.save()
    assert titles(client, mailed(els.email)) == ["Kernteam"]


@pytest.mark.parametrize("facts", [{"answer": "no"}, {"withdrawn_at": NOW}])
def test_what_she_does_not_go_to_is_not_in_it(client, asked, facts):
    for name, value in {"answered_at": NOW if "answer" in facts else None, **facts}.items():
        setattr(asked, name, value)
    asked.save()
    assert titles(client, mailed()) == []


def test_the_secret_is_not_kept_and_a_new_one_ends_the_former(client, asked):
    former = mailed()
    assert former.rsplit("/", 1)[1].removesuffix(".ics") not in MeetingCalendar.objects.get().token_hash
    present = mailed()
    assert (client.get(former).status_code, client.get(present).status_code) == (404, 200)
    assert client.get(present)["Referrer-Policy"] == "no-referrer"


def test_who_has_no_account_asks_by_her_link_and_gets_it_by_mail(client, asked):
    url = reverse("meeting_answer_agenda", args=[sign("meeting-answer", asked.pk)])
    assert client.get(url).status_code == 405
    answer = client.post(url)
    assert answer.status_code == 302
    assert Message.objects.get(template="meeting_agenda").recipient == AN
    assert client.post(reverse("meeting_answer_agenda", args=["x~y"])).status_code == 404


def test_a_coordinator_has_a_button_and_ends_it(desk, els):
    url = reverse("meeting_agenda")
    assert "Je hebt nog geen adres" in desk.get(url).content.decode()
    desk.post(url, {"wat": "maak"})
    assert MeetingCalendar.objects.get().email == els.email
    desk.post(url, {"wat": "stop"})
    assert not MeetingCalendar.objects.exists()


def test_an_address_nobody_meets_by_is_forgotten(asked):
    mailed()
    old = MeetingCalendar.objects.create(email="oud@voorbeeld.example", token_hash="x", made_at=NOW)
    before = timezone.now() - dt.timedelta(days=1)
    MeetingCalendar.objects.filter(email=AN).update(made_at=NOW)
    assert forget_agenda_addresses(before=before, now=timezone.now()) == 1
    assert not MeetingCalendar.objects.filter(pk=old.pk).exists()


def test_it_costs_the_same_with_one_and_with_three(client, asked, django_assert_num_queries):
    path = mailed()
    with django_assert_num_queries(4):
        client.get(path)
    for _ in range(2):
        MeetingInvitationFactory(
            meeting=MeetingFactory(starts_at=asked.meeting.starts_at, ends_at=asked.meeting.ends_at), email=AN
        )
    with django_assert_num_queries(4):
        client.get(path)
