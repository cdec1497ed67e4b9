"""Bring the database and the static files up to date, and say with which addresses one can sign in.

    python -m config.prepare

The first time, when nobody is known yet, the demo network is loaded; with DEMO=0 it never is.
"""

import os

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import management

from config.translations import compile_words


def main() -> None:
    """Everything that must be done before the web server starts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    compile_words()
    run("migrate", interactive=False)
    run("collectstatic", interactive=False)
    run("load_reference")
    run("load_projects")
    load_demo_once()
    (settings.VAR / "sign-ins.txt").write_text("\n".join(sign_ins()))


def run(command: str, **options) -> None:
    """A management command without its chatter."""
    management.call_command(command, verbosity=0, **options)


def load_demo_once() -> None:
    """The demo network, where nobody is known yet: never among real people."""
    if os.environ.get("DEMO") != "0" and not get_user_model().objects.exists():
        run("load_demo")


def sign_ins() -> list[str]:
    """The people of the demo that one can be: their address, and what they do."""
    from demo.network.people import DEMO_PEOPLE  # models: only after the set-up

    addresses = [person.email for person in DEMO_PEOPLE]
    known = set(get_user_model().objects.filter(email__in=addresses).values_list("email", flat=True))
    width = max(map(len, addresses))
    return [f"{person.email:<{width}}   {person.what}" for person in DEMO_PEOPLE if person.email in known]


if __name__ == "__main__":
    main()
