"""PostgreSQL and Valkey from their PyPI wheels: nothing to install, nothing to configure, data in var/.

Who needs a service calls `ensure()`. It lives as long as somebody uses it: the last process that leaves stops it,
and what a killed process left behind is found and used, or replaced. The wheels' own Python is not used, only their
programs: it would open every folder above the data to everybody, knows no settings, and trusts stale pid files.
"""

import os
from pathlib import Path

from config.embedded.ports import remembered_port
from config.embedded.postgres import Postgres
from config.embedded.service import Service
from config.embedded.valkey import Valkey

BASE = Path(__file__).resolve().parent.parent.parent


def ensure(*, testing: bool = False) -> list[Service]:
    """Start what the environment does not name, name it there, and give what was started.

    With `testing`, the data stand apart and are not safe against a power cut, which is faster.
    """
    var = Path(
        os.environ.setdefault("VAR", str(BASE / "var" / "test" if testing else BASE / "var"))
    ).absolute()
    os.environ.setdefault("EMBEDDED", "1")
    services: list[Service] = []
    if "DATABASE_URL" not in os.environ:
        services.append(Postgres(var / "postgres", testing=testing))
        os.environ["DATABASE_URL"] = services[-1].use()
    if "REDIS_URL" not in os.environ:
        services.append(Valkey(var / "valkey"))
        os.environ["REDIS_URL"] = services[-1].use()
    if "EMAIL_HOST" not in os.environ:
        os.environ["EMAIL_HOST"] = "127.0.0.1"
        os.environ["EMAIL_PORT"] = str(remembered_port(var / "letterbox.port"))
        if not testing:
            # Mail in the letter box wakes nobody: who looks at night sees the reminders leave as well.
            os.environ.setdefault("OUTBOX_QUIET_FROM", "0")
            os.environ.setdefault("OUTBOX_QUIET_UNTIL", "0")
    if testing:
        # Race tests open hundreds of connections, one a thread.
        os.environ.setdefault("DATABASE_POOL", "0")
    return services
