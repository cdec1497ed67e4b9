"""What was freed goes back to the system, and what stays for good is not looked through again and again."""

import ctypes
import gc

#: So many new objects make Python look for those that only hold each other. A page makes some hundreds, nearly all of
#: which go by themselves: with Python's own 700 it looked twice in three pages, a twentieth of their time.
MANY_OBJECTS = 10_000


def settle() -> None:
    """Once, when a web process has read in all its pages."""
    gc.set_threshold(MANY_OBJECTS, *gc.get_threshold()[1:])
    give_back()


def give_back() -> None:
    """After something large was made and what it was made of is gone.

    What is there now is taken to stay: looking through all of it took 0.15 s of whoever asked a page just then. Memory
    goes back to the system where the C library is glibc's, which keeps it for a process that soon needs as much again.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
