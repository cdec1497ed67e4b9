"""docs/faults.md names only tests that exist, and every fault that we promised to withstand."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/faults.md").read_text(encoding="utf-8")
TESTS = sorted({word for word in re.findall(r"`([^`]+)`", PAGE) if "::" in word})
#: By number; what is missing in between is of other pages or was never one.
PROMISED = {
    *range(1, 8),
    9,
    *range(11, 15),
    *range(20, 27),
    *range(28, 35),
    36,
    37,
    *range(39, 44),
    45,
    *range(50, 54),
    *range(60, 66),
}
PROMISED -= {27}


def test_every_fault_has_its_row():
    assert {int(number) for number in re.findall(r"^\| F(\d+):", PAGE, re.MULTILINE)} == PROMISED


def test_every_row_names_a_test():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| fault")]
    assert [row for row in rows if "::" not in row.split("|")[3]] == []


@pytest.mark.parametrize("named", TESTS)
def test_the_test_exists(named):
    path, name = named.split("::")
    assert f"def {name}(" in (ROOT / "tests" / f"{path}.py").read_text(encoding="utf-8")
