"""A pytest plugin, loaded before the settings: the embedded services for who has none, data apart in var/test."""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

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


def is_stale(stamp: Path) -> bool:
    """Whether a database must be made anew: a migration changed, or it never came about."""
    return not stamp.exists() or stamp.read_text() != fingerprint()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """A test database is kept from run to run, until a migration changes."""
    only_leads_others = worker is None and config.getoption("dist", "no") != "no"
    if not only_leads_others and is_stale(STAMP):
        config.option.create_db = True
        STAMP.unlink(missing_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    """Only a database that was made gets its stamp: a run without one, or broken off before, leaves it to the next."""
    made = yield
    if fixturedef.argname == "django_db_setup":
        STAMP.write_text(fingerprint())
    return made


def fingerprint() -> str:
    """What all migrations say, and the triggers that they make, in one short text."""
    digest = hashlib.sha256()
    triggers = embedded.BASE / "huizen" / "changes" / "triggers.py"
    for file in [*sorted(embedded.BASE.glob("*/migrations/*.py")), triggers]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
