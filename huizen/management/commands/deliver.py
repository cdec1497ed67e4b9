"""`manage.py deliver`: sends the mail that waits, with or without Celery."""

import logging
import time

from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.utils import timezone

from huizen.outbox.tick import tick

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Send the mail that waits: once, or over and over with --loop (for an installation without a broker)."
    )

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="keep going until stopped")
        parser.add_argument("--every", type=float, default=20.0, help="seconds between two rounds (20)")

    def handle(self, *, loop, every, **options):
        if not loop:
            self._round()
        while loop:
            self._round_of_many()
            time.sleep(every)

    def _round_of_many(self):
        """One round that does not end the others: a database that is away for a while comes back."""
        try:
            self._round()
        except Error:
            log.exception("This round did not end; the next one goes on")
            connection.close()

    def _round(self):
        for state, number in sorted(tick(clock=timezone.now).items()):
            self.stdout.write(f"{number} {state}")
