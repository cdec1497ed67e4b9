"""A pytest plugin, loaded before the settings: the embedded services for who has none, data apart in var/test."""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from config import embedded
from config.translations import compile_words

# Static files are read where they are written: no test waits for them to be collected.
os.environ.setdefault("STATIC_COLLECTED", "0")
# What a test sees was made for it; tests/huizen/test_shared_pages.py asks for the shelf itself.
os.environ.setdefault("SHARED_PAGE_SECONDS", "0")
os.environ.setdefault("CHANGES_CHECK_SECONDS", "0")
embedded.ensure(testing=True)
compile_words()
VAR = Path(os.environ["VAR"])
(VAR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Each worker has its own test database, so its own letter box, broker and cache as well.
    os.environ["LETTERBOX"] = str(VAR / f"letterbox-{worker}")
    os.environ["REDIS_URL"] = (
        urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{int(worker.removeprefix('gw')) + 1}").geturl()
    )


def stamp_of(process: str | None) -> Path:
    """Where it stands of which migrations a test database was made; each process of xdist has its own database."""
    return VAR / f"migrations-{process or 'alone'}.sha256"


STAMP = stamp_of(worker)
# As Django and xdist name it.
DATABASE = f"test_{urlsplit(os.environ['DATABASE_URL']).path[1:]}"
TEMPLATE = f"{DATABASE}_template"


def is_stale(stamp: Path) -> bool:
    """Whether a database must be made anew: a migration changed, or it never came about."""
    return not stamp.exists() or stamp.read_text() != fingerprint()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    """A test database is kept from run to run, until a migration changes.

    Only a database that was made gets its stamp: a run without one, or broken off before, leaves it to the next.
    """
    if fixturedef.argname != "django_db_setup":
        return (yield)
    if is_stale(STAMP):
        STAMP.unlink(missing_ok=True)
        copy_template()
    made = yield
    STAMP.write_text(fingerprint())
    return made


def copy_template() -> None:
    """A database for this process, copied in a second; whoever needs it first makes the template, in half a minute."""
    with (VAR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_stale(stamp := stamp_of("template")):
            stamp.unlink(missing_ok=True)
            make_database(TEMPLATE, like="template1")
            migrate = [sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity", "0"]
            subprocess.run(
                migrate, cwd=embedded.BASE, env=os.environ | {"DATABASE_URL": url_of(TEMPLATE)}, check=True
            )
            stamp.write_text(fingerprint())
        make_database(f"{DATABASE}_{worker}" if worker else DATABASE, like=TEMPLATE)


def make_database(name: str, *, like: str) -> None:
    """In place of the one with that name, if there is one."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(like)))


def url_of(database: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()


def fingerprint() -> str:
    """What all migrations say, and the triggers that they make, in one short text."""
    digest = hashlib.sha256()
    triggers = embedded.BASE / "huizen" / "changes" / "triggers.py"
    for file in [*sorted(embedded.BASE.glob("*/migrations/*.py")), triggers]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
