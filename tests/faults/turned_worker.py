"""The program: a real Celery worker whose clock says what stands in a file; see tests/faults/turned_clock.py.

`python -m tests.faults.turned_worker <file with a moment> <arguments of celery>`. It may know no models: nothing of
Django is ready before Celery makes it so.
"""

import sys
from datetime import datetime
from pathlib import Path

from celery.__main__ import main
from django.utils import timezone


def stand_still(clock: Path) -> None:
    """Let Django's clock say what stands in the file."""
    timezone.now = lambda: datetime.fromisoformat(clock.read_text())


if __name__ == "__main__":
    stand_still(Path(sys.argv.pop(1)))
    sys.exit(main())
