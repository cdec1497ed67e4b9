"""A question to the demo network, as somebody types it."""

from django.http import QueryDict

from activities.question import ask
from activities.search import find
from tests.factories import NOW

FIRST = 5


def found(words: str):
    """What was understood, and the first five of what is found."""
    query = QueryDict(mutable=True)
    if words:
        query["q"] = words
    question = ask(query, now=NOW)
    return question, find(question.wanted, now=NOW, stop=FIRST)
