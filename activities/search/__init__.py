"""Finding what is on offer: an index in memory, kept true by the database."""

from activities.search.finding import cards, find, takes_place, without
from activities.search.wanted import Found, Hit, Spot, Thing, Wanted

__all__ = ["Found", "Hit", "Spot", "Thing", "Wanted", "cards", "find", "takes_place", "without"]
