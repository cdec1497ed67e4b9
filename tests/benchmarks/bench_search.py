"""How long a search takes in the process that answers: 1,000, 10,000 and 100,000 activities with five moments each.

`pytest tests/benchmarks/bench_search.py -s`
"""

import resource
import statistics
import time
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone
from psycopg import sql

from activities import search
from activities.models import Activity, Session
from activities.search import shelf
from activities.search.periods import between
from huizen.vocabulary import OfferType
from tests.factories import HouseFactory, LocationFactory

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 60
BUDGET = {"median ms": 5.0, "p99 ms": 15.0}
GEEL = search.Spot(51.1612, 4.9893)
WORDS = [
    "spelen",
    "zingen",
    "lezen",
    "slapen",
    "eten",
    "groeien",
    "praten",
    "oefenen",
    "wandelen",
    "fietsen",
    "bouwen",
    "dansen",
    "luisteren",
    "knutselen",
    "tekenen",
    "bakken",
]
GROUPS = [
    "peuters",
    "kleuters",
    "ouders",
    "vaders",
    "moeders",
    "baby's",
    "gezinnen",
    "tieners",
    "buren",
    "grootouders",
]

ACTIVITIES = """
INSERT INTO activities_activity (house_id, location_id, slug, title, summary, description, plain, offer_type, element, pillar, life_domains,
    age_min, age_max, languages, dutch, price_kind, reduced_rate, registration_mode, channels, phone, email, counts, asks_birth_month,
    closes_hours, welcome, bring, siblings, childcare, indoor, status, checked_on, changed_at, is_demo)
SELECT (%(houses)s::bigint[])[1 + n %% 200], (%(places)s::bigint[])[1 + n %% 200], 'proef-' || n,
    (%(words)s::text[])[1 + n %% 16] || ' met ' || (%(groups)s::text[])[1 + n / 16 %% 10] || ' ' || n,
    'Kom ' || (%(words)s::text[])[1 + n / 7 %% 16] || ' en ' || (%(words)s::text[])[1 + n / 3 %% 16] || ' in je buurt.',
    'We ' || (%(words)s::text[])[1 + n / 5 %% 16] || ' samen. Er is koffie en thee. Breng je kind mee naar zaal ' || n %% 1000 || '. Je hoeft niets te kennen, iedereen is welkom, ook oma en opa.', '',
    (%(kinds)s::text[])[1 + n %% 32], (ARRAY['support', 'encounter', 'activities'])[1 + n %% 3], 'social_cohesion',
    ARRAY[(ARRAY['parenting', 'health', 'leisure', 'education'])[1 + n %% 4]], n %% 60 - 9, n %% 60 + 12 + n %% 100,
    ARRAY['nl', (ARRAY['fr', 'en', 'tr', 'ar', 'uk'])[1 + n %% 5]], (ARRAY['none', 'little', 'fluent'])[1 + n %% 3],
    (ARRAY['free', 'own_choice'])[1 + n %% 2], n %% 5 = 0, (ARRAY['none', 'optional', 'required'])[1 + n / 2 %% 3], ARRAY[]::text[],
    '', '', 'children', true, 0, '', '', 'unknown', n %% 7 = 0, n %% 4 > 0, 'published', current_date - n %% 200, now(), false
FROM generate_series(1, %(number)s) n
"""
MOMENTS = """
INSERT INTO activities_session (activity_id, original_start, starts_at, ends_at, status, cancel_reason, capacity, confirmed_count,
    held_count, waiting_count, waiting_last, time_version, ical_uid, ical_sequence, changed_at)
SELECT id, start, start, start + interval '2 hours', 'scheduled', '', 10, id %% 11, 0, 0, 0, 1, gen_random_uuid(), 0, now()
FROM activities_activity, generate_series(0, 4) k,
    LATERAL (SELECT date_trunc('day', now()) + (id * 7 + k * 73) %% 364 * interval '1 day' + (8 + id %% 12) * interval '1 hour') at (start)
"""
#: The yardstick: the same words, two filters and four counted facets, by PostgreSQL with its own index on words.
IN_SQL = (
    "CREATE TABLE bench_words AS SELECT id, price_kind, element, offer_type, dutch, age_min, age_max,"
    " setweight(to_tsvector('dutch', title), 'A') || to_tsvector('dutch', summary || ' ' || description) AS words"
    " FROM activities_activity",
    "CREATE INDEX ON bench_words USING gin (words)",
    "ANALYZE bench_words",
)
PAGE_IN_SQL = """
SELECT id FROM bench_words, plainto_tsquery('dutch', 'zingen') asked
WHERE words @@ asked AND price_kind = 'free' AND age_min < 30 AND age_max >= 12 ORDER BY ts_rank(words, asked) DESC, id LIMIT 20
"""
COUNTS_IN_SQL = """
SELECT element, offer_type, dutch, price_kind, count(*) FROM bench_words WHERE words @@ plainto_tsquery('dutch', 'zingen')
AND age_min < 30 AND age_max >= 12 GROUP BY GROUPING SETS ((element), (offer_type), (dutch), (price_kind))
"""
SEARCHES = {
    "one word, two filters": search.Wanted(q="zingen", gratis=True, leeftijd=(12, 30)),
    "words, two filters": search.Wanted(q="zingen met peuters", spot=GEEL, gratis=True, leeftijd=(12, 30)),
    "what is meant": search.Wanted(
        q="mijn baby slaapt niet", offer_types={"parenting_advice": 1, "workshop": 0.5}, spot=GEEL
    ),
    "a slip": search.Wanted(q="zinngen met kleuters"),
    "the end of a word": search.Wanted(q="knut"),
    "place and weekend": search.Wanted(spot=GEEL, straal=50, days=(5, 6), deel="voormiddag"),
    "two children": search.Wanted(spot=GEEL, children=(8, 40), alle=True, straks=True, volgorde="dichtst"),
    "all of it": search.Wanted(),
}


