"""`manage.py deliver`: sends the mail that waits, with or without Celery."""

import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from huizen.outbox.tick import tick


class Command(BaseCommand):
    help = (
        "Send the mail that waits: once, or over and over with --loop (for an installation without a broker)."
    )

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="keep going until stopped")
        parser.add_argument("--every", type=float, default=20.0, help="seconds between two rounds (20)")

    def handle(self, *, loop, every, **options):
        self._round()
        while loop:
            time.sleep(every)
            self._round()

    def _round(self):
        for state, number in sorted(tick(clock=timezone.now).items()):
            self.stdout.write(f"{number} {state}")
