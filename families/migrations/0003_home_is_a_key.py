from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("families", "0002_initial")]
    operations = [
        migrations.RemoveField("family", "home"),
        migrations.AddField(
            "family",
            "home",
            models.CharField(blank=True, default="", max_length=120, verbose_name="waar je woont"),
            preserve_default=False,
        ),
    ]
