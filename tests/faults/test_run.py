"""`make run`, and what may happen to it. The data stand apart; the ports are free ones."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil
import pytest

from config.children import MARK, environment_of
from config.embedded import BASE
from config.embedded.ports import free_port
from tests.services import VAR

pytestmark = pytest.mark.faults

OURS = [
    "DATABASE_URL",
    "DATABASE_POOL",
    "REDIS_URL",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMBEDDED",
    "STATIC_COLLECTED",
    "PORTAL_URL",
]


class Run:
    """A `make run` without the make."""

    def __init__(self, var, port, **environment):
        self.var, self.port = var, port
        clean = {key: value for key, value in os.environ.items() if key not in OURS}
        self.output = var / "output.txt"
        with self.output.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.run"],
                cwd=BASE,
                env=clean | {"VAR": str(var), "PORT": str(port), "DEMO": "0"} | environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, words, *, seconds=240):
        """Until it says this."""
        end = time.monotonic() + seconds
        while words not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < end, self.output.read_text()
            time.sleep(0.05)  # between two looks
        return self

    def stop(self, number=signal.SIGTERM):
        """The exit code, once it has ended."""
        self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def health(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/gezond/", timeout=20) as answer:
            return json.load(answer)

    def children(self, *, named=""):
        """What it started and left its mark on."""
        return [
            process
            for process in psutil.process_iter(["cmdline"])
            if environment_of(process).get(MARK) == str(self.var)
            and named in " ".join(process.info["cmdline"] or [])
        ]

    def servers(self):
        """The PostgreSQL and the Valkey of this folder."""
        return [
            p
            for p in psutil.process_iter(["cmdline", "cwd"])
            if str(self.var) in f"{p.info['cmdline']}{p.info['cwd']}"
        ]


@pytest.fixture(scope="module")
def var():
    # Two workers may each get a part of these tests.
    folder = VAR / f"run-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def run(var):
    started = []

    def start(port=None, **environment):
        started.append(Run(var, port or free_port(), **environment))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.stop()


def eventually(true, *, seconds=30):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)  # between two looks


def test_it_starts_answers_and_leaves_nothing_behind(run):
    portal = run().wait_for("staat klaar")
    assert portal.health() == {"database": True, "broker": True, "oldest_mail_seconds": None}
    assert f"http://localhost:{portal.port}/" in portal.output.read_text()

    assert portal.stop(signal.SIGINT) == 0

    assert portal.output.read_text().endswith("Huizenportaal stopt (SIGINT).\n")
    assert portal.children() == []
    assert portal.servers() == []


def test_what_a_killed_one_left_behind_is_replaced(run):
    killed = run().wait_for("staat klaar")
    killed.process.kill()
    killed.process.wait()
    orphans = killed.children()
    assert orphans

    began = time.monotonic()
    portal = run(killed.port).wait_for("staat klaar")

    print(f"Second start after {time.monotonic() - began:.1f} s")
    assert "Een vorige keer liet" in portal.output.read_text()
    assert portal.health()["database"]
    assert not any(orphan.is_running() for orphan in orphans)

    # What dies under it is started again.
    # The oldest: for a moment after its fork, a server of one connection bears the name of its parent.
    servers = [
        p for p in portal.servers() if "postgres" in " ".join(p.info["cmdline"]) and "-D" in p.info["cmdline"]
    ]
    server = min(servers, key=lambda process: process.create_time())
    server.kill()
    for child in portal.children(named="granian"):
        child.kill()
    portal.wait_for("Postgres was weg en draait weer.").wait_for("web stopte (code -9) en start opnieuw.")
    eventually(lambda: answers(portal))

    assert portal.stop() == 0
    assert portal.children() == []


def answers(portal):
    try:
        return portal.health()["database"]
    except OSError:
        return False


def test_a_taken_port_is_told_in_a_sentence(run):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = run(port)
        assert refused.process.wait(timeout=30) == 1

    assert (
        refused.output.read_text()
        == f"Poort {port} is niet vrij. Kies een andere: make run PORT={port + 1}\n"
    )


@pytest.mark.parametrize("port", ["tachtig", "0", "70000"])
def test_a_port_is_a_number(run, port):
    refused = run(port)

    assert refused.process.wait(timeout=30) == 1
    assert refused.output.read_text() == f"PORT={port} is geen poort. Kies een getal van 1 tot 65535.\n"


def test_a_database_that_does_not_answer_is_told_in_a_sentence(run):
    refused = run(DATABASE_URL=f"postgres://a@127.0.0.1:{free_port()}/a")

    assert refused.process.wait(timeout=60) == 1
    assert "De databank klaarzetten lukte niet. Waarom staat in" in refused.output.read_text()
    assert refused.servers() == []
