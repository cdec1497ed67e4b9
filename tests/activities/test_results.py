"""`/activiteiten/`: found by words, place, age, day and price."""
import pytest

pytestmark = pytest.mark.django_db
def test_it_opens(client):
    assert client.get("/activiteiten/").status_code == 200
def test_home(client):
    assert client.get("/").status_code == 200
