"""`make bench`: each job beside its yardstick. It prints figures and never judges them."""

import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    files = sorted(str(path) for path in Path(__file__).parent.glob("bench_*.py"))
    sys.exit(pytest.main(["-s", "-q", "-p", "no:cacheprovider", *files]))
