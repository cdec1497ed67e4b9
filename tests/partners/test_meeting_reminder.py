"""Which reminders a meeting wants, and that planning them twice plans them once."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen.models import PlannedMessage
from partners.actions.meeting_reminder import MeetingKey, reconcile_reminders, reminders_of, replan
from partners.models import Meeting, MeetingInvitation
from tests.factories import BRUSSELS, NOW, MeetingFactory, MeetingInvitationFactory, UserFactory

pytestmark = pytest.mark.django_db


def wall(*parts):
    return dt.datetime(*parts, tzinfo=BRUSSELS)


def meeting_at(start, known, **facts):
    return MeetingFactory(
        starts_at=start, ends_at=start + dt.timedelta(hours=2), moment_set_at=known, changed_at=known, **facts
    )


def due(meeting):
    """Rule → when, of one meeting with one invitee."""
    reminders = reminders_of(meeting, meeting.invitations.asked())
    return {MeetingKey.read(r.key).rule: r.due_at.astimezone(BRUSSELS) for r in reminders}


def asked(meeting, **facts):
    return MeetingInvitationFactory(
        meeting=meeting, invited_at=facts.pop("invited_at", meeting.moment_set_at), **facts
    )


def test_who_did_not_answer_is_reminded_three_times_at_nine_o_clock():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW)
    asked(meeting)
    assert due(meeting) == {
        "7d": wall(2026, 3, 18, 9),
        "3d": wall(2026, 3, 22, 9),
        "1d": wall(2026, 3, 24, 9),
    }


@pytest.mark.parametrize("answer", ["yes", "maybe"])
def test_who_answered_is_not_asked_to_answer(answer):
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW)
    asked(meeting, answer=answer, answered_at=NOW)
    assert set(due(meeting)) == {"7d", "1d"}


def test_who_said_no_is_not_reminded():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW)
    asked(meeting, answer="no", answered_at=NOW)
    assert due(meeting) == {}


def test_the_organiser_hears_two_days_before_how_it_stands():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW, organiser=UserFactory(email="els@voorbeeld.example"))
    [note] = reminders_of(meeting, [])
    assert (note.recipient, note.kind, note.due_at) == (
        "els@voorbeeld.example",
        "meeting_organiser",
        wall(2026, 3, 23, 9),
    )


def test_a_reminder_dies_when_the_meeting_starts():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW, organiser=UserFactory())
    asked(meeting)
    expiry = {reminder.expires_at for reminder in reminders_of(meeting, meeting.invitations.asked())}
    assert expiry == {meeting.starts_at}


def test_a_meeting_planned_today_for_tomorrow_reminds_two_hours_before():
    meeting = meeting_at(wall(2026, 3, 5, 14), wall(2026, 3, 4, 15))
    asked(meeting)
    assert due(meeting) == {"2h": wall(2026, 3, 5, 12)}


def test_a_meeting_within_two_hours_reminds_nobody():
    meeting = meeting_at(wall(2026, 3, 4, 16), wall(2026, 3, 4, 15))
    asked(meeting)
    assert due(meeting) == {}


def test_who_is_asked_late_gets_her_own_late_reminder():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW)
    asked(meeting, invited_at=wall(2026, 3, 24, 18))
    assert due(meeting) == {"2h": wall(2026, 3, 25, 12)}


def test_a_cancelled_meeting_wants_no_reminders():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW, status="cancelled", organiser=UserFactory())
    asked(meeting)
    assert due(meeting) == {}


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (wall(2026, 3, 29, 10), wall(2026, 3, 28, 9)),
        (wall(2026, 3, 30, 10), wall(2026, 3, 29, 9)),
        (wall(2026, 10, 25, 10), wall(2026, 10, 24, 9)),
        (wall(2026, 10, 26, 10), wall(2026, 10, 25, 9)),
    ],
)
def test_a_night_in_which_the_clock_changes_moves_no_reminder(start, expected):
    meeting = meeting_at(start, wall(2026, 3, 1, 12))
    asked(meeting)
    assert due(meeting)["1d"] == expected
    assert [key for key in due(meeting) if key == "1d"] == ["1d"]


@given(
    known=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1), timezones=st.just(BRUSSELS)),
    ahead=st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=60)),
    answer=st.sampled_from(MeetingInvitation.Answer.values),
)
@settings(deadline=None, max_examples=100)
def test_every_reminder_falls_between_the_invitation_and_the_start(known, ahead, answer):
    start = known.astimezone(dt.UTC) + ahead
    meeting = Meeting(pk=1, starts_at=start, ends_at=start + ahead, moment_set_at=known, time_version=1)
    invitation = MeetingInvitation(
        pk=2, meeting=meeting, email="an@voorbeeld.example", answer=answer, invited_at=known
    )
    reminders = reminders_of(meeting, [invitation])
    assert all(known < reminder.due_at < start for reminder in reminders)
    assert len({reminder.key for reminder in reminders}) == len(reminders)
    # Who does not come, or sends somebody else, needs no reminder.
    if answer not in {"no", "other"} and ahead > dt.timedelta(hours=2):
        assert [r for r in reminders if MeetingKey.read(r.key).rule in {"1d", "2h"}]


def rows():
    return list(PlannedMessage.objects.order_by("key").values_list("key", "state", "due_at"))


def test_reconciling_twice_changes_nothing():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW, organiser=UserFactory())
    asked(meeting)
    assert reconcile_reminders(now=NOW) == 1
    before = rows()
    assert len(before) == 4
    reconcile_reminders(now=NOW + dt.timedelta(days=20, hours=3))
    assert rows() == before


def test_reconciling_gives_what_the_action_planned():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW, organiser=UserFactory())
    asked(meeting)
    replan(meeting)
    before = rows()
    reconcile_reminders(now=NOW)
    assert rows() == before


def test_reconciling_takes_away_what_is_no_longer_wanted():
    meeting = meeting_at(wall(2026, 3, 25, 14), NOW)
    asked(meeting)
    replan(meeting)
    Meeting.objects.update(status="cancelled")
    reconcile_reminders(now=NOW)
    assert {state for _, state, _ in rows()} == {"cancelled"}


@pytest.mark.parametrize("start", [wall(2026, 3, 4, 8), wall(2026, 6, 4, 14)])
def test_reconciling_leaves_what_is_past_or_far_alone(start):
    asked(meeting_at(start, wall(2026, 3, 1, 8)))
    assert reconcile_reminders(now=NOW) == 0


def test_reconciling_many_meetings_costs_as_many_statements_as_one():
    def statements(number):
        for _ in range(number):
            meeting = meeting_at(wall(2026, 3, 25, 14), NOW, organiser=UserFactory())
            asked(meeting)
            asked(meeting)
        with CaptureQueriesContext(connection) as queries:
            reconcile_reminders(now=NOW)
        return len(queries)

    assert statements(1) == statements(9)
