from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("huizen", "0003_changes")]

    operations = [
        migrations.AddField(
            model_name="searchmiss",
            name="is_dismissed",
            field=models.BooleanField(default=False, verbose_name="niet nodig"),
        ),
    ]
