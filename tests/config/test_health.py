"""/gezond/: what a monitor hears."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from config.embedded.ports import free_port
from huizen.models import Message


def queue(key, *, minutes_ago):
    at = timezone.now() - dt.timedelta(minutes=minutes_ago)
    Message.objects.create(key=key, category="account", recipient="a@b.example", created_at=at, not_before=at)


def test_all_is_well(client, db):
    answer = client.get("/gezond/")

    assert answer.status_code == 200
    assert answer.json() == {"database": True, "broker": True, "oldest_mail_seconds": None}


def test_it_tells_how_long_mail_waits(client, db):
    queue("later", minutes_ago=-60)
    queue("old", minutes_ago=30)
    queue("new", minutes_ago=1)

    assert 1800 <= client.get("/gezond/").json()["oldest_mail_seconds"] < 1810


def test_without_the_broker_the_portal_works(client, db, settings):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"

    answer = client.get("/gezond/")

    assert answer.status_code == 200
    assert answer.json()["broker"] is False


def test_without_the_database_nothing_works(client, transactional_db, monkeypatch):
    with monkeypatch.context() as patch:
        connection.close()
        patch.setitem(connection.settings_dict, "NAME", "bestaat_niet")
        answer = client.get("/gezond/")
        connection.close()

    assert answer.status_code == 503
    assert answer.json() == {"database": False, "broker": True, "oldest_mail_seconds": None}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(client, method):
    assert getattr(client, method)("/gezond/").status_code == 405
