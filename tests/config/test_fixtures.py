"""Real processes beside the tests."""

import urllib.request

import pytest

from config.celery import app


def test_a_worker_answers_until_it_is_killed(celery_worker_process):
    worker = celery_worker_process()
    assert len(app.control.ping(timeout=3)) == 1

    worker.kill()

    assert app.control.ping(timeout=0.5) == []


def test_the_portal_answers(live_portal):
    with urllib.request.urlopen(f"{live_portal.url}/gezond/") as answer:
        assert answer.status == 200


@pytest.mark.browser
def test_a_browser_sees_the_portal(page):
    assert page.goto("/gezond/").status == 200
