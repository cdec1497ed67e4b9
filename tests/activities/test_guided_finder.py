"""`/zoekhulp/`: four questions, all answers in the address, and then the results."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import ActivityFactory, LocalityFactory, SessionFactory

pytestmark = pytest.mark.django_db


def answers(response):
    return {answer["words"]: answer["url"] for answer in response.context["answers"]}


def test_four_answers_lead_to_the_results(client):
    LocalityFactory(postcode="2440", name="Geelveld", municipality__name="Geelveld")
    SessionFactory(activity=ActivityFactory(), original_start=timezone.now() + dt.timedelta(hours=1))
    first = client.get("/zoekhulp/")
    second = client.get(answers(first)["Ik ben zwanger"])
    third = client.get(answers(second)["Slapen en huilen"])
    last = client.get(answers(third)["Deze week"])
    page = last.content.decode()
    assert 'action="/activiteiten/"' in page
    assert last.context["hidden"] == [("leeftijd", "pregnancy"), ("vraag", "slapen"), ("wanneer", "week")]
    results = client.get("/activiteiten/", dict(last.context["hidden"]) | {"plaats": "2440"})
    assert [chip.words for chip in results.context["chips"]] == [
        "Zwanger",
        "Deze week",
        "Slapen en huilen",
        "2440 Geelveld",
    ]


def test_every_question_can_be_skipped_and_taken_back(client):
    second = client.get("/zoekhulp/?leeftijd=baby&stap=waarvoor")
    assert second.context["skip"] == "/zoekhulp/?leeftijd=baby&stap=wanneer"
    assert second.context["back"] == "/zoekhulp/?leeftijd=baby&stap=wie"
    assert client.get("/zoekhulp/?leeftijd=baby&stap=waar").context["skip"] == "/activiteiten/?leeftijd=baby"


def test_another_answer_takes_the_place_of_the_first(client):
    again = client.get("/zoekhulp/?leeftijd=baby&vraag=geld&stap=wie")
    assert answers(again)["Peuter"] == "/zoekhulp/?vraag=geld&leeftijd=toddler&stap=waarvoor"


def test_each_answer_says_how_much_there_is(client):
    SessionFactory(
        activity=ActivityFactory(age_min=0, age_max=10), original_start=timezone.now() + dt.timedelta(days=1)
    )
    counts = {answer["words"]: answer["count"] for answer in client.get("/zoekhulp/").context["answers"]}
    assert (counts["Baby"], counts["Tiener"]) == (1, 0)


def test_a_word_for_an_age_stands_beside_the_years(client):
    said = {answer["words"]: answer["ages"] for answer in client.get("/zoekhulp/").context["answers"]}
    assert (said["Ik ben zwanger"], said["Peuter"], said["Jongvolwassene"]) == (
        "",
        "1 tot 2,5 jaar",
        "vanaf 18 jaar",
    )


@pytest.mark.parametrize("query", ["stap=9", "stap=%00", "leeftijd=%00", "leeftijd=x&stap=waar", "foo=1"])
def test_odd_addresses_begin_again(client, query):
    assert client.get(f"/zoekhulp/?{query}").status_code == 200


def test_the_finder_only_reads(client):
    assert client.post("/zoekhulp/").status_code == 405


@pytest.mark.parametrize("path", ["/", "/activiteiten/?q=onvindbaar"])
def test_the_finder_is_offered_where_people_do_not_know(client, path):
    assert 'href="/zoekhulp/"' in client.get(path).content.decode()
