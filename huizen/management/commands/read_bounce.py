"""`manage.py read_bounce < mail`: reads a mail that came back, from the pipe of a mail server or from a Maildir."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils import timezone

from huizen.actions.bounce import hear_bounce, hear_maildir

#: What a mail server understands as "try again later" (sysexits.h, EX_TEMPFAIL).
LATER = 75


class Command(BaseCommand):
    help = "Read a mail that came back from standard input, or all mail in a Maildir."

    def add_arguments(self, parser):
        parser.add_argument("--maildir", default="", help="a folder with new/ and cur/ (or BOUNCE_MAILDIR)")

    def handle(self, *, maildir, **options):
        # Any other mail than a bounce is no fault: a mail server must not send it back in its turn.
        try:
            if folder := maildir or (settings.BOUNCE_MAILDIR if sys.stdin.isatty() else ""):
                self.stdout.write(f"{hear_maildir(folder, now=timezone.now())} gelezen")
            else:
                hear_bounce(sys.stdin.buffer.read(), now=timezone.now())
        except OperationalError as error:
            self.stderr.write(str(error))
            sys.exit(LATER)
