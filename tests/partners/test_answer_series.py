"""Answering for several dates of a series at once."""

import datetime as dt

import pytest
from django.urls import reverse

from huizen.links import sign
from partners.actions.answer_series import answer_rest_of_series
from partners.models import Meeting, MeetingInvitation
from tests.factories import NOW
from tests.partners.series import AN, dates, planned

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def series(els, house):
    return planned(house, els)


def said(series):
    return [row.invitations.get(email=AN).answer for row in dates(series)]


def test_what_was_answered_already_stays(series):
    second = dates(series)[1].invitations.get(email=AN)
    MeetingInvitation.objects.filter(pk=second.pk).update(answer="no", answered_at=NOW)
    first = dates(series)[0].invitations.get(email=AN)
    assert answer_rest_of_series(invitation=first, answer="yes", now=LATER) == 6
    assert said(series) == ["none", "no", *["yes"] * 6]
    assert not MeetingInvitation.objects.exclude(email=AN).exclude(answer="none").exists()


def test_one_tick_answers_for_all_dates(client, series):
    for row in dates(series):
        far = dt.timedelta(days=20000)
        Meeting.objects.filter(pk=row.pk).update(starts_at=row.starts_at + far, ends_at=row.ends_at + far)
    first = dates(series)[0].invitations.get(email=AN)
    url = reverse("meeting_answer", args=[sign("meeting-answer", first.pk)])
    page = client.get(url).content.decode()
    assert "Andere data van deze reeks" in page
    client.post(url, {"answer": "yes", "seen_version": "1", "also_later": "on"})
    assert set(said(series)) == {"yes"}
