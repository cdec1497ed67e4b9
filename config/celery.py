"""Celery: the clock and the doorbell of the outbox. What is due stands in the database."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("huizenportaal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # A tick that waited longer than its own interval is of no use: the next one does the same work.
    "outbox-tick": {"task": "outbox.tick", "schedule": 20.0, "options": {"expires": 18}},
    "bounces": {"task": "outbox.read_bounces", "schedule": 300.0, "options": {"expires": 290}},
    "waiting-lists": {"task": "activities.sweep_waiting_lists", "schedule": 60.0, "options": {"expires": 55}},
    "reconcile-reminders": {"task": "activities.reconcile_reminders", "schedule": crontab(minute="*/15")},
    "reconcile-meeting-reminders": {
        "task": "partners.reconcile_reminders",
        "schedule": crontab(minute="7-59/15"),
    },
    "extend-meeting-series": {
        "task": "partners.extend_meeting_series",
        "schedule": crontab(hour=3, minute=25),
    },
    "reconcile-report-reminders": {
        "task": "projects.reconcile_reminders",
        "schedule": crontab(hour=4, minute=25),
    },
    "reconcile-application-reminders": {
        "task": "projects.reconcile_applications",
        "schedule": crontab(hour=4, minute=50),
    },
    # What was confirmed while the broker was away.
    "partner-imports": {"task": "partners.carry_out_imports", "schedule": 60.0, "options": {"expires": 55}},
    "offer-imports": {"task": "activities.carry_out_imports", "schedule": 60.0, "options": {"expires": 55}},
    "read-calendars": {"task": "activities.read_calendars", "schedule": 60.0, "options": {"expires": 55}},
    "weekly-mails": {"task": "activities.send_digests", "schedule": crontab(minute="5,35")},
    "partner-news": {"task": "partners.send_news", "schedule": crontab(minute="15,45")},
    "extend-sessions": {"task": "activities.extend_sessions", "schedule": crontab(hour=3, minute=10)},
    "check-invariants": {"task": "activities.check_invariants", "schedule": crontab(hour=3, minute=40)},
    "take-off-old-offer": {
        "task": "activities.take_off_old_offer",
        "schedule": crontab(hour=3, minute=55),
    },
    "reconcile-surveys": {"task": "projects.reconcile_surveys", "schedule": crontab(hour=5, minute=20)},
    "check-links": {"task": "huizen.check_links", "schedule": crontab(hour=4, minute=40)},
    "ask-whether-it-holds": {
        "task": "activities.ask_whether_it_holds",
        "schedule": crontab(hour=9, minute=10),
    },
    "sweep-files": {"task": "huizen.sweep_files", "schedule": crontab(hour=4, minute=25)},
    "retention": {"task": "huizen.apply_retention", "schedule": crontab(hour=4, minute=10)},
}
