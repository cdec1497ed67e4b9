"""Whether the counted places are the places that families have."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from activities.actions.invariants import check_invariants


class Command(BaseCommand):
    help = (
        "Vergelijkt de getelde plaatsen met de inschrijvingen, en stopt met een fout als er iets niet klopt."
    )

    def handle(self, *args, **options):
        broken = check_invariants(now=timezone.now())
        for each in broken:
            self.stdout.write(str(each))
        if broken:
            raise CommandError(f"{len(broken)} keer klopt het niet.")
        self.stdout.write("Alles klopt.")
