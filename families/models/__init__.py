"""The families the portal is for, with as little data as possible; and how they take part."""

from families.models.family import Child, Family
from families.models.participation import Idea, Talk

__all__ = ["Child", "Family", "Idea", "Talk"]
