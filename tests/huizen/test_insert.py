"""Rows of several tables in one statement."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from activities.models import Participant, Registration
from huizen.actions.logbook import event
from huizen.insert import insert_together
from huizen.models import Event, House, Message
from huizen.outbox.queue import letter
from tests.factories import NOW, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


def party(session, **facts):
    registration = RegistrationFactory.build(session=session, **facts)
    children = [
        Participant(registration=registration, first_name=name, birth_month=dt.date(2024, 3, 1))
        for name in ("Noor", "Sam 'de kleine' %s")
    ]
    mail = letter(
        key="a",
        category="change",
        recipient="an@example.org",
        template="test",
        context={"wie": ['"Noor"', 100 % 7]},
        now=NOW,
    )
    return [registration, *children, event("registered", registration, by=None, now=NOW), mail]


def test_everything_is_there_after_one_statement(django_assert_num_queries):
    session = SessionFactory()
    rows = party(session)
    with django_assert_num_queries(1):
        insert_together(rows)
    registration = Registration.objects.get()
    assert registration == rows[0]
    assert [child.first_name for child in registration.participants.order_by("pk")] == [
        "Noor",
        "Sam 'de kleine' %s",
    ]
    assert Event.objects.get().subject_id == str(registration.pk)
    assert (Message.objects.get().context, Message.objects.get().priority) == ({"wie": ['"Noor"', 2]}, 1)
    assert not rows[0]._state.adding


def test_what_is_read_back_is_what_the_orm_would_have_written():
    session = SessionFactory()
    row = RegistrationFactory.build(session=session, note="Hé €", created_at=NOW)
    insert_together([row])
    written = Registration.objects.get()
    for field in Registration._meta.concrete_fields:
        assert getattr(written, field.attname) == getattr(row, field.attname), field.name


def test_a_mail_whose_key_is_there_already_is_left_out():
    insert_together(party(SessionFactory()))
    insert_together(party(SessionFactory()))
    assert (Message.objects.count(), Registration.objects.count()) == (1, 2)


def test_a_row_that_breaks_a_rule_takes_all_with_it():
    session = SessionFactory()
    with pytest.raises(IntegrityError, match="registration_places"), transaction.atomic():
        insert_together(party(session, places=0))
    assert (Registration.objects.count(), Event.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_nothing_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_together([])


def test_a_table_with_a_serial_number_gets_one():
    insert_together([House(slug="a", name="A"), House(slug="b", name="B")])
    assert House.objects.filter(pk__isnull=False).count() == 2
