"""Two kinds of mail more, and the address that ends the weekly one."""

from django.db import migrations, models
from django.db.models import Case, Q, Value, When

CATEGORIES = [
    ("confirmation", "bevestiging van een inschrijving"),
    ("change", "wijziging of annulering"),
    ("place_free", "een plaats kwam vrij"),
    ("session_reminder", "herinnering aan een activiteit"),
    ("meeting", "uitnodiging of wijziging van een overleg"),
    ("meeting_reminder", "herinnering aan een overleg"),
    ("invitation", "uitnodiging voor het portaal"),
    ("account", "aanmelden"),
    ("follow", "vraag om een weekmail"),
    ("digest", "weekmail"),
]
PRIORITY = Case(
    When(category__in=["account", "confirmation", "follow"], then=Value(0)),
    When(category__in=["session_reminder", "meeting_reminder", "digest"], then=Value(2)),
    default=Value(1),
)


class Migration(migrations.Migration):

    dependencies = [("huizen", "0002_logbook_append_only")]

    operations = [
        migrations.AlterField(
            "message", "category", models.CharField(choices=CATEGORIES, max_length=20, verbose_name="soort")
        ),
        migrations.AlterField(
            "plannedmessage",
            "category",
            models.CharField(choices=CATEGORIES, max_length=20, verbose_name="soort"),
        ),
        migrations.AlterField(
            "suppression",
            "category",
            models.CharField(blank=True, choices=CATEGORIES, max_length=20, verbose_name="soort"),
        ),
        migrations.AddField(
            "message",
            "unsubscribe_url",
            models.CharField(blank=True, default="", max_length=300, verbose_name="adres om te stoppen"),
            preserve_default=False,
        ),
        # A generated column cannot be altered: it is made anew.
        migrations.RemoveIndex("message", "message_queued"),
        migrations.RemoveField("message", "priority"),
        migrations.AddField(
            "message",
            "priority",
            models.GeneratedField(
                db_persist=True, expression=PRIORITY, output_field=models.SmallIntegerField()
            ),
        ),
        migrations.AddIndex(
            "message",
            models.Index(
                condition=Q(state="queued"), fields=["priority", "not_before"], name="message_queued"
            ),
        ),
    ]