@pytest.mark.django_db(transaction=True)
def test_search(settings):
    """A table: median and 99th percentile of understood, found, ranked and counted; and what the index costs."""
    settings.CHANGES_CHECK_SECONDS = 3600
    for number in SIZES:
        fill(number)
        begin, before = time.perf_counter(), memory()
        now = timezone.now()
        shelf.current(now=now)
        print(
            f"\n{number:,} activities: built in {time.perf_counter() - begin:.2f} s, {memory() - before:.0f} MB more at the peak"
        )
        begin = time.perf_counter()
        search.find(search.Wanted(), now=now)
        print(f"  the first search after a change {(time.perf_counter() - begin) * 1000:.1f} ms")
        print(f"  {'search (processor)':<22}{'median ms':>12}{'p99 ms':>10}{'found':>10}   budget {BUDGET}")
        for name, wanted in SEARCHES.items():
            times, total = timed(wanted, now)
            print(
                f"  {name:<22}{statistics.median(times):>12.2f}{statistics.quantiles(times, n=100)[-1]:>10.2f}{total:>10,}"
            )
        week = replace(search.Wanted(), between=between("week", now=now))
        times, total = timed(week, now)
        print(
            f"  {'this week':<22}{statistics.median(times):>12.2f}{statistics.quantiles(times, n=100)[-1]:>10.2f}{total:>10,}"
        )
        yardstick = in_sql()
        print(
            f"  {'one word in PostgreSQL':<22}{statistics.median(yardstick):>12.2f}{max(yardstick):>10.2f}   by the clock on the wall"
        )
        settings.CHANGES_CHECK_SECONDS = 0
        print(f"  one activity changed: seen in {changed(now):.1f} ms")
        settings.CHANGES_CHECK_SECONDS = 3600
        shelf.forget()


def fill(number: int) -> None:
    """So many activities of two hundred Houses."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE activities_activity, huizen_house CASCADE")
        places = [
            LocationFactory(house=HouseFactory(), lat=50.8 + n / 400, lon=3 + n / 80) for n in range(200)
        ]
        facts = {
            "houses": [place.house_id for place in places],
            "places": [place.pk for place in places],
            "words": [word.capitalize() for word in WORDS],
            "groups": GROUPS,
            "kinds": list(OfferType.values),
            "number": number,
        }
        for model in (Activity, Session):
            _write_defaults(cursor, model)
        cursor.execute(ACTIVITIES, facts)
        cursor.execute(MOMENTS.replace("%%", "%"))
        cursor.execute("ANALYZE activities_activity, activities_session")


def _write_defaults(cursor, model) -> None:
    """What a row has that the statements above do not name: as the model says, so that a new field breaks nothing."""
    for field in model._meta.concrete_fields:
        value = field.get_default() if field.has_default() else ("" if field.empty_strings_allowed else None)
        if isinstance(value, str | int) and not field.null and not field.is_relation:
            literal = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}").format(
                sql.Identifier(model._meta.db_table), sql.Identifier(field.column), sql.Literal(value)
            )
            cursor.execute(literal)


def timed(wanted: search.Wanted, now) -> tuple[list[float], int]:
    """Milliseconds of each search; the first does not count."""
    times = []
    for _ in range(ROUNDS + 1):
        # The time of this thread alone: on a busy machine the clock on the wall measures the others.
        begin = time.thread_time()
        found = search.find(wanted, now=now)
        times.append((time.thread_time() - begin) * 1000)
    return times[1:], found.total


def in_sql() -> list[float]:
    """Milliseconds of a page and its counts by the database."""
    times = []
    with connection.cursor() as cursor:
        for statement in IN_SQL:
            cursor.execute(statement)
        for _ in range(10):
            begin = time.perf_counter()
            for statement in (PAGE_IN_SQL, COUNTS_IN_SQL):
                cursor.execute(statement)
                cursor.fetchall()
            times.append((time.perf_counter() - begin) * 1000)
        cursor.execute("DROP TABLE bench_words")
    return times


def changed(now) -> float:
    """Milliseconds that the refresh of one row takes."""
    index = shelf.current(now=now)
    pk = int(index.columns["id"][0])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE activities_session SET confirmed_count = (confirmed_count + 1) %% 11 WHERE activity_id = %s",
            [pk],
        )
    begin = time.perf_counter()
    shelf.current(now=now)
    return (time.perf_counter() - begin) * 1000


def memory() -> float:
    """The most that this process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
