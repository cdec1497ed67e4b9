"""What the index must know of each activity and moment, read from PostgreSQL in two statements, without a model.

Times are microseconds since 2000 in UTC and days are days since then, as PostgreSQL itself sends them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from django.db import connection

from huizen.recurrence import BRUSSELS, ONGOING

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
DAY = 86_400_000_000
NEVER = -1_000_000
NO_LIMIT = -1
#: So many activities are read at a time.
AT_A_TIME = 1_000


class Offer(NamedTuple):
    """A published activity of a published House. `checked`: the day, or NEVER; `dated`: it has a rule with moments.

    `title` and `description` hold their translations too: whoever types her own language finds what was told in it.
    """

    id: int
    house_id: int
    age_min: int
    age_max: int
    lat: float | None
    lon: float | None
    placeless: bool
    offer_type: str
    element: str
    price: str
    mode: str
    dutch: str
    languages: str
    life_domains: str
    reduced: bool
    childcare: bool
    indoor: bool
    wheelchair: str
    buggy: str
    checked: int
    ongoing: str
    dated: bool
    title: str
    summary: str
    description: str
    organiser: str
    place: str
    house: str


OFFERS = """
SELECT a.id, a.house_id, a.age_min, a.age_max, CASE WHEN l.kind <> 'online' THEN coalesce(l.lat, m.lat) END,
    CASE WHEN l.kind <> 'online' THEN coalesce(l.lon, m.lon) END, coalesce(l.kind = 'online', true),
    a.offer_type, a.element, a.price_kind, a.registration_mode, a.dutch,
    array_to_string(a.languages, ' '), array_to_string(a.life_domains, ' '), a.reduced_rate, a.childcare, a.indoor,
    coalesce(l.wheelchair, ''), coalesce(l.buggy, ''), coalesce(a.checked_on - DATE '2000-01-01', %(never)s),
    coalesce(rules.ongoing, ''), coalesce(rules.dated, false), concat_ws(' ', a.title, abroad.titles),
    a.summary, concat_ws(' ', a.description, a.plain, abroad.texts),
    coalesce(o.name, ''), coalesce(concat_ws(' ', l.name, l.town, m.name), ''), h.name
FROM activities_activity a
JOIN huizen_house h ON h.id = a.house_id AND h.is_published
LEFT JOIN huizen_location l ON l.id = a.location_id
LEFT JOIN huizen_municipality m ON m.nis_code = l.municipality_id
LEFT JOIN partners_organisation o ON o.id = a.organiser_id
LEFT JOIN (
    SELECT activity_id, bool_or(kind <> ALL(%(ongoing)s)) AS dated,
        (array_agg(kind ORDER BY id) FILTER (WHERE kind = ANY(%(ongoing)s)))[1] AS ongoing
    FROM activities_schedule WHERE %(ids)s::bigint[] IS NULL OR activity_id = ANY(%(ids)s::bigint[]) GROUP BY activity_id
) rules ON rules.activity_id = a.id
LEFT JOIN (
    SELECT activity_id, string_agg(title, ' ') AS titles, string_agg(summary || ' ' || description, ' ') AS texts
    FROM activities_activitytranslation
    WHERE %(ids)s::bigint[] IS NULL OR activity_id = ANY(%(ids)s::bigint[]) GROUP BY activity_id
) abroad ON abroad.activity_id = a.id
WHERE a.status = 'published' AND a.audience = 'families' AND (%(ids)s::bigint[] IS NULL OR a.id = ANY(%(ids)s::bigint[]))
ORDER BY a.id
"""
#: Half a million rows of numbers: sent as strings of bytes and read where they lie, without an object for each. Not as
#: one string: a connection keeps room for the longest row that it ever brought, twice as long as these numbers are.
MOMENTS = """
SELECT string_agg(
    int8send(s.id) || int8send(s.activity_id) || timestamptz_send(s.starts_at) || timestamptz_send(s.ends_at)
    || timestamp_send(s.starts_at AT TIME ZONE %(zone)s)
    || int2send(CASE WHEN s.capacity IS NULL OR a.waiting_order = 'draw' AND s.drawn_at IS NULL THEN %(no_limit)s
        WHEN s.waiting_count > 0 THEN 0
        ELSE greatest(0, s.capacity - s.confirmed_count - s.held_count - s.offered_count - s.kept_count) END::smallint), '')
FROM activities_session s
JOIN activities_activity a ON a.id = s.activity_id
WHERE s.status = 'scheduled' AND s.ends_at > %(since)s
    AND (%(ids)s::bigint[] IS NULL OR s.activity_id = ANY(%(ids)s::bigint[]))
GROUP BY s.id / 1024
"""
SENT = np.dtype(
    [("id", ">i8"), ("activity", ">i8"), ("starts", ">i8"), ("ends", ">i8"), ("wall", ">i8"), ("left", ">i2")]
)


def read_offers(ids: Sequence[int]) -> list[Offer]:
    """Those of these activities that parents see."""
    return [offer for some in _offers({"ids": list(ids)}) for offer in some]


def all_offers() -> Iterator[list[Offer]]:
    """All activities that parents see, some at a time: their texts are many times as large as what is kept of them."""
    return _offers({"ids": None})


def _offers(wanted: dict) -> Iterator[list[Offer]]:
    with connection.cursor() as cursor:
        cursor.execute(OFFERS, {"ongoing": sorted(ONGOING), "never": NEVER} | wanted)
        while rows := cursor.fetchmany(AT_A_TIME):
            yield list(map(Offer._make, rows))


def read_moments(*, since: datetime, ids: Sequence[int] | None = None) -> np.ndarray:
    """The moments that take place and end after `since`: id, activity, starts, ends, wall and left.

    `left`: the places for a newcomer, 0 where others wait already, NO_LIMIT where nobody counts.
    """
    known = None if ids is None else list(ids)
    facts = {"zone": BRUSSELS.key, "since": since, "ids": known, "no_limit": NO_LIMIT}
    with connection.cursor() as cursor:
        cursor.execute(MOMENTS, facts)
        return np.frombuffer(b"".join(sent for (sent,) in cursor.fetchall()), dtype=SENT)


def microseconds(moment: datetime) -> int:
    """A moment as the columns hold it."""
    return (moment - EPOCH) // timedelta(microseconds=1)


# Kept: the same moments come first in every search of a day.
@lru_cache(maxsize=4096)
def moment_of(microseconds: int) -> datetime:
    """The other way round, in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


def day_number(day: date) -> int:
    """A day as the columns hold it."""
    return (day - EPOCH.date()).days
