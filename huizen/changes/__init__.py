"""What changed in the database, told to every process: what is kept in memory stays true without being asked row by row.

Triggers write each change of a watched table into the feed `huizen_change`, whoever made it. A process reads the feed at
most once a second. Two numbers that a process keeps say how far it is: `generation()` grows with every change, and
`since(generation)` says what changed after it.
"""

from huizen.changes.feed import KEPT_DAYS, Change, forget, generation, reset, since
from huizen.changes.kept import Kept
from huizen.changes.pieces import Piece, Pieces
from huizen.changes.triggers import feed_table, watch, watch_column

__all__ = [
    "KEPT_DAYS", "Change", "Kept", "Piece", "Pieces", "feed_table", "forget", "generation", "reset", "since", "watch", "watch_column",
]  # fmt: skip
