"""Faults that nobody listed and that happen all the same: connections cut, bad addresses, a full disk."""

import errno
import os
import resource
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huizen.file_storage import FULL
from huizen.models import Message
from partners.models import AgendaDocument
from tests.factories import MembershipFactory
from tests.faults.mailroom import cut_all_connections, identities, queue, ring, ring_until_all_left, until
from tests.minutes_factories import AgendaItemFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.usefixtures("short_lease_and_no_night"),
]
State = Message.State
MANY, CUTS = 60, 3


def all_delivered(sink, *, again):
    """Ring until everything left; every mail once, or again as the very same mail, at most so often."""
    ring_until_all_left()
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}
    assert {mail.recipients for mail in sink.accepted} == {
        (f"k{n:03}@voorbeeld.example",) for n in range(MANY)
    }
    assert len(identities(sink)) == len({mail.raw for mail in sink.accepted}) == MANY
    assert len(sink.accepted) - MANY <= again


def test_a_database_that_restarts_under_a_worker_loses_nothing(celery_worker_process, smtp_sink):
    """Cut three times in the middle of sixty mails; the worker itself is not started again."""
    for number in range(MANY):
        queue(f"k{number:03}")
    smtp_sink.delay = 0.03
    celery_worker_process(concurrency=1)
    for part in range(CUTS):
        ring()
        until(lambda part=part: len(smtp_sink.received) > 8 * (part + 1))
        cut_all_connections()
    smtp_sink.delay = 0
    all_delivered(smtp_sink, again=CUTS)


BAD = {
    "k007@voorbeeld.example": "550 5.1.1 onbekend",
    "k013@voorbeeld.example": "553 5.1.3 zo schrijf je geen adres",
    "k021@voorbeeld.example": "501 5.1.7 syntax",
    "k030@voorbeeld.example": "452 4.2.2 vol",
}
ODD = [
    "geen-adres",
    "twee@@apen.example",
    "a b@voorbeeld.example",
    "x" * 70 + "@voorbeeld.example",
    "<b@c.example>",
]


def test_bad_addresses_in_the_midst_of_a_batch_hold_up_nobody(celery_worker_process, smtp_sink):
    """Refused for ever, refused for now, and such that they are no address: all on the one line that is kept open."""
    smtp_sink.recipient_answers |= BAD
    for number in range(MANY):
        queue(f"k{number:03}")
    for number, odd in enumerate(ODD):
        queue(f"k030-{number}", recipient=odd)
    celery_worker_process(concurrency=1)
    ring()
    good = MANY - len(BAD)
    until(lambda: Message.objects.filter(key__regex=r"^k\d{3}$", state=State.SENT).count() == good)
    until(lambda: not Message.objects.filter(state=State.SENDING).exists())

    assert len(identities(smtp_sink) - odd_ones(smtp_sink)) == good
    states = dict(Message.objects.filter(recipient__in=BAD).values_list("recipient", "state"))
    assert [states[address] for address in BAD] == [State.FAILED, State.FAILED, State.FAILED, State.QUEUED]
    assert not Message.objects.filter(recipient__in=ODD, state=State.SENDING).exists()
    assert set(Message.objects.filter(recipient__in=ODD).values_list("state", flat=True)) <= {
        State.FAILED,
        State.SENT,
        State.QUEUED,
    }


def odd_ones(sink):
    """What the mail server took for an address that we would not."""
    return {(mail.message_id, mail.date) for mail in sink.accepted if not mail.recipients[0].startswith("k0")}


# A full disk.
@pytest.fixture
def item():
    els = MembershipFactory().user
    return AgendaItemFactory(meeting__house=els.memberships.get().house, meeting__organiser=els)


@pytest.fixture
def full_disk():
    """No file may grow beyond a megabyte, as the kernel itself says it (setrlimit(2)); gives which files are new."""
    folder = Path(AgendaDocument._meta.get_field("file").storage.location)
    before = files_in(folder)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    yield lambda: files_in(folder) - before
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    for left in files_in(folder) - before:
        os.unlink(left)


def files_in(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


def upload(client, item):
    client.force_login(item.meeting.organiser)
    client.raise_request_exception = False
    file = SimpleUploadedFile("nota.pdf", b"%PDF-1.7" + b"x" * (2 * 2**20))
    return client.post(reverse("agenda_document_add", args=[item.pk]), {"title": "Nota", "file": file})


def test_a_full_disk_is_told_and_leaves_nothing_half(client, item, full_disk, caplog):
    answer = upload(client, item)
    assert answer.status_code == 507
    assert "Er is geen plaats meer voor bestanden." in answer.content.decode()
    assert (AgendaDocument.objects.count(), full_disk()) == (0, set())
    assert "the disk is full" in caplog.text


def test_without_the_guard_half_a_file_stays_and_the_person_reads_nothing(
    client, item, full_disk, monkeypatch
):
    """The negative control: Django's own storage, and nobody who knows what a full disk is."""
    monkeypatch.setattr("huizen.file_storage.Path.unlink", lambda self, missing_ok: None)
    monkeypatch.setattr("huizen.file_storage.FULL", {errno.EPERM} - FULL)
    answer = upload(client, item)
    assert answer.status_code == 500
    assert AgendaDocument.objects.count() == 0
    assert len(full_disk()) == 1
