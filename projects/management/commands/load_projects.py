"""The projects of the calls, as they were published; run after load_reference."""

from django.core.management.base import BaseCommand, CommandError

from projects.actions.reference import PlacesMissingError, load_projects


class Command(BaseCommand):
    help = "Voegt de gepubliceerde programma's, oproepen en projecten toe die er nog niet zijn."

    def handle(self, *args, **options):
        try:
            count = load_projects()
        except PlacesMissingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} projecten toegevoegd.")
