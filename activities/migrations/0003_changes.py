"""The offer stands on pages and in an index that are kept: its changes are told, by the activity they touch."""

from django.db import migrations

from huizen.changes import watch


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_initial"), ("huizen", "0003_changes")]
    operations = [
        watch("activities_activity"),
        watch("activities_activitytranslation", "activity_id"),
        watch("activities_schedule", "activity_id"),
        watch("activities_session", "activity_id"),
    ]
