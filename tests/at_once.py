"""Several people at the same moment, each on an own connection: for the tests of races."""

import threading
from contextlib import suppress

from django.db import connection, connections

THREADS = 40


def at_once(acts, *, threads: int = THREADS) -> list:
    """What each act gave, or the error that it raised. All threads are connected before the first act begins."""
    acts, results = list(acts), {}
    threads = min(threads, len(acts))
    barrier = threading.Barrier(threads)

    def work(first: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            for number in range(first, len(acts), threads):
                try:
                    results[number] = acts[number]()
                except Exception as error:
                    results[number] = error
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=(first,)) for first in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [results[number] for number in range(len(acts))]


def then_together(act, number: int):
    """The same act, after which so many threads wait for each other: all have looked before any of them writes.

    Who waits in vain for two seconds goes on: where a guard stands, the others are behind it.
    """
    all_here = threading.Barrier(number)

    def waiting(*args, **kwargs):
        found = act(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            all_here.wait(2)
        return found

    return waiting


def deadlocks() -> int:
    """How many the database has seen so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]
