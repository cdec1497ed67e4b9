"""Bring the database and the static files up to date, and say with which addresses one can sign in.

    python -m config.prepare

The first time, when nobody is known yet, the demo network is loaded.
"""

import os

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import management
from django.db import transaction

from huizen.roles import Role


def main() -> None:
    """Everything that must be done before the web server starts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    run("migrate", interactive=False)
    run("collectstatic", interactive=False)
    run("load_reference")
    load_demo_once()
    (settings.VAR / "sign-ins.txt").write_text("\n".join(sign_ins()))


def run(command: str, **options) -> None:
    """A management command without its chatter, where its app is there."""
    if command in management.get_commands():
        management.call_command(command, verbosity=0, **options)


def load_demo_once() -> None:
    """The demo network, whole or not at all, where nobody is known yet."""
    if not get_user_model().objects.exists():
        with transaction.atomic():
            run("load_demo")


def sign_ins() -> list[str]:
    """An address of the demo for each role, and one of a parent."""
    people = get_user_model().objects.filter(email__endswith=".example").order_by("pk")
    found = [
        (people.filter(memberships__role=role, memberships__ended_at=None).first(), role.label)
        for role in Role
    ]
    found.append((people.filter(memberships=None, is_staff=False).first(), "Ouder"))
    return [f"{person.email:<44} {label}" for person, label in found if person]


if __name__ == "__main__":
    main()
