"""Signing up on the site."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.actions.registration_mail import manage_path
from activities.models import Participant, Registration
from huizen.models import Message
from huizen.words import month
from tests.activities.sign_ups import a_moment, counters, sign_up, soon, typed
from tests.factories import ChildFactory, FamilyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def birth(months_ago: int) -> str:
    """A birth month as the phone sends it."""
    today = timezone.localdate()
    years, month = divmod(today.year * 12 + today.month - 1 - months_ago, 12)
    return f"{years}-{month + 1:02d}"


def page(session) -> str:
    return f"/momenten/{session.pk}/inschrijven/"


def test_the_form_says_what_when_and_how_many_places(client):
    answer = client.get(page(soon(capacity=3)))
    assert answer.status_code == 200
    assert "Nog 3 plaatsen vrij." in answer.content.decode()


def test_to_search_machines_the_form_is_its_activity(client):
    session = soon()
    told = client.get(page(session)).content.decode()
    assert f'/activiteiten/{session.activity.slug}/">' in told.partition("canonical")[2][:120]
    assert "noindex" not in told


def test_looking_changes_nothing(client):
    session = soon(capacity=1)
    for method in (client.get, client.head):
        method(page(session))
    assert counters(session) == (0, 0, 0)


def test_a_family_signs_up_and_lands_on_its_own_page(client):
    session = soon(capacity=3)
    answer = client.post(page(session), typed(), follow=True)
    registration = Registration.objects.get()
    assert answer.redirect_chain == [(manage_path(registration), 302)]
    text = answer.content.decode()
    assert "Gelukt! Je bent ingeschreven." in text
    assert "Noor" in text
    assert Message.objects.get().context["link"].endswith(manage_path(registration))


def test_a_full_moment_offers_the_waiting_list_and_says_the_place_in_line(client):
    session = soon(capacity=1)
    sign_up(session, "Bob", now=timezone.now())
    assert "Je komt op plaats 1 van de wachtlijst." in client.get(page(session)).content.decode()
    answer = client.post(page(session), typed(), follow=True)
    assert "Je staat op plaats 1 van de wachtlijst" in answer.content.decode()


def test_the_form_sent_five_times_is_one_sign_up(client):
    session, form = soon(), typed()
    answers = [client.post(page(session), form) for _ in range(5)]
    assert len({answer.url for answer in answers}) == 1
    assert (counters(session), Message.objects.count()) == ((1, 0, 0), 1)


def test_one_more_child_keeps_what_was_typed_and_complains_of_nothing(client):
    session = soon(activity={"asks_birth_month": True})
    form = typed(email="geen adres", nog_een_kind="1", **{"kind-0-birth_month": "03/2024"})
    answer = client.post(page(session), form)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="kind-1-first_name"' in text
    assert 'value="geen adres"' in text
    assert 'value="Noor"' in text
    assert 'value="03/2024"' in text
    assert form["sleutel"] in text
    assert "error-summary" not in text
    assert Registration.objects.count() == 0


def test_no_more_rows_than_eight(client):
    session = soon()
    answer = client.post(page(session), typed(nog_een_kind="1", rijen="8"))
    assert "kind-8-first_name" not in answer.content.decode()


def test_blank_rows_do_not_count(client):
    session = soon()
    client.post(page(session), typed(rijen="3", **{"kind-1-first_name": " ", "kind-2-first_name": "Sam"}))
    assert sorted(Participant.objects.values_list("first_name", flat=True)) == ["Noor", "Sam"]


def test_persons_are_asked_as_a_number(client):
    session = soon(activity={"counts": "persons"}, capacity=5)
    client.post(page(session), typed(places="3"))
    assert counters(session) == (3, 0, 0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Schrijf je naam."),
        ({"name": "\x00"}, "Null-tekens zijn niet toegestaan."),
        ({"name": "x" * 81}, "80 tekens"),
        ({"email": ""}, "Eén is genoeg."),
        ({"email": "alice"}, "Dit e-mailadres klopt niet."),
        ({"phone": "abc"}, "Dit nummer klopt niet."),
        ({"kind-0-first_name": ""}, "Schrijf de voornaam van je kind."),
        ({"laat_leeg": "koop nu"}, "Laat dit leeg"),
    ],
)
def test_what_is_missing_stands_at_the_field_and_in_the_summary(client, change, sentence):
    session = soon()
    form = typed(**change)
    answer = client.post(page(session), form)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in text
    assert "error-summary" in text
    assert form["sleutel"] in text
    assert counters(session) == (0, 0, 0)


AGES = {"asks_birth_month": True, "age_min": 0, "age_max": 18}


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        ("1900-01", "meer dan 25 jaar geleden"),
        ("abc", "Kies een maand en een jaar"),
        ("", "Kies de maand waarin je kind geboren is."),
        ("2024-13", "Kies een maand en een jaar"),
        ("9999-12", "moet nog komen"),
        (birth(-3), "moet nog komen"),
        (birth(30), "voor een andere leeftijd: 0 tot 18 maanden."),
    ],
)
def test_a_birth_month_that_cannot_be_is_said_at_the_childs_row(client, month, sentence):
    session = soon(activity=AGES)
    answer = client.post(page(session), typed(**{"kind-0-birth_month": month}))
    assert sentence in answer.content.decode()
    assert counters(session) == (0, 0, 0)


def test_a_wrong_age_says_whom_to_call(client):
    session = soon(activity={**AGES, "phone": "014 11 22 33"})
    answer = client.post(page(session), typed(**{"kind-0-birth_month": birth(60)}))
    assert "Twijfel je? Bel 014 11 22 33." in answer.content.decode()


def test_a_child_that_is_too_young_hears_from_when_it_fits_and_what_fits_now(client):
    session = soon(activity={"asks_birth_month": True, "age_min": 36, "age_max": 60})
    born = birth(10)
    text = client.post(page(session), typed(**{"kind-0-birth_month": born})).content.decode()
    assert "Deze activiteit is voor een andere leeftijd: 3 tot 5 jaar." in text
    year, month_number = int(born[:4]) + 3, int(born[5:])
    assert f"Je kind past hier vanaf {month(dt.date(year, month_number, 1))}." in text
    assert f'href="/activiteiten/?geboren={born}"' in text


def test_a_child_that_is_too_old_hears_no_month_but_finds_what_fits_now(client):
    text = client.post(page(soon(activity=AGES)), typed(**{"kind-0-birth_month": birth(60)})).content.decode()
    assert "past hier vanaf" not in text
    assert f'href="/activiteiten/?geboren={birth(60)}"' in text


@pytest.mark.parametrize("months", [0, 5, 18])
def test_a_child_of_the_age_comes_in(client, months):
    session = soon(activity=AGES)
    client.post(page(session), typed(**{"kind-0-birth_month": birth(months)}))
    assert counters(session) == (1, 0, 0)


def test_a_child_that_is_not_born_yet_comes_in_where_pregnancy_counts(client):
    session = soon(activity={"asks_birth_month": True, "age_min": -9, "age_max": 12})
    client.post(page(session), typed(**{"kind-0-birth_month": birth(-4)}))
    assert counters(session) == (1, 0, 0)
    answer = client.post(page(session), typed(email="b@x.be", **{"kind-0-birth_month": birth(-24)}))
    assert "meer dan negen maanden ver" in answer.content.decode()


@pytest.mark.parametrize(
    ("facts", "sentence", "status"),
    [
        ({"status": "cancelled", "cancel_reason": "Het stormt."}, "Dit moment gaat niet door.", 200),
        ({"activity": {"registration_mode": "none", "channels": []}}, "Kom gewoon langs.", 200),
        (
            {"activity": {"channels": ["phone"], "phone": "014 11 22 33"}},
            "Bel 014\N{NO-BREAK SPACE}11\N{NO-BREAK SPACE}22\N{NO-BREAK SPACE}33",
            200,
        ),
        ({"activity": {"status": "draft", "title": "Geheim"}}, "staat niet meer op de site", 404),
        ({"activity": {"closes_hours": 72}}, "Inschrijven kan niet meer.", 200),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_moment_without_sign_up_is_a_clear_page(client, facts, sentence, status, method):
    session = soon(**facts)
    answer = getattr(client, method)(page(session), typed() if method == "post" else {})
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "Geheim" not in answer.content.decode()
    assert Registration.objects.count() == 0


def test_a_moment_that_is_over_is_a_clear_page(client):
    session = a_moment(original_start=timezone.now() - dt.timedelta(days=2))
    assert "Dit moment is al voorbij." in client.get(page(session)).content.decode()


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "abc", "-1"])
def test_a_moment_that_does_not_exist_is_not_found(client, number):
    assert client.get(f"/momenten/{number}/inschrijven/").status_code == 404


def test_who_is_signed_up_already_hears_it_on_the_form(client):
    session = soon()
    client.post(page(session), typed())
    answer = client.post(page(session), typed(name="Nog eens"))
    assert (
        "Je bent al ingeschreven voor dit moment. We mailden je de link opnieuw." in answer.content.decode()
    )
    assert 'value="Nog eens"' in answer.content.decode()


def test_a_form_of_another_moment_is_sent_again_with_a_new_key(client):
    form = typed()
    client.post(page(soon()), form)
    other = soon()
    answer = client.post(page(other), form)
    assert "Dit formulier is al gebruikt." in answer.content.decode()
    assert form["sleutel"] not in answer.content.decode()
    assert counters(other) == (0, 0, 0)


@pytest.mark.parametrize("change", [{"sleutel": "abc"}, {"rijen": "-1"}, {"rijen": "²"}, {"rijen": "9" * 50}])
def test_forged_hidden_fields_do_no_harm(client, change):
    session = soon()
    assert client.post(page(session), typed(**change)).status_code == 302
    assert counters(session) == (1, 0, 0)


def test_a_machine_is_slowed_down_with_a_friendly_word(client):
    session = soon()
    answers = [client.post(page(session), typed(name="")) for _ in range(41)]
    assert [answers[-2].status_code, answers[-1].status_code] == [200, 429]
    assert "Wacht tien minuten" in answers[-1].content.decode()
    other = client.post(page(session), typed(), REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 302


def test_a_family_with_an_account_finds_its_children_filled_in(client):
    today = timezone.localdate()
    family = FamilyFactory(user=UserFactory(name="Alice", email="alice@voorbeeld.example"))
    baby = ChildFactory(family=family, first_name="Noor", birth_month=today.replace(day=1))
    ChildFactory(family=family, first_name="Lou", birth_month=today.replace(day=1, year=today.year - 9))
    client.force_login(family.user)
    session = soon(activity=AGES)
    text = client.get(page(session)).content.decode()
    assert ('value="Noor"' in text, 'value="Lou"' in text) == (True, False)
    client.post(page(session), typed(**{"kind-0-birth_month": f"{baby.birth_month:%Y-%m}"}))
    assert Registration.objects.get().family == family


def test_less_to_pay_is_asked_without_a_reason_and_seen_by_the_house_alone(client):
    session = soon(activity={"reduced_rate": True})
    text = client.get(page(session)).content.decode()
    assert "Ik wil graag minder betalen" in text
    assert "Dat mag iedereen vragen. Je hoeft niet te zeggen waarom." in text
    client.post(page(session), typed(wants_reduced="on"))
    assert Registration.objects.get().wants_reduced
    assert "minder" not in str(Message.objects.get().context)
    client.force_login(MembershipFactory(house=session.activity.house).user)
    assert "wil graag minder betalen" in client.get(f"/beheer/momenten/{session.pk}/").content.decode()


def test_where_everybody_pays_the_same_nobody_is_asked(client):
    session = soon()
    assert "minder betalen" not in client.get(page(session)).content.decode()
    client.post(page(session), typed(wants_reduced="on"))
    assert not Registration.objects.get().wants_reduced
