"""What an activity says in another language stands on pages that are kept: its changes are told."""

from django.db import migrations

from huizen.changes import watch


class Migration(migrations.Migration):
    dependencies = [("activities", "0004_language_1")]
    operations = [watch("activities_activitytranslation", "activity_id")]
