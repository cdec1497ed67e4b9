"""From numbers side by side to sets of numbers, and back, without a Python object for each."""

from array import array

import numpy as np
from pyroaring import BitMap


def as_set(numbers: np.ndarray) -> BitMap:
    """The set of numbers (0 to 2³²). Through an array: a bitmap reads that in one go, and numpy one by one."""
    return BitMap(array("I", numbers.astype(np.uint32).tobytes()))


def as_numbers(numbers: BitMap) -> np.ndarray:
    """The numbers of a set, ascending."""
    return np.frombuffer(numbers.to_array(), dtype=np.uint32).astype(np.int64)


def where(mask: np.ndarray) -> BitMap:
    """The places at which a mask is true."""
    return as_set(np.flatnonzero(mask))
