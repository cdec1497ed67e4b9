"""One tick of the outbox: what Celery does at the bell and `manage.py deliver` without it."""

from collections import Counter
from datetime import timedelta

from huizen.outbox.deliver import Clock, deliver
from huizen.outbox.morning import gather
from huizen.outbox.release import release_due
from huizen.outbox.sweep import sweep


def tick(*, clock: Clock, budget: timedelta = timedelta(minutes=2)) -> Counter[str]:
    """Tidy, put the morning mails together, release what is due, send what waits. Any number of ticks may run beside each other.

    `clock` gives the time now: a tick takes a while. {state: how many mails ended in it}.
    """
    until = clock() + budget
    sweep(now=clock())
    gather(now=clock())
    release_due(now=clock())
    return deliver(clock=clock, until=until)
