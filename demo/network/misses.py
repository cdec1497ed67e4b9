"""What people of the demo looked for and did not find."""

from datetime import timedelta

from demo.network.world import World
from huizen.models import SearchMiss

#: Words, how often, and how many days ago for the last time.
MISSED = (
    ("babyborrel", 9, 1),
    ("wiegje ontlenen", 6, 0),
    ("papadag", 4, 3),
    ("poussette jumelle", 3, 2),
    ("kleuterdisco", 2, 8),
    ("qwertyuiop", 2, 5),
)


def make_misses(world: World) -> int:
    """A handful, so that staff see what their page is for; gives how many."""
    rows = [
        SearchMiss(phrase=phrase, count=count, last_on=world.today - timedelta(days=ago))
        for phrase, count, ago in MISSED
    ]
    return len(SearchMiss.objects.bulk_create(rows, ignore_conflicts=True))
