"""The directory of all Houses."""

import gzip
import re
from datetime import date

import pytest

from huizen.models import House, Municipality
from tests.factories import HouseFactory, LocalityFactory, MunicipalityFactory, WorkingAreaFactory

pytestmark = pytest.mark.django_db
URL = "/huizen/"


def serve(name: str, town: Municipality, **facts) -> House:
    house = HouseFactory(name=name, **facts)
    WorkingAreaFactory(house=house, municipality=town)
    return house


def town(name: str, postcode: str, **facts) -> Municipality:
    made = MunicipalityFactory(name=name, **facts)
    LocalityFactory(name=name, postcode=postcode, municipality=made)
    return made


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_houses_stand_by_province_with_the_municipalities_they_serve(client):
    serve("Baldemore", town("Mol", "2400"))
    serve("Het Nest", town("Gent", "9000", province="Oost-Vlaanderen"), is_demo=True, is_recognised=True)

    words = text(client.get(URL))

    assert words.index("Baldemore Mol") < words.index("Het Nest Voorbeeld Erkend Gent")
    assert words.index("Antwerpen") < words.index("Baldemore")


def test_houses_that_parents_do_not_see_are_left_out(client):
    HouseFactory(name="Verborgen", is_published=False)

    assert "Verborgen" not in text(client.get(URL))


def test_a_place_gives_its_house_first(client):
    serve("Baldemore", town("Mol", "2400"), phone="014 00 00 00")

    answer = client.get(URL, {"plaats": "2400"})

    assert "Voor 2400 Mol Baldemore" in text(answer)
    assert 'href="tel:014000000"' in answer.content.decode()
    assert answer.context["answer"].place.house.name == "Baldemore"


def test_a_place_without_a_house_says_so_and_offers_the_nearest(client):
    town("Balen", "2490", lat=51.17, lon=5.17)
    serve("Baldemore", town("Mol", "2400", lat=51.19, lon=5.12))
    serve("Ver weg", town("Ieper", "8900", lat=50.85, lon=2.88))

    words = text(client.get(URL, {"plaats": "2490-balen"}))

    assert "Voor 2490 Balen kennen we nog geen Huis." in words
    assert words.index("Deze Huizen zijn het dichtst bij: Baldemore 4") < words.index("Ver weg 1")


def test_a_shared_name_asks_which(client):
    for name, postcode in (("Destelbergen", "9070"), ("Heusden-Zolder", "3550")):
        LocalityFactory(
            name="Heusden", kind="deelgemeente", postcode=postcode, municipality=town(name, postcode)
        )

    answer = client.get(URL, {"plaats": "heusden"})

    assert "Welke plaats is het?" in text(answer)
    assert [c.slug for c in answer.context["answer"].choices] == ["3550-heusden", "9070-heusden"]


def test_a_misspelling_is_never_jumped_to(client):
    serve("Baldemore", town("Turnhout", "2300"))

    answer = client.get(URL, {"plaats": "Turnhotu"})

    assert "Bedoel je een van deze? 2300 Turnhout" in text(answer)
    assert answer.context["answer"].place is None


@pytest.mark.parametrize("odd", ["nergenshuizen", "\x00", "x" * 10_000, "😀", "' OR 1=1 --", "<script>"])
def test_odd_text_gets_a_clear_answer(client, odd):
    answer = client.get(URL, {"plaats": odd})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("</form>")[0].replace("<script type", "")


def test_province_and_form_narrow_the_list(client):
    serve("Baldemore", town("Mol", "2400"), form=House.Form.PHYSICAL)
    serve("Kruispunt", town("Gent", "9000", province="Oost-Vlaanderen"), form=House.Form.NETWORK)

    def names(**query):
        return [row.house.name for _, rows in client.get(URL, query).context["groups"] for row in rows]

    assert names(provincie="Antwerpen") == ["Baldemore"]
    assert names(vorm="network") == ["Kruispunt"]
    assert names(provincie="Antwerpen", vorm="network") == []
    assert names(provincie="Mars", vorm="\x00") == ["Baldemore", "Kruispunt"]


def test_a_working_area_of_the_past_counts_no_more(client):
    WorkingAreaFactory(house__name="Vroeger", until=date(2021, 1, 1))

    assert "Nog zonder werkingsgebied" in text(client.get(URL))


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_houses(client, django_assert_num_queries, count):
    for n in range(count):
        serve(f"Huis {n}", town(f"Gemeente {n}", f"2{n}00"))
    client.get(URL, {"plaats": "2000"})

    # The Houses, their areas, and whether the index still holds.
    with django_assert_num_queries(3):
        client.get(URL, {"plaats": "2000"})


def test_all_houses_of_flanders_are_a_light_page(client):
    for n in range(222):
        serve(f"Huis van het Kind {n} van de streek", town(f"Gemeentenaam-{n}", "2400"), is_demo=n % 2)

    assert len(gzip.compress(client.get(URL).content, 6)) < 15_000


def test_the_directory_is_only_read(client):
    assert client.post(URL).status_code == 405
