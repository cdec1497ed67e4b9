"""What a web process reads in when it starts."""

import subprocess
import sys

from config.embedded import BASE
from tests.processes import environment_for_children

#: Each takes megabytes of every process, and most visitors need none of them.
LATE = ("fido2", "weasyprint", "openpyxl", "numpy.ma")


def test_what_few_visitors_need_is_not_read_in_at_the_start():
    program = f"import sys, config.wsgi; print([name for name in {LATE} if name in sys.modules])"
    command = [sys.executable, "-c", program]
    run = subprocess.run(
        command, cwd=BASE, env=environment_for_children(), capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]", run.stderr
