"""What people looked for, and whether they found it: counted, without anything that tells who."""

import re
from datetime import datetime

from django.db import connection
from psycopg.sql import SQL, Identifier

from huizen.models import SearchPhrase
from huizen.search.text import tokens
from huizen.words import wall

MOST_LETTERS, MOST_WORDS = 60, 6
#: More figures than an age has may be a telephone or register number, an @ an address: neither is ours to keep.
_PERSONAL = re.compile(r"\d\D*\d\D*\d|@")

_UPSERT = SQL(
    "INSERT INTO {table} AS kept (phrase, missed, found, last_on, is_dismissed) VALUES (%s, %s, %s, %s, false) "
    "ON CONFLICT (phrase) DO UPDATE SET missed = kept.missed + excluded.missed, found = kept.found + excluded.found, "
    "last_on = greatest(kept.last_on, excluded.last_on)"
).format(table=Identifier(SearchPhrase._meta.db_table))


def count_search(phrase: str, *, found: bool, now: datetime) -> bool:
    """Count words for which somebody found what she looked for, or did not; says whether they were kept.

    Not kept: what holds three figures or an @, has more than 60 letters or more than six words, or has none.
    """
    words = tokens(phrase)
    plain = " ".join(words)
    if not 0 < len(plain) <= MOST_LETTERS or len(words) > MOST_WORDS or _PERSONAL.search(phrase):
        return False
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [plain, int(not found), int(found), wall(now).date()])
    return True
