"""What a family lets us remember, and how it takes it back."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from families.forms import ChildForm
from families.models import Child, Family
from huizen.models import User
from tests.factories import ChildFactory, LocalityFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 4)


@pytest.fixture
def parent(client):
    user = UserFactory(email="ouder@voorbeeld.example", name="")
    client.force_login(user)
    return user


def sent(home="", *children):
    rows = {"kind-TOTAL_FORMS": len(children), "kind-INITIAL_FORMS": 0, "home": home}
    for number, (name, month) in enumerate(children):
        rows |= {f"kind-{number}-first_name": name, f"kind-{number}-birth_month": month}
    return rows


def test_a_family_is_remembered_and_shown_again(client, parent):
    LocalityFactory(postcode="2400", name="Mol", municipality__name="Mol")
    answer = client.post(reverse("family_edit"), sent("2400", ("Emma", "2024-03"), ("", "3/2021")))
    assert answer.status_code == 302
    family = Family.objects.get(user=parent)
    assert family.home == "2400-mol"
    assert set(family.children.values_list("first_name", "birth_month")) == {
        ("Emma", dt.date(2024, 3, 1)),
        ("", dt.date(2021, 3, 1)),
    }
    page = client.get(reverse("family_edit")).content.decode()
    assert "Emma" in page
    assert "2400 Mol" in page


def test_saving_again_replaces_what_was_there(client, parent):
    ChildFactory(family__user=parent)
    client.post(reverse("family_edit"), sent(""))
    assert not Child.objects.exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("Emma", ""), "Kies ook de geboortemaand."),
        (("Emma", "1900-01"), "Kies een maand tussen 25 jaar geleden en 9 maanden ver."),
        (("Emma", "abc"), "Kies een maand en een jaar"),
    ],
)
def test_a_wrong_child_gets_a_sentence_and_changes_nothing(client, parent, row, sentence):
    answer = client.post(reverse("family_edit"), sent("", row))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Emma" in answer.content.decode()
    assert not Family.objects.exists()


def test_a_doubtful_home_is_asked_back(client, parent):
    LocalityFactory(postcode="3550", name="Heusden", municipality__name="Heusden-Zolder")
    LocalityFactory(postcode="9070", name="Heusden", municipality__name="Destelbergen")
    answer = client.post(reverse("family_edit"), sent("heusden"))
    assert "Welke bedoel je?" in answer.content.decode()
    assert not Family.objects.exists()


def test_an_unknown_home_gets_a_sentence(client, parent):
    LocalityFactory(postcode="2400", name="Mol", municipality__name="Mol")
    answer = client.post(reverse("family_edit"), sent("xqzwv"))
    assert "Die plaats kennen we niet." in answer.content.decode()


def test_everything_we_hold_comes_along(client, parent):
    ChildFactory(family__user=parent, first_name="Emma")
    data = json.loads(client.get(reverse("data_download")).content)
    assert data["e-mailadres"] == parent.email
    assert data["kinderen"] == [{"voornaam": "Emma", "geboortemaand": "2024-03"}]


def test_erasing_asks_first_and_then_leaves_nothing(client, parent):
    ChildFactory(family__user=parent)
    assert client.get(reverse("account_erase")).status_code == 200
    assert User.objects.filter(pk=parent.pk).exists()
    assert client.post(reverse("account_erase")).status_code == 302
    assert not User.objects.filter(pk=parent.pk).exists()
    assert not Child.objects.exists()
    assert client.get(reverse("my")).status_code == 302


@given(st.text(max_size=20), st.text(max_size=12))
def test_no_text_breaks_the_row_of_a_child(name, month):
    ChildForm({"first_name": name, "birth_month": month}, today=TODAY).is_valid()
