"""What the clock asks of the offer: each task is a door to one action, and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from activities.actions import invariants, reminder, waiting_list


@shared_task(name="activities.sweep_waiting_lists")
def sweep_waiting_lists() -> None:
    waiting_list.sweep(now=timezone.now())


@shared_task(name="activities.reconcile_reminders")
def reconcile_reminders() -> None:
    reminder.reconcile(now=timezone.now())


@shared_task(name="activities.check_invariants")
def check_invariants() -> None:
    invariants.check_invariants(now=timezone.now())
