"""`make run`: the whole portal on a bare machine, until Ctrl-C.

    python -m config.run

Starts what the environment does not name (PostgreSQL, Valkey, a letter box), then the web server, a Celery worker and
its clock. What dies is started again; what an earlier, killed run left behind is stopped first.
"""

import fcntl
import os
import signal
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config import embedded
from config.children import Child, stop_all, stop_orphans
from config.embedded.ports import is_free, new_port, remembered_port
from config.embedded.service import Service, ServiceError


class Refusal(Exception):
    """Why the portal does not start: a Dutch sentence, with what to do."""


class Portal:
    """Everything that runs, and the wish to stop."""

    def __init__(self, var: Path, host: str, port: int):
        self.var, self.host, self.port = var, host, port
        self.stopping, self.why = threading.Event(), ""
        self.services: list[Service] = []
        self.children: list[Child] = []
        self._parent = os.getppid()

    def start(self) -> None:
        """From nothing to a portal that answers."""
        own_letterbox = "EMAIL_HOST" not in os.environ
        if own_letterbox and not is_free(remembered_port(self.var / "letterbox.port")):
            new_port(self.var / "letterbox.port")
        self.services = embedded.ensure()
        self.prepare()
        if own_letterbox:
            self.add("postman", "demo.postman", os.environ["EMAIL_PORT"], str(self.var / "letterbox"))
        self.add("web", *self.web_server())
        self.wait_for_answer()
        self.add("worker", *celery("worker", "--concurrency", "2", "--without-gossip", "--without-mingle"))
        self.add("clock", *celery("beat", "--schedule", str(self.var / "beat"), "--pidfile="))

    def prepare(self) -> None:
        """Database, static files and, the first time, the demo network."""
        self.add("prepare", "config.prepare")
        work = self.children[0]
        while work.exit_code is None and not self.wants_to_stop(0.05):
            pass
        if work.exit_code:
            raise Refusal(f"De databank klaarzetten lukte niet. Waarom staat in {work.log}")
        stop_all([work])
        self.children.remove(work)

    def add(self, name: str, *module: str) -> None:
        """One more child, unless it is time to stop."""
        if not self.wants_to_stop():
            child = Child(name, [sys.executable, "-m", *module], var=self.var)
            child.start()
            self.children.append(child)

    def web_server(self) -> list[str]:
        """A process for each processor up to four, with a few threads each: pages wait for the database."""
        size = ["--workers", str(min(os.cpu_count() or 1, 4)), "--blocking-threads", "8"]
        where = ["--host", self.host, "--port", str(self.port)]
        stay = ["--respawn-failed-workers", "--workers-kill-timeout", "5s"]
        return ["granian", "--interface", "wsgi", "--no-ws", *where, *size, *stay, "config.wsgi:application"]

    def wait_for_answer(self) -> None:
        """Until the portal says that it is well."""
        end = time.monotonic() + 180
        while not self.wants_to_stop(0.05) and not self.answers():
            self.look_after()
            if time.monotonic() > end:
                raise Refusal(f"Het portaal antwoordt niet. Waarom staat in {self.var / 'log' / 'web.log'}")

    def answers(self) -> bool:
        """Does the portal say that it is well?"""
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/gezond/", timeout=10):
            return True
        return False

    def look_after(self) -> None:
        """Start again what died, and say so."""
        for service in self.services:
            try:
                if service.revive():
                    say(f"{type(service).__name__} was weg en draait weer.")
            except ServiceError as error:
                say(str(error))
        for child in self.children:
            code = child.exit_code
            if child.revive():
                say(f"{child.name} stopte (code {code}) en start opnieuw. Waarom staat in {child.log}")

    def wants_to_stop(self, wait: float = 0) -> bool:
        """Did somebody press Ctrl-C, or kill the `make` that started us and cannot say so any more?"""
        if "MAKELEVEL" in os.environ and os.getppid() != self._parent:
            self.ask_to_stop("make is weg")
        return self.stopping.wait(wait)

    def ask_to_stop(self, why: str) -> None:
        """At the next quiet moment."""
        self.why = why
        self.stopping.set()

    def stop(self) -> None:
        """Everything, the children first."""
        stop_all(self.children)
        for service in self.services:
            service.leave()


def celery(*arguments: str) -> list[str]:
    """One of Celery's programs."""
    return ["celery", "-A", "config", *arguments, "--loglevel", "INFO"]


def main() -> int:
    """Run until a signal comes; 0 when all went well."""
    var = Path(os.environ.setdefault("VAR", str(embedded.BASE / "var"))).absolute()
    os.environ.setdefault("SMS_PROVIDER", "demo.text_messages.TextBox")
    try:
        portal = Portal(var, os.environ.get("HOST", "127.0.0.1"), port_asked())
        with only_one(portal):
            return run(portal)
    except (Refusal, ServiceError) as error:
        print(error, file=sys.stderr)
    except PermissionError as error:
        print(
            f"Dit mag niet als deze gebruiker: {error.filename}. Is {var} van iemand anders?", file=sys.stderr
        )
    return 1


def run(portal: Portal) -> int:
    """Start, look after, stop."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: portal.ask_to_stop(signal.Signals(number).name))
    say("Huizenportaal start. De eerste keer duurt dat een halve minuut.")
    try:
        portal.start()
        if not portal.wants_to_stop():
            say(welcome(portal))
        while not portal.wants_to_stop(1):
            portal.look_after()
        say(f"Huizenportaal stopt ({portal.why}).")
    finally:
        portal.stop()
    return 0


def port_asked() -> int:
    """The number in PORT."""
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT={text} is geen poort. Kies een getal van 1 tot 65535.")
    os.environ.setdefault("PORTAL_URL", f"http://localhost:{text}")
    return int(text)


@contextmanager
def only_one(portal: Portal) -> Iterator[None]:
    """One portal for a folder of data, on a port of its own. The kernel drops the lock of who was killed."""
    portal.var.mkdir(parents=True, exist_ok=True)
    with (portal.var / "run.lock").open("w") as lock:
        for _ in range(50):  # an earlier one may just be stopping
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.1)
        else:
            raise Refusal(f"Het portaal van {portal.var} draait al. Stop het eerst met Ctrl-C.")
        if count := stop_orphans(portal.var):
            say(f"Een vorige keer liet {count} programma's achter. Die zijn gestopt.")
        if not is_free(portal.port, portal.host):
            raise Refusal(
                f"Poort {portal.port} is niet vrij. Kies een andere: make run PORT={portal.port + 1}"
            )
        yield


def welcome(portal: Portal) -> str:
    """Where to look, who to be, and how to stop."""
    address = os.environ["PORTAL_URL"]
    people = (portal.var / "sign-ins.txt").read_text().splitlines()
    return "\n".join(
        [
            "Huizenportaal staat klaar.",
            "",
            f"  Portaal    {address}/",
            f"  Postvak    {address}/postvak/   alle mail, ook de code om je aan te melden",
            f"  Aanmelden  {address}/aanmelden/   met een van deze adressen:",
            *(f"             {line}" for line in people),
            "  Stoppen    Ctrl-C",
            "",
        ]
    )


def say(words: str) -> None:
    """On the screen, at once."""
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
