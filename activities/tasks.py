"""What the clock does for activities: doors to actions, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from activities.actions import check_asking, digest, freshness, invariants, reminder, waiting_list
from activities.actions.offer_import import carry_out_offer_imports
from activities.actions.outside_event import settle_all
from activities.actions.outside_reading import read_due
from activities.actions.sessions import extend_all_sessions
from activities.saved_search import fitting


@shared_task(name="activities.extend_sessions")
def extend_sessions():
    """Every night: the moments of all rules, up to the horizon."""
    return extend_all_sessions(now=timezone.now())


@shared_task(name="activities.sweep_waiting_lists")
def sweep_waiting_lists():
    """Every minute: places that are free go to who waits."""
    return waiting_list.sweep(now=timezone.now())


@shared_task(name="activities.reconcile_reminders")
def reconcile_reminders():
    """Every quarter of an hour: what was not planned, or no longer should be."""
    return reminder.reconcile(now=timezone.now())


@shared_task(name="activities.send_digests")
def send_digests():
    """Every half hour: the weekly mails of Thursday that did not go yet."""
    return digest.send_digests(search=fitting, now=timezone.now())


@shared_task(name="activities.check_invariants")
def check_invariants():
    """Every night: whether the counted places are the places that families have."""
    now = timezone.now()
    broken = invariants.check_invariants(now=now)
    invariants.tell_operators(broken, now=now)
    return [str(each) for each in broken]


@shared_task(name="activities.take_off_old_offer")
def take_off_old_offer():
    """Every night: what is over expires, and what nobody looked after is hidden."""
    now = timezone.now()
    return {"expired": freshness.expire_over(now=now), "hidden": freshness.hide_forgotten(now=now)}


@shared_task(name="activities.ask_whether_it_holds")
def ask_whether_it_holds():
    """Every morning: on the first working one of the month everybody is asked about her offer; else nothing is left to do."""
    return check_asking.ask_monthly(now=timezone.now())


@shared_task(name="activities.carry_out_imports")
def carry_out_imports():
    """Bring in what is confirmed, file by file; every minute, for what was confirmed while the broker was away."""
    carry_out_offer_imports(now=timezone.now())


@shared_task(name="activities.read_calendars")
def read_calendars():
    """Every minute: the calendars of others whose time has come (each once a night), and what follows from them."""
    now = timezone.now()
    return {"read": read_due(now=now), "settled": settle_all(now=now)}
