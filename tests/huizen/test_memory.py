"""What was freed goes back to the system, where its C library can."""

import ctypes
import gc
import weakref

import psutil
import pytest

from huizen.memory import give_back

CAN = hasattr(ctypes.CDLL(None), "malloc_trim")


@pytest.mark.skipif(not CAN, reason="Alleen glibc geeft geheugen terug dat tussen andere dingen ligt.")
def test_memory_that_lies_below_something_else_goes_back():
    used = [bytes(1000) for _ in range(50_000)]
    above = bytes(1000)  # without it the C library would give back by itself
    used.clear()
    before = psutil.Process().memory_info().rss
    give_back()
    assert before - psutil.Process().memory_info().rss > 20_000_000
    assert above


class Ring:
    """It holds itself, so that it goes only when Python looks for such."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def _thawed():
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_thawed")
def test_what_stays_is_looked_through_no_more_until_something_large_is_made_again():
    ring = Ring()
    give_back()
    seen = weakref.ref(ring)
    del ring
    gc.collect()
    assert seen()
    give_back()
    assert not seen()
