"""The feed of changes, and the tables of the ground that pages and memory are made of."""

from django.db import migrations

from huizen.changes import feed_table, watch, watch_column


class Migration(migrations.Migration):
    dependencies = [("huizen", "0002_logbook_append_only")]
    operations = [
        feed_table(),
        watch("huizen_municipality", "nis_code"),
        watch("huizen_locality"),
        watch("huizen_placealias"),
        watch("huizen_house"),
        watch("huizen_housetranslation", "house_id"),
        watch("huizen_location"),
        watch("huizen_openinghours", "location_id"),
        watch("huizen_openingexception", "location_id"),
        watch("huizen_workingarea", "house_id"),
        watch("huizen_holiday"),
        watch("huizen_membership", "house_id"),
        watch("huizen_concept", "language"),
        # A name stands on the page of a House; a sign-in changes the same row, and is nobody's business.
        watch_column("huizen_user", "name"),
    ]
