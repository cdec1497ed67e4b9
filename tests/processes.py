"""Real processes beside the tests: a Celery worker and the web server, on the test database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from config.children import FEW_HEAPS
from config.embedded import BASE


class Process:
    """A process with its children; its words go to a file."""

    def __init__(self, *command: str, log: Path, **environment: str):
        self.log = log
        with log.open("ab") as file:
            self._popen = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=BASE,
                env=FEW_HEAPS | environment_for_children() | environment,
                stdout=file,
                stderr=file,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    def wait_for(self, words: str, *, seconds: float = 120) -> None:
        """Wait until it says this."""
        end = time.monotonic() + seconds
        while words not in self.log.read_text(errors="replace"):
            assert self._popen.poll() is None, self.log.read_text(errors="replace")[-3000:]
            assert time.monotonic() < end, self.log.read_text(errors="replace")[-3000:]
            time.sleep(0.05)  # between two looks

    def processor_seconds(self) -> float:
        """What it and its children have had of the processor, as Linux counts it."""
        ticks = sum(sum(map(int, fields[11:13])) for fields in self._fields())
        return ticks / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """What the largest of its processes holds in memory."""
        pages = max(int(fields[21]) for fields in self._fields())
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def _fields(self) -> Iterator[list[str]]:
        """The figures of each process of its session (proc_pid_stat(5), from the third on)."""
        for file in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = file.read_text().rpartition(") ")[2].split()
                if int(fields[3]) == self.pid:
                    yield fields

    def kill(self) -> None:
        """kill -9, children too: nobody gets to say goodbye."""
        self._signal(signal.SIGKILL)
        self._popen.wait()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        with suppress(ProcessLookupError):
            self._popen.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=15)
        self.kill()

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)


def environment_for_children() -> dict[str, str]:
    """The settings as this test has them, for a process of its own."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {
        "DATABASE_URL": database.geturl(),
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_HOST": settings.EMAIL_HOST,
        "EMAIL_PORT": str(settings.EMAIL_PORT),
        "PORTAL_URL": settings.PORTAL_URL,
    }


def celery_worker(log: Path, *, pool: str = "prefork", concurrency: int = 2) -> Process:
    """A worker that is ready for work."""
    quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    options = ["--pool", pool, "--concurrency", str(concurrency), "--loglevel", "INFO", *quick]
    worker = Process("celery", "-A", "config", "worker", *options, log=log)
    worker.wait_for(" ready.")
    return worker


def collect_static_files(**environment: str) -> None:
    """As before a start in production: compressed, and named by their content."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=BASE, env=environment_for_children() | environment, check=True)


def web_server(
    log: Path, port: int, *, application: str = "config.wsgi:application", **environment: str
) -> Process:
    """The web server of production, with enough threads for many visitors at once.

    Not counted by coverage: its workers end without telling what they ran, and counting slows down every page.
    """
    server = Process(
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "32", application),
        log=log,
        COVERAGE_PROCESS_CONFIG="",
        **environment,
    )
    server.wait_for("Started worker-1")
    return server
