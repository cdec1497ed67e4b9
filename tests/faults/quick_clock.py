"""The program: Celery's own clock, whose tick of the outbox comes every second instead of every twenty.

`python -m tests.faults.quick_clock <arguments of celery>`; nothing else in it is other than in production.
"""

import sys

from celery.__main__ import main

from config.celery import app

if __name__ == "__main__":
    app.conf.beat_schedule["outbox-tick"]["schedule"] = 1.0
    sys.exit(main())
