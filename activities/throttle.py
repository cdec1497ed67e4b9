"""How often one address may send a form (huizen/throttle.py)."""

from huizen.throttle import MOST, too_often

__all__ = ["MOST", "too_often"]
