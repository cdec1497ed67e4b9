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


STAMP = VAR / "migrations.sha256"
#: The codes of a run in which tests ran, so that the database was made.
RAN = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """A test database is kept from run to run, until a migration changes."""
    if worker is None and (not STAMP.exists() or STAMP.read_text() != fingerprint()):
        config.option.create_db = True
        STAMP.unlink(missing_ok=True)


def pytest_sessionfinish(session, exitstatus):
    """A run that was broken off before its first test made no database: the next one must."""
    if worker is None and exitstatus in RAN:
        STAMP.write_text(fingerprint())


def fingerprint() -> str:
    """What all migrations say, and the triggers that they make, in one short text."""
    digest = hashlib.sha256()
    triggers = embedded.BASE / "huizen" / "changes" / "triggers.py"
    for file in [*sorted(embedded.BASE.glob("*/migrations/*.py")), triggers]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
