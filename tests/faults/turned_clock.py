"""A real Celery worker whose clock stands where a test puts it; nothing else in it is other than in production."""

from datetime import datetime
from pathlib import Path

from celery import current_app

from tests.faults.mailroom import until
from tests.processes import Process


class TurnedWorker:
    """The worker, seen from the test: put its clock somewhere, let it do a task, kill it, start it again."""

    def __init__(self, folder: Path):
        self._clock, self._folder, self._number = folder / "clock", folder, 0
        self.start()

    def start(self) -> None:
        """Begin, or begin again after `kill`."""
        self._number += 1
        self._log = self._folder / f"turned-{self._number}.log"
        self._clock.touch()
        quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        options = ["-A", "config", "worker", "--concurrency", "1", "--loglevel", "INFO", *quick]
        self._process = Process("tests.faults.turned_worker", str(self._clock), *options, log=self._log)
        self._process.wait_for(" ready.")
        self.kill, self.stop = self._process.kill, self._process.stop

    def turn(self, moment: datetime) -> None:
        """It is so late from now on."""
        self._clock.write_text(moment.isoformat())

    def ask(self, *tasks: str) -> list[str]:
        """Hand in these tasks, one after the other, and do not wait; what the log will say when each is done."""
        ids = [current_app.send_task(name, ignore_result=True).id for name in tasks]
        return [f"Task {name}[{number}] succeeded" for name, number in zip(tasks, ids, strict=True)]

    def at(self, moment: datetime, *tasks: str) -> None:
        """At this moment: these tasks, then a tick; comes back when it is done."""
        self.turn(moment)
        # It takes them in the order in which they were handed in: who sees the last one done need not look for the others.
        done = self.ask(*tasks, "outbox.tick")[-1]
        until(lambda: done in self._log.read_text())
