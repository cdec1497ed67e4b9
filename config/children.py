"""Programs that `make run` keeps alive, each with a log of its own."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

MARK = "PORTAL_VAR"  # in the environment of every child: whose it is, also when its parent was killed
LONGEST_WAIT = 30.0  # seconds between two starts of a child that keeps dying
STEADY = 30.0  # seconds after which a death is no longer counted against it
PATIENCE = 15.0  # seconds in which a child may finish what it is doing
LARGEST_LOG = 5_000_000  # bytes
# glibc gives every few threads a heap of their own, and what one frees the others cannot use: of two there is enough.
FEW_HEAPS = {"MALLOC_ARENA_MAX": "2"}


class Child:
    """A program with its own children, in a session of its own, so that Ctrl-C reaches only its keeper."""

    def __init__(self, name: str, command: list[str], *, var: Path):
        self.name, self.command, self.var = name, command, var
        self.log = var / "log" / f"{name}.log"
        self._wait = 0.5

    def start(self) -> None:
        """Start it; its words go to the end of its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            if self.log.stat().st_size > LARGEST_LOG:
                self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                self.command,
                env=FEW_HEAPS | os.environ | {MARK: str(self.var)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started = time.monotonic()

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._popen.poll()

    def revive(self) -> bool:
        """Start it again when it died and has waited long enough; True when it was started."""
        if self.exit_code is None:
            return False
        lived = time.monotonic() - self._started
        if lived < self._wait:
            return False
        self._wait = 0.5 if lived > STEADY else min(2 * self._wait, LONGEST_WAIT)
        self.kill()
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """Let it finish what it is doing."""
        if self.exit_code is None:
            self._popen.terminate()

    def kill(self) -> None:
        """End it, with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()


def stop_all(children: Iterable[Child]) -> None:
    """Ask all at once, wait, and end who does not listen."""
    end = time.monotonic() + PATIENCE
    for child in children:
        child.ask_to_stop()
    while any(child.exit_code is None for child in children) and time.monotonic() < end:
        time.sleep(0.05)
    for child in children:
        child.kill()


def stop_orphans(var: Path) -> int:
    """End the children that an earlier, killed keeper left behind; gives how many there were."""
    orphans = [process for process in psutil.process_iter() if environment_of(process).get(MARK) == str(var)]
    for process in orphans:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, deaf = psutil.wait_procs(orphans, timeout=5)
    for process in deaf:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(deaf, timeout=5)
    return len(orphans)


def environment_of(process: psutil.Process) -> dict[str, str]:
    """What it was started with; nothing where we may not look."""
    with suppress(psutil.Error, OSError):
        return process.environ()
    return {}
