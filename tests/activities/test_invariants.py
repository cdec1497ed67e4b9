"""What is counted is what is there: broken promises show."""

import logging
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from psycopg import IsolationLevel

from activities.actions.hold import hold_places
from activities.actions.invariants import Broken, check_invariants
from activities.checks import isolation_level
from activities.models import Participant, Registration, Session
from activities.tasks import check_invariants as task
from huizen.models import Message
from huizen.outbox.compose import written
from tests.activities.sign_ups import a_moment, sign_up
from tests.factories import NOW


@pytest.fixture
def session(db):
    session = a_moment(capacity=3)
    sign_up(session, children=2)
    hold_places(session_id=session.pk, form_key=uuid.uuid4(), now=NOW)
    sign_up(session, "Bob")
    return session


def test_what_the_actions_do_keeps_every_promise(session):
    assert check_invariants(now=NOW) == []


@pytest.mark.parametrize(
    ("counter", "kept", "promise", "found"),
    [
        ("confirmed_count", 1, "bezette plaatsen", 2),
        ("waiting_count", 7, "wachtende plaatsen", 1),
        ("waiting_last", 0, "laatste nummer", 1),
        ("held_count", 0, "vrijgehouden plaatsen", 1),
    ],
)
def test_a_counter_that_drifted_is_found_and_logged(session, caplog, counter, kept, promise, found):
    Session.objects.filter(pk=session.pk).update(**{counter: kept})
    with caplog.at_level(logging.ERROR):
        assert check_invariants(now=NOW) == [Broken(session.pk, promise, kept, found)]
    assert f"moment {session.pk}: {promise}: {kept} bewaard, {found} geteld" in caplog.text


def test_who_runs_the_portal_gets_one_mail_a_day_and_none_when_all_is_well(session, settings):
    settings.OPERATOR_EMAILS = ["beheer@voorbeeld.example"]
    sent = Message.objects.filter(category="operation")
    assert task() == []
    assert not sent.exists()
    Session.objects.filter(pk=session.pk).update(confirmed_count=1, waiting_count=7)
    assert len(task()) == len(task()) == 2
    mail = sent.get()
    assert mail.recipient == "beheer@voorbeeld.example"
    subject, text = written(mail)
    assert subject == "Een telling van plaatsen klopt niet (2 keer)"
    assert f"moment {session.pk}: bezette plaatsen: 1 bewaard, 2 geteld" in text
    assert "Bob" not in text


def test_a_party_without_its_child_is_found(session):
    Participant.objects.filter(registration__name="Bob").delete()
    assert [(each.kept, each.found) for each in check_invariants(now=NOW)] == [(1, 0)]


def test_names_that_were_erased_in_time_break_nothing(session):
    Participant.objects.all().delete()
    Registration.objects.update(name="", email="", anonymised_at=NOW)
    assert check_invariants(now=NOW) == []


@pytest.mark.parametrize("moments", [1, 3])
def test_the_check_takes_two_statements(db, django_assert_num_queries, moments):
    for _ in range(moments):
        sign_up(a_moment())
    with django_assert_num_queries(2):
        check_invariants(now=NOW)


def test_the_command_says_what_is_wrong(session):
    said = StringIO()
    call_command("check_invariants", stdout=said)
    assert said.getvalue() == "Alles klopt.\n"
    Session.objects.update(confirmed_count=0)
    with pytest.raises(CommandError, match="1 keer"):
        call_command("check_invariants", stdout=said)
    assert "bezette plaatsen" in said.getvalue()


def test_the_nightly_task_gives_what_it_found(session):
    assert task() == []
    Session.objects.update(confirmed_count=0)
    assert task() == [f"moment {session.pk}: bezette plaatsen: 0 bewaard, 2 geteld"]


def test_the_database_reads_what_is_committed_now():
    assert isolation_level(None) == []


@pytest.mark.parametrize("level", [None, IsolationLevel.REPEATABLE_READ])
def test_another_isolation_level_is_refused(settings, monkeypatch, level):
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "isolation_level", level)
    assert [error.id for error in isolation_level(None)] == ["activities.E001"]
