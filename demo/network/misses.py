"""What people of the demo looked for, and how often they found it."""

from datetime import timedelta

from demo.network.world import World
from huizen.models import SearchPhrase

#: Words, how often not found, how often found, and how many days ago for the last time.
MISSED = (
    ("babyborrel", 9, 2, 1),
    ("wiegje ontlenen", 6, 0, 0),
    ("papadag", 4, 5, 3),
    ("poussette jumelle", 3, 0, 2),
    ("kleuterdisco", 2, 1, 8),
    ("qwertyuiop", 2, 0, 5),
    ("babymassage", 1, 14, 0),
    ("speelotheek", 0, 8, 1),
)


def make_misses(world: World) -> int:
    """A handful, so that staff see what their page is for; gives how many."""
    rows = [
        SearchPhrase(phrase=phrase, missed=missed, found=found, last_on=world.today - timedelta(days=ago))
        for phrase, missed, found, ago in MISSED
    ]
    return len(SearchPhrase.objects.bulk_create(rows, ignore_conflicts=True))
