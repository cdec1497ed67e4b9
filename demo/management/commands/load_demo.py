"""The demo network: every House, partner, offer and family, made for today."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from demo.network.load import DemoError, empty, is_loaded, load
from demo.network.people import DEMO_PEOPLE


class Command(BaseCommand):
    help = "Laadt het voorbeeldnetwerk. Een tweede keer verandert niets; --reset begint opnieuw."

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=1, help="zoveel keer het aantal activiteiten")
        parser.add_argument("--reset", action="store_true", help="wis eerst alles behalve de plaatsen")

    def handle(self, *args, scale, reset, **options):
        if not settings.EMBEDDED:
            raise CommandError("Het voorbeeldnetwerk hoort alleen in de ingebouwde opstelling (EMBEDDED).")
        if not 1 <= scale <= 100:
            raise CommandError("Kies een schaal van 1 tot 100.")
        if is_loaded() and not reset:
            self.stdout.write("Het voorbeeldnetwerk staat er al. Met --reset begin je opnieuw.")
            return
        self._load(scale, reset)

    def _load(self, scale: int, reset: bool) -> None:
        try:
            with transaction.atomic():
                if reset:
                    empty()
                loaded = load(now=timezone.now(), scale=scale)
        except DemoError as error:
            raise CommandError(str(error)) from error
        with connection.cursor() as cursor:
            # Fresh tables have no statistics yet, and the first pages would be slow.
            cursor.execute("ANALYZE")
        self.stdout.write(f"Geladen: {loaded}.")
        self.stdout.write(f"Geen Huis in: {', '.join(loaded.without)}.")
        for person in DEMO_PEOPLE:
            self.stdout.write(f"  {person.email}: {person.what}")
