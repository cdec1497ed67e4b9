"""What every test may ask for: mail that is caught, a worker, a web server, a browser."""

import os
import shutil
from types import SimpleNamespace

import pytest
import redis

from activities.search import shelf
from config.embedded.ports import free_port
from huizen import changes
from tests import processes
from tests.smtp_sink import SmtpSink


@pytest.hookimpl(trylast=True)  # after pytest-django, which has an order of its own
def pytest_collection_modifyitems(items):
    """What takes minutes is begun first: begun last, it leaves all processes but one with nothing to do."""
    items.sort(key=lambda item: item.get_closest_marker("minutes") is None)


@pytest.fixture(autouse=True)
def valkey():
    """The cache and the broker, empty at the start of every test."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        client.flushdb()
        yield client


@pytest.fixture(autouse=True)
def fresh_feed():
    """What this process remembers of the database is of another test, whose rows are gone."""
    shelf.forget()
    changes.reset()
    yield
    shelf.forget()


@pytest.fixture
def smtp_sink(settings):
    """A mail server that keeps what it gets, and that the settings point to: see tests/smtp_sink.py."""
    sink = SmtpSink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def celery_worker_process(transactional_db, smtp_sink, tmp_path):
    """Start real Celery workers on the test database: `worker = celery_worker_process()`, `worker.kill()`.

    Ask for it after changing settings: a worker has the settings of the moment it starts.
    """
    started = []

    def start(**options):
        started.append(processes.celery_worker(tmp_path / f"worker-{len(started)}.log", **options))
        return started[-1]

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture(scope="session")
def _web_server(django_db_setup, django_db_blocker, tmp_path_factory):
    """One for the whole run: it takes seconds to start, and keeps nothing between two pages."""
    folder, port = tmp_path_factory.mktemp("portal"), free_port()
    environment = {
        "PORTAL_URL": f"http://localhost:{port}",
        "STATIC_ROOT": str(folder / "static"),
        "STATIC_COLLECTED": "1",
    }
    with django_db_blocker.unblock():
        processes.collect_static_files(**environment)
        server = processes.web_server(folder / "portal.log", port, **environment)
    yield SimpleNamespace(url=environment["PORTAL_URL"], log=server.log, pid=server.pid)
    server.stop()


@pytest.fixture
def live_portal(transactional_db, _web_server, settings):
    """The portal as in production: granian, fingerprinted files, all headers, on the test database. `.url`, `.log`.

    Not Django's live_server: that is another server, one that serves other files, with other threads.
    What a test changes in `settings` does not reach it.
    """
    settings.PORTAL_URL = _web_server.url
    return _web_server


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium, driven by Playwright."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None and "CI" not in os.environ:
        pytest.skip("Geen chromium op deze machine: de tests in een echte browser worden overgeslagen.")
    from playwright.sync_api import sync_playwright

    offline = [
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    options = ["--no-sandbox", "--disable-gpu", "--disable-quic", *offline]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread for as long as it lives; Django would refuse to query.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=program, args=options)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, live_portal):
    """A page on a phone in Flanders; `page.goto("/")` is the portal. Ask `browser` for another screen."""
    context = browser.new_context(
        base_url=live_portal.url,
        viewport={"width": 360, "height": 740},
        locale="nl-BE",
        timezone_id="Europe/Brussels",
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
