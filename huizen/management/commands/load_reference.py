"""`manage.py load_reference`: municipalities, localities and holidays, brought in line with the files."""

from django.core.management.base import BaseCommand

from huizen import reference_data


class Command(BaseCommand):
    help = "Laadt gemeenten, plaatsen, andere namen, vakanties en feestdagen. Mag zo vaak als je wil."

    def handle(self, *args, **options):
        for kind, count in reference_data.load().items():
            self.stdout.write(f"{count} {kind}")
