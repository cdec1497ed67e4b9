"""Reminders of an application that was begun, and what is forgotten a while after a call."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import timezone

from huizen.models import Message, PlannedMessage
from huizen.outbox.kinds import kind_named
from huizen.outbox.release import release_due
from projects.actions.application import withdraw_application
from projects.actions.application_file import add_file
from projects.actions.application_forget import forget_applications, forget_jury
from projects.actions.application_reminder import reconcile
from projects.actions.call import change_call
from projects.application.jury import ranked
from projects.models import Application, ApplicationFile, ApplicationVersion, JurySeat
from tests.factories import MembershipFactory
from tests.projects.application_builders import (
    CLOSES,
    NOW,
    begin,
    coordinator_of,
    fill,
    hand_in,
    judge,
    make_admitted,
    make_juror,
)
from tests.projects.builders import make_officer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def planned(state="planned"):
    """Rule and moment of what is planned, in order."""
    rows = PlannedMessage.objects.filter(state=state, kind="application_reminder").order_by("due_at")
    return [(row.key.rpartition(":")[2], timezone.localtime(row.due_at)) for row in rows]


def nine(days: int, closes=CLOSES):
    return dt.datetime.combine(closes.date() - days * DAY, dt.time(9), tzinfo=timezone.get_default_timezone())


def test_14_3_and_1_days_before_the_last_and_on_the_last_day_itself(application):
    assert planned() == [("14", nine(14)), ("3", nine(3)), ("1", nine(1)), ("0", nine(0))]


def test_a_house_that_begins_late_hears_only_what_is_still_to_come(call):
    begin(call, now=CLOSES - 2 * DAY)
    assert planned() == [("1", nine(1)), ("0", nine(0))]


def test_planning_again_changes_nothing_and_a_new_coordinator_hears_too(application):
    before = planned()
    assert (reconcile(now=NOW), planned()) == (1, before)
    MembershipFactory(house=application.house)
    reconcile(now=NOW)
    assert len(planned()) == 2 * len(before)


def test_who_handed_in_hears_no_more_until_it_is_taken_back(application):
    hand_in(fill(application))
    assert planned() == []
    withdraw_application(application=application, version=1, by=coordinator_of(application), now=NOW)
    assert len(planned()) == 4


def test_a_later_deadline_moves_them(call, application):
    facts = {"closes_at": CLOSES + 7 * DAY}
    change_call(call=call, facts=facts, municipalities=[], by=make_officer(), now=NOW)
    assert planned()[-1] == ("0", nine(0, CLOSES + 7 * DAY))
    assert [rule for rule, _ in planned("cancelled")] == ["14", "3", "1", "0"]


def test_after_days_without_a_clock_one_mail_goes(application):
    release_due(now=nine(2))
    assert Message.objects.filter(kind="application_reminder").count() == 1
    assert [rule for rule, _ in planned("expired")] == ["14"]


def test_after_the_deadline_no_mail_goes(application):
    release_due(now=CLOSES + DAY)
    assert not Message.objects.filter(kind="application_reminder").exists()


def test_asked_again_just_before_sending(call, application):
    row, kind = (
        PlannedMessage.objects.filter(kind="application_reminder").first(),
        kind_named("application_reminder"),
    )
    assert kind.why_not(row, NOW) == ""
    assert kind.why_not(row, CLOSES) == "de oproep is niet open"
    application.house.memberships.update(ended_at=NOW)
    assert kind.why_not(row, NOW) == "leidt dit Huis niet meer"
    Application.objects.update(state="submitted", versions_made=1)
    assert kind.why_not(row, NOW) == "de aanvraag is ingediend"
    Application.objects.all().delete()
    assert kind.why_not(row, NOW) == "deze aanvraag bestaat niet meer"


def test_the_mail_says_which_application_and_until_when(application):
    row = PlannedMessage.objects.filter(kind="application_reminder").first()
    letter = kind_named("application_reminder").compose(row, NOW)
    text = render_to_string(f"emails/{letter.template}.txt", letter.context)
    assert "woensdag 1 april 2026, om 12 uur" in text
    assert letter.context["url"].endswith(f"/beheer/aanvragen/{application.pk}/")


def test_a_year_after_the_call_what_never_came_in_is_gone_and_no_contact_person_is_left(
    call, monkeypatch, tmp_path
):
    row = begin(call)
    document = ContentFile(b"%PDF-1.7 %%EOF", "brief.pdf")
    add_file(application=row, title="Brief", document=document, by=coordinator_of(row), now=NOW)
    kept = make_admitted(call)
    assert forget_applications(before=CLOSES, now=NOW) == 0
    after = CLOSES + DAY
    assert (forget_applications(before=after, now=after), forget_applications(before=after, now=after)) == (
        2,
        0,
    )
    assert Application.objects.get().draft == {}
    assert (ApplicationFile.objects.exists(), ApplicationVersion.objects.get().application) == (False, kept)


def test_two_years_after_the_call_points_stand_under_a_number(call):
    row = make_admitted(call)
    judge(row, make_juror(call), 8, 6)
    after = CLOSES + DAY
    assert (forget_jury(before=after, now=after), forget_jury(before=after, now=after)) == (1, 0)
    assert JurySeat.objects.get().user is None
    assert ranked(call)[0].mean == "7,20"
