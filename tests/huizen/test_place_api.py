"""`/api/plaatsen`: places while somebody types."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huizen.models import Municipality
from tests.factories import WorkingAreaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
URL = "/api/plaatsen"


def ask(client, q):
    answer = client.get(URL, {"q": q})
    assert answer.status_code == 200
    return answer.json()


def test_a_place_comes_with_its_house(client):
    area = WorkingAreaFactory(
        house__slug="mol", house__name="Baldemore", municipality=Municipality.objects.get(pk="13025")
    )

    assert ask(client, " 2400 ") == {
        "q": "2400",
        "places": [
            {
                "key": "2400-mol",
                "label": "2400 Mol",
                "postcode": "2400",
                "name": "Mol",
                "municipality": "Mol",
                "province": "Antwerpen",
                "lat": area.municipality.lat,
                "lon": area.municipality.lon,
                "house": {"name": "Baldemore", "slug": "mol", "url": "/huizen/mol/"},
                "exact": True,
            }
        ],
    }


def test_a_place_without_a_house_has_none(client):
    assert ask(client, "2490")["places"][0]["house"] is None


@pytest.mark.parametrize(
    "q", ["", " ", "a", "\x00", "😀", "'; DROP TABLE huizen_house; --", "%", "x" * 10_000]
)
def test_odd_questions_get_an_empty_answer(client, q):
    assert ask(client, q)["places"] == []


def test_no_question_is_an_empty_one(client):
    assert client.get(URL).json() == {"q": "", "places": []}


def test_a_long_question_is_cut(client):
    assert len(ask(client, "mol" * 1000)["q"]) == 80


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(q=st.text(max_size=100))
def test_every_question_gets_an_answer(client, q):
    assert len(ask(client, q)["places"]) <= 12


def test_an_answer_may_be_kept_for_a_minute_by_everybody(client):
    answer = client.get(URL, {"q": "mol"})

    assert answer["Cache-Control"] == "public, max-age=60"


def test_the_address_is_only_read(client):
    assert client.post(URL).status_code == 405


def test_an_answer_costs_at_most_one_question_about_what_changed(client, django_assert_max_num_queries):
    client.get(URL, {"q": "mol"})

    for q in ["mo", "2400", "Hasslet", "sint-", "heusden"]:
        with django_assert_max_num_queries(1):
            client.get(URL, {"q": q})
