"""The facts that a coordinator keeps of her House."""

import pytest
from django.utils import timezone

from huizen.models import Event, House
from tests.huizen.house_forms import FACTS, verbs

pytestmark = pytest.mark.django_db


def test_the_facts_are_kept_checked_and_written_down(client, house, coordinator):
    answer = client.post("/beheer/huis/mol/gegevens/", FACTS | {"phone": "014 00 00 00", "website": "mol.be"})

    house.refresh_from_db()
    assert answer.url == "/beheer/huis/mol/"
    assert (house.phone, house.website, house.checked_on) == (
        "014 00 00 00",
        "https://mol.be",
        timezone.localdate(),
    )
    assert Event.objects.get().changes["phone"] == ["", "014 00 00 00"]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"name": ""}, "name", "Dit veld is verplicht."),
        ({"phone": "bel ons"}, "phone", "Schrijf een telefoonnummer zoals 014 00 00 00."),
        ({"phone": "014"}, "phone", "Schrijf een telefoonnummer zoals 014 00 00 00."),
        ({"form": "palace"}, "form", None),
        ({"name": "a\x00b"}, "name", None),
        ({"email": "geen adres"}, "email", None),
    ],
)
def test_a_wrong_fact_is_said_at_the_field_and_changes_nothing(
    client, house, coordinator, facts, field, sentence
):
    answer = client.post("/beheer/huis/mol/gegevens/", FACTS | facts)

    errors = answer.context["form"].errors
    assert (answer.status_code, list(errors)) == (422, [field])
    assert sentence is None or errors[field] == [sentence]
    assert House.objects.get().checked_on is None
    assert verbs() == []


def test_a_house_cannot_recognise_itself(client, house, coordinator):
    client.post("/beheer/huis/mol/gegevens/", FACTS | {"is_recognised": "on", "is_subsidised": "on"})

    assert House.objects.values_list("is_recognised", "is_subsidised").get() == (False, False)


def test_one_press_says_that_all_still_holds(client, house, coordinator):
    client.post("/beheer/huis/mol/nagekeken/")

    assert House.objects.get().checked_on == timezone.localdate()
    assert verbs() == ["checked"]
