"""Two tabs hand in, two officers decide, two people type: one version, one project, one letter. With negative controls."""

import pytest

from huizen.models import Message
from projects.actions import application as application_actions
from projects.actions import decision as decision_actions
from projects.actions.application import (
    MovedOnError,
    begin_application,
    mark_of_draft,
    save_application,
    submit_application,
)
from projects.actions.decision import decide
from projects.application.flow import Act
from projects.models import Application, ApplicationDecision, ApplicationVersion, Project
from projects.typed import Typed, mark_of
from tests.at_once import at_once, then_together
from tests.projects.application_builders import (
    AFTER,
    NOW,
    begin,
    coordinator_of,
    fill,
    judge,
    make_admitted,
    make_house,
    make_juror,
    make_open_call,
)
from tests.projects.builders import make_officer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
WORKERS = 6


@pytest.fixture
def call():
    return make_open_call()


def unlocked(row):
    """Reads without waiting for who is writing."""
    return type(row).objects.select_related().get(pk=row.pk)


def refused(results) -> int:
    return sum(isinstance(result, MovedOnError) for result in results)


def tabs_at_once(application) -> list:
    seen = {"version": 0, "mark": mark_of_draft(application), "by": coordinator_of(application), "now": NOW}
    return at_once([lambda: submit_application(application=application, **seen)] * WORKERS, threads=WORKERS)


def test_tabs_that_hand_in_at_once_make_one_version_and_one_receipt(call):
    application = fill(begin(call))
    assert refused(tabs_at_once(application)) == WORKERS - 1
    assert ApplicationVersion.objects.count() == 1
    address = coordinator_of(application).email
    assert Message.objects.filter(template="application_received", recipient=address).count() == 1


def test_without_the_lock_only_the_constraint_would_stop_them(call, monkeypatch):
    """The negative control: nobody is told kindly, the database refuses a second version with the same number."""
    application = fill(begin(call))
    monkeypatch.setattr(application_actions, "lock", then_together(unlocked, WORKERS))
    assert refused(tabs_at_once(application)) < WORKERS - 1


def officers_at_once(application) -> list:
    facts = {"act": Act.SELECT, "version": 1, "reason": "Sterk.", "by": make_officer(), "now": AFTER}
    return at_once([lambda: decide(application=application, **facts)] * WORKERS, threads=WORKERS)


@pytest.fixture
def judged(call):
    application = make_admitted(call)
    judge(application, make_juror(call), 8, 8)
    return application


def test_deciding_twice_is_one_decision_one_project_and_one_letter(judged):
    assert refused(officers_at_once(judged)) == WORKERS - 1
    assert ApplicationDecision.objects.filter(kind="selected").count() == 1
    assert Project.objects.count() == 1
    sent = Message.objects.filter(template="application_decided", recipient=coordinator_of(judged).email)
    assert sent.filter(context__kind="selected").count() == 1


def test_without_the_locks_a_double_click_would_meet_the_constraint(judged, monkeypatch):
    """The negative control: more than one comes as far as writing a decision."""
    monkeypatch.setattr(decision_actions, "lock", then_together(unlocked, WORKERS))
    monkeypatch.setattr(decision_actions.calls, "lock", unlocked)
    assert refused(officers_at_once(judged)) < WORKERS - 1


def test_beginning_at_once_is_one_draft(call):
    house = make_house()
    facts = {"call": call, "house": house, "by": house.coordinator, "now": NOW}
    at_once([lambda: begin_application(**facts)] * WORKERS, threads=WORKERS)
    assert Application.objects.count() == 1


def two_at_once(application) -> None:
    by = coordinator_of(application)
    sent = [{"title": Typed("Titel", mark_of(""))}, {"summary": Typed("Kort", mark_of(""))}]
    at_once(
        [
            lambda one=one: save_application(application=application, typed=one, by=by, now=NOW)
            for one in sent
        ],
        threads=2,
    )


def test_two_people_in_different_fields_lose_nothing(call):
    application = begin(call)
    two_at_once(application)
    assert {"title", "summary"} <= Application.objects.get().draft.keys()


def test_without_the_lock_one_of_them_would_lose(call, monkeypatch):
    """The negative control: both read an empty draft, and the last one to write wins."""
    application = begin(call)
    monkeypatch.setattr(application_actions, "lock", then_together(unlocked, 2))
    two_at_once(application)
    assert not {"title", "summary"} <= Application.objects.get().draft.keys()
