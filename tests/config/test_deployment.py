"""Production: what the documents promise, and what the settings do when nothing is embedded."""

import re
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
import yaml
from django.conf import settings

from config.embedded.ports import free_port
from tests import processes

pytestmark = pytest.mark.django_db
PRODUCTION = {
    "EMBEDDED": "0",
    "SECRET_KEY": "only-for-this-test",
    "ALLOWED_HOSTS": "huizen.example",
    "BEHIND_PROXY": "1",
    "PORTAL_URL": "https://huizen.example",
}
SETTINGS = (settings.BASE_DIR / "config" / "settings.py").read_text()
COMPOSE = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())


def test_every_variable_is_explained():
    page = (settings.BASE_DIR / "docs" / "deployment.md").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', SETTINGS))
    explained = set(re.findall(r"^\| (.+?) \|", page, re.MULTILINE))
    assert read == {name for cell in explained for name in re.findall(r"`(\w+)`", cell)}


def test_every_variable_of_the_containers_is_read():
    given = set(COMPOSE["x-portal"]["environment"])
    assert given <= set(re.findall(r'env\.\w+\(\s*"(\w+)"', SETTINGS))


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_no_container_may_write_in_its_own_image(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "healthcheck" in service or name == "migrate"


def test_without_a_secret_nothing_starts():
    environment = processes.environment_for_children() | PRODUCTION | {"SECRET_KEY": ""}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert "Geef SECRET_KEY in de omgeving" in done.stderr


@pytest.fixture(scope="module")
def production(django_db_setup, django_db_blocker, tmp_path_factory):
    """A way to ask the portal as it is in production for a page."""
    folder, port = tmp_path_factory.mktemp("production"), free_port()
    environment = PRODUCTION | {"STATIC_ROOT": str(folder / "static"), "STATIC_COLLECTED": "1"}
    with django_db_blocker.unblock():
        processes.collect_static_files(**environment)
        server = processes.web_server(folder / "log", port, **environment)

    class StayHere(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args):
            return None

    def ask(path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
        for name, value in {"Host": "huizen.example", "X-Forwarded-Proto": "https", **headers}.items():
            request.add_header(name, value)
        try:
            return urllib.request.build_opener(StayHere).open(request, timeout=20)
        except urllib.error.HTTPError as answer:
            return answer

    yield ask
    server.stop()


def test_plain_http_is_sent_to_https(production):
    with production("/huizen/", **{"X-Forwarded-Proto": "http"}) as answer:
        assert answer.status == 301
        assert answer.headers["Location"] == "https://huizen.example/huizen/"


def test_the_health_check_needs_no_https(production):
    with production("/gezond/", **{"X-Forwarded-Proto": "http"}) as answer:
        assert answer.status == 200


def test_another_name_is_refused(production):
    with production("/gezond/", Host="elders.example") as answer:
        assert answer.status == 400


def test_there_is_no_letter_box(production):
    with production("/postvak/") as answer:
        assert answer.status == 404


def test_pages_insist_on_https_and_run_only_our_scripts(production):
    with production("/aanmelden/") as answer:
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie", []))
