"""Words that people search with: how often they were missed, and how often found."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("huizen", "0003_changes")]
    operations = [
        migrations.RemoveConstraint("SearchMiss", "search_miss_says_something"),
        migrations.RenameModel("SearchMiss", "SearchPhrase"),
        migrations.RenameField("SearchPhrase", "count", "missed"),
        migrations.AlterField(
            "SearchPhrase", "missed", models.PositiveIntegerField("hoe vaak niet gevonden", default=0)
        ),
        migrations.AddField(
            "SearchPhrase", "found", models.PositiveIntegerField("hoe vaak gevonden", default=0)
        ),
        migrations.AlterModelOptions(
            "SearchPhrase", {"verbose_name": "zoekvraag", "verbose_name_plural": "zoekvragen"}
        ),
        migrations.AddConstraint(
            "SearchPhrase",
            models.CheckConstraint(
                condition=~Q(phrase="") & (Q(missed__gte=1) | Q(found__gte=1)),
                name="search_phrase_says_something",
                violation_error_message="Een zoekvraag heeft woorden, en iemand zei hoe het ging.",
            ),
        ),
    ]
