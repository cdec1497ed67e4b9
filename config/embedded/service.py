"""A server that several processes share: it starts with the first and stops with the last."""

import atexit
import fcntl
import importlib.util
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO


class ServiceError(Exception):
    """A service does not start; the text says which, and what its log says."""


class Service(ABC):
    """A server with its data in one folder.

    Its users hold a shared lock on a file beside that folder. The kernel drops it when they die, however they die.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.log = folder.with_suffix(".log")

    @property
    @abstractmethod
    def url(self) -> str:
        """How to reach it."""

    @abstractmethod
    def running(self) -> bool:
        """Is it alive, and ours?"""

    @abstractmethod
    def start(self) -> None:
        """Start it and wait until it answers, or raise ServiceError."""

    @abstractmethod
    def stop(self) -> None:
        """Stop it and wait until it is gone."""

    def use(self) -> str:
        """Start it where needed, keep it until this process ends, and give its address."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if not self.running():
                self.start()
            self._users, self._user = self._open("users"), os.getpid()
            fcntl.flock(self._users, fcntl.LOCK_SH)
        atexit.register(self.leave)
        return self.url

    def leave(self) -> None:
        """Stop using it. The last one to leave stops the server."""
        if self._user != os.getpid() or self._users.closed:
            return  # a forked child, or done before
        with self._alone(), self._users, suppress(BlockingIOError):
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.stop()

    def revive(self) -> bool:
        """Start it again where it died; True when it had."""
        with self._alone():
            died = not self.running()
            if died:
                self.start()
        return died

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._open("lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _open(self, kind: str) -> TextIO:
        return self.folder.with_suffix(f".{kind}").open("w")

    def _failed(self) -> ServiceError:
        lines = self.log.read_text(errors="replace").splitlines()[-12:] if self.log.exists() else []
        return ServiceError("\n".join([f"{type(self).__name__} start niet. In {self.log} staat:", *lines]))


def wheel_folder(name: str) -> Path:
    """Where a wheel was installed, found without running its code."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(f"Het pakket {name} ontbreekt. Installeer requirements-dev.txt.")
    return Path(spec.submodule_search_locations[0])
