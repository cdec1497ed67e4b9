"""Partners stand on pages that are kept: their changes are told."""

from django.db import migrations

from huizen.changes import watch


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("huizen", "0003_changes")]
    operations = [
        watch("partners_organisation"),
        watch("partners_partnership", "house_id"),
        watch("partners_contact", "organisation_id"),
    ]
