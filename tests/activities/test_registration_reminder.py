"""The reminder of a moment: at ten the day before, to who has a place, and only while it makes sense."""

import datetime as dt

import pytest

from activities.actions.registration_change import cancel_registration
from activities.actions.reminder import KIND, compose, due_at, reconcile, why_not
from activities.actions.session_change import cancel_session
from activities.models import Registration, Session
from activities.tasks import reconcile_reminders
from huizen.models import PlannedMessage
from huizen.outbox.kinds import kind_named
from tests.activities.sign_ups import a_moment, sign_up
from tests.factories import BRUSSELS, NOW

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=5)


def planned():
    return list(PlannedMessage.objects.filter(kind="session_reminder", state="planned"))


@pytest.mark.parametrize(
    ("starts_at", "due"),
    [
        (dt.datetime(2026, 3, 29, 9), dt.datetime(2026, 3, 28, 10)),
        (dt.datetime(2026, 3, 30, 0, 30), dt.datetime(2026, 3, 29, 10)),
        (dt.datetime(2026, 10, 25, 23), dt.datetime(2026, 10, 24, 10)),
    ],
)
def test_ten_on_the_kitchen_wall_the_day_before(starts_at, due):
    session = Session(starts_at=starts_at.replace(tzinfo=BRUSSELS))
    assert due_at(session) == due.replace(tzinfo=BRUSSELS)


def test_who_signs_up_after_ten_the_day_before_gets_no_reminder():
    session = a_moment(starts_at=NOW + dt.timedelta(days=1))
    ten = NOW.replace(hour=10)
    sign_up(session, now=ten - dt.timedelta(seconds=1))
    sign_up(session, "Bob", now=ten)
    assert [each.recipient for each in planned()] == ["alice@voorbeeld.example"]


def test_the_kind_is_known_to_the_outbox():
    assert kind_named("session_reminder") == KIND


def test_a_reminder_that_is_wanted_says_what_when_and_where():
    registration = sign_up(a_moment(starts_at=LATER), children=2)
    (row,) = planned()
    assert why_not(row, row.due_at) == ""
    letter = compose(row, row.due_at)
    assert (letter.template, letter.context["who"]) == ("session_reminder", "Kind 0 en Kind 1")
    assert f"UID:{registration.session.ical_uid}" in letter.calendar


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"state": "cancelled", "cancelled_at": NOW}, "inschrijving geannuleerd"),
        ({"state": "waiting", "waiting_number": 1}, "heeft nog geen plaats"),
        ({"email": "ander@voorbeeld.example"}, "ander adres"),
        ({"email": "", "name": "", "anonymised_at": NOW}, "ander adres"),
    ],
)
def test_a_sign_up_that_changed_wants_no_reminder(change, reason):
    sign_up(a_moment(starts_at=LATER))
    (row,) = planned()
    Registration.objects.update(**change)
    assert why_not(row, row.due_at) == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "cancelled"}, "moment afgelast"),
        ({"starts_at": NOW}, "moment is voorbij"),
        ({"time_version": 2}, "moment verplaatst"),
    ],
)
def test_a_moment_that_changed_wants_no_reminder(change, reason):
    sign_up(a_moment(starts_at=LATER))
    (row,) = planned()
    Session.objects.update(**change)
    assert why_not(row, row.due_at) == reason


def test_a_sign_up_that_is_gone_wants_no_reminder():
    sign_up(a_moment(starts_at=LATER))
    (row,) = planned()
    Registration.objects.all().delete()
    assert why_not(row, row.due_at) == "inschrijving geannuleerd"


def test_the_reconciler_restores_what_is_missing_and_takes_back_what_is_too_much():
    session = a_moment(starts_at=LATER)
    sign_up(session)
    sign_up(session, "Bob")
    PlannedMessage.objects.filter(recipient="alice@voorbeeld.example").delete()
    Registration.objects.filter(name="Bob").update(state="cancelled", cancelled_at=NOW)
    assert reconcile(now=NOW) == 2
    assert [each.recipient for each in planned()] == ["alice@voorbeeld.example"]
    before = list(PlannedMessage.objects.order_by("pk").values())
    assert reconcile(now=NOW) == 2
    assert list(PlannedMessage.objects.order_by("pk").values()) == before


def test_the_reconciler_leaves_alone_what_is_far_or_past():
    sign_up(a_moment(starts_at=NOW + dt.timedelta(days=61)))
    assert reconcile(now=NOW) == 0
    assert reconcile(now=NOW + dt.timedelta(days=1)) == 1
    assert reconcile(now=NOW + dt.timedelta(days=61)) == 0


@pytest.mark.parametrize("families", [1, 4])
def test_the_reconciler_takes_the_same_statements_for_every_batch(families, django_assert_num_queries):
    session = a_moment(starts_at=LATER)
    for number in range(families):
        sign_up(session, f"Ouder{number}")
    # The rows, two statements to plan them, and the empty batch at the end.
    with django_assert_num_queries(4):
        reconcile(now=NOW)


def test_a_reminder_that_is_overdue_is_not_taken_back():
    sign_up(a_moment(starts_at=LATER))
    reconcile(now=LATER - dt.timedelta(hours=2))
    assert len(planned()) == 1


def test_a_moment_that_is_off_and_a_family_that_left_have_none():
    first, second = a_moment(starts_at=LATER), a_moment(starts_at=LATER)
    cancel_registration(registration_id=sign_up(first).pk, now=NOW)
    sign_up(second, "Bob")
    cancel_session(session_id=second.pk, reason="Ziek.", by=None, now=NOW)
    assert planned() == []


def test_the_clock_reconciles():
    assert reconcile_reminders() == 0
