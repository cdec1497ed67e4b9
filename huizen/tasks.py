"""The doors that Celery knocks on: safe to open twice."""

import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from huizen import changes, retention, web_links
from huizen.actions import link_check, stray_files
from huizen.actions.bounce import hear_maildir
from huizen.outbox import doorbell
from huizen.outbox.tick import tick

#: Celery ends a task after ten minutes: the last visits must be over by then, the rest is for tomorrow.
LINK_SECONDS = 420


@shared_task(name="outbox.tick")
def outbox_tick() -> None:
    """Send what waits."""
    doorbell.heard()
    tick(clock=timezone.now)


@shared_task(name="outbox.read_bounces")
def read_bounces() -> None:
    """Read the mail that came back, where the mail server puts it in a folder."""
    if settings.BOUNCE_MAILDIR:
        hear_maildir(settings.BOUNCE_MAILDIR, now=timezone.now())


@shared_task(name="huizen.apply_retention")
def apply_retention() -> None:
    """Forget what is older than the policy allows."""
    now = timezone.now()
    retention.apply_retention(now=now)
    changes.forget(before=now - timedelta(days=changes.KEPT_DAYS))


@shared_task(name="huizen.sweep_files")
def sweep_files() -> int:
    """Delete uploaded files that no row knows."""
    return stray_files.sweep_files(now=timezone.now())


@shared_task(name="huizen.check_links")
def check_links() -> int:
    """Every night a part: each web address of the pages once a week, one that failed again the next night."""
    until = time.monotonic() + LINK_SECONDS
    urls = [link.url for link in web_links.all_links()]
    return link_check.check_links(urls, today=timezone.localdate(), enough=lambda: time.monotonic() > until)
