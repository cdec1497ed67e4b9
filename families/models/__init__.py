"""The families the portal is for, with as little data as possible."""

from families.models.family import Child, Family

__all__ = ["Child", "Family"]
