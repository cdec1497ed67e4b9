"""What parents said stands on the page of their House: its changes are told."""

from django.db import migrations

from huizen.changes import watch


class Migration(migrations.Migration):
    dependencies = [("families", "0002_initial"), ("huizen", "0003_changes")]
    operations = [watch("families_idea", "house_id"), watch("families_talk", "house_id")]
