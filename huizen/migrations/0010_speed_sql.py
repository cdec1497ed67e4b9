"""A name that stands on the page of a House is told to every process when it changes; a sign-in, which it is not, is not."""

from django.db import migrations

from huizen.changes import watch_column


class Migration(migrations.Migration):
    dependencies = [("huizen", "0003_changes")]
    operations = [watch_column("huizen_user", "name")]
