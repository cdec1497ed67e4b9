"""Whatever somebody types: an answer, in time; and a slip in a word of a title still finds the title.

Over every title that the demo knows, through the whole way: understood, corrected, found, ranked, counted.
"""

import gc
import random
import time
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.question import ask
from activities.search import find, without
from demo.network.offers import words
from huizen.search.stems import STOP_WORDS
from huizen.search.text import tokens
from tests.factories import NOW, ActivityFactory, ScheduleFactory
from tests.huizen.test_word_index import slips

pytestmark = pytest.mark.django_db
#: What one question may take of a processor, in seconds: ten times the budget at 100,000 activities, for a slow machine
#: that counts coverage; and how often it may ask the database, to hear what changed.
BUDGET, MOST_QUERIES = 0.15, 10
SAMPLE = 400


@pytest.fixture
def titles():
    """Every title of the bank as an offer without dates, by its number."""
    made = {}
    for kind, rows in words().items():
        for row in rows:
            facts = {"title": row.title, "summary": row.summary, "description": row.description}
            activity = ActivityFactory(offer_type=kind, **facts)
            ScheduleFactory(activity=activity, kind="by_appointment")
            made[activity.pk] = row.title
    answered("baby")
    return made


def answered(typed: str) -> set[int]:
    """All activities that this question finds."""
    params = QueryDict(mutable=True)
    params["q"] = typed
    wanted = ask(params, now=NOW).wanted
    hits = find(wanted, now=NOW, stop=1000).hits
    if not hits:
        without(wanted, now=NOW)
    return {hit.activity_id for hit in hits}


def typing_errors(titles) -> list[tuple[int, str]]:
    """Every way to slip in one word of five letters or more, each with the activity of that title."""
    return [
        (pk, slip)
        for pk, title in titles.items()
        for word in tokens(title)
        if len(word) >= 5 and word not in STOP_WORDS
        for slip in sorted(slips(word))
    ]


def test_a_typing_error_in_any_word_of_a_title_still_finds_it(titles):
    tried = random.Random(4).sample(typing_errors(titles), SAMPLE)
    assert [(titles[pk], slip) for pk, slip in tried if pk not in answered(slip)] == []


def test_a_slip_into_another_word_of_ours_finds_the_title_too(titles):
    """'huis' for 'thuis', 'wegen' for 'wiegen': what was typed is a word as well."""
    ours = {word for title in titles.values() for word in tokens(title)}
    known = [(pk, slip) for pk, slip in typing_errors(titles) if slip in ours]
    assert len(known) > 3
    assert [(titles[pk], slip) for pk, slip in known if pk not in answered(slip)] == []


@contextmanager
def no_collecting():
    """Python looks through all that a process holds now and then: what that takes is not of the question it falls in."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


known_words = st.sampled_from(
    sorted({word for rows in words().values() for row in rows for word in tokens(row.title)})
)
odd = (
    st.text(max_size=300)
    | st.lists(known_words, max_size=40).map(" ".join)
    | st.lists(known_words | st.text(max_size=12), max_size=12).map("".join)
    | st.tuples(st.sampled_from("aé0' -%_*\\\"<ع"), st.integers(1, 5000)).map(lambda pair: pair[0] * pair[1])
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=st.lists(odd, min_size=4, max_size=8))
def test_no_question_however_odd_raises_or_takes_longer_than_the_budget(titles, asked):
    for typed in asked:
        with CaptureQueriesContext(connection) as queries, no_collecting():
            began = time.thread_time()
            answered(typed)
            took = time.thread_time() - began
        assert took < BUDGET
        assert len(queries) <= MOST_QUERIES
