"""What was freed goes back to the system: the C library keeps it for a process that soon needs as much again."""

import ctypes
import gc


def give_back() -> None:
    """After something large was made and what it was made of is gone. Does nothing where the C library is not glibc's."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
