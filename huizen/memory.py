"""What was freed goes back to the system, and what stays for good is not looked through again and again."""

import ctypes
import gc


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
