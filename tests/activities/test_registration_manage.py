"""The page behind the link in the mail: what a family changes itself."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.actions.contact import Contact
from activities.actions.registration_change import cancel_registration
from activities.actions.registration_mail import manage_path
from activities.models import Participant, Registration
from tests.activities.sign_ups import a_moment, counters, sign_up, soon

pytestmark = pytest.mark.django_db


def act(client, registration, wat, **more):
    return client.post(manage_path(registration), {"wat": wat, **more}, follow=True).content.decode()


@pytest.fixture
def registration():
    return sign_up(soon(capacity=3), children=2, now=timezone.now())


def test_scanners_that_open_the_link_change_nothing(client, registration):
    for _ in range(2):
        assert client.get(manage_path(registration)).status_code == 200
        assert client.head(manage_path(registration)).status_code == 200
    assert counters(registration.session) == (2, 0, 0)


def test_the_page_is_kept_by_nobody_else(client, registration):
    answer = client.get(manage_path(registration))
    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "1~abc", "%00", "a" * 500])
def test_a_forged_link_says_so(client, token):
    assert client.get(f"/inschrijving/{token}/").status_code == 404
    assert client.post(f"/inschrijving/{token}/", {"wat": "annuleer"}).status_code == 404


def test_a_link_of_a_sign_up_that_is_gone_is_not_found(client, registration):
    path = manage_path(registration)
    registration.delete()
    assert client.get(path).status_code == 404


def test_a_parent_cancels_and_may_come_back(client, registration):
    text = act(client, registration, "annuleer")
    assert "Je bent niet meer ingeschreven" in text
    assert f"/momenten/{registration.session_id}/inschrijven/" in text
    assert counters(registration.session) == (0, 0, 0)


def test_one_child_off_one_child_on(client, registration):
    child = registration.participants.first()
    assert "Dat kind komt niet meer mee." in act(client, registration, "kind-weg", kind=child.pk)
    assert "Sam komt ook mee." in act(client, registration, "kind-erbij", first_name="Sam")
    assert counters(registration.session) == (2, 0, 0)


def test_no_room_for_one_more_is_said_clearly(client, registration):
    act(client, registration, "kind-erbij", first_name="Sam")
    assert "Er is geen plaats meer vrij." in act(client, registration, "kind-erbij", first_name="Lou")
    assert counters(registration.session) == (3, 0, 0)


def test_a_child_without_a_name_is_said_at_the_field(client, registration):
    assert "Schrijf de voornaam van je kind." in act(client, registration, "kind-erbij", first_name="")


def test_persons_change_their_number(client):
    registration = sign_up(
        soon(capacity=3, activity={"counts": "persons"}), children=0, places=2, now=timezone.now()
    )
    assert "We pasten het aantal aan." in act(client, registration, "plaatsen", places="3")
    assert "Schrijf een getal" in act(client, registration, "plaatsen", places="veel")
    assert counters(registration.session) == (3, 0, 0)


@pytest.mark.parametrize(
    "posted", [{}, {"wat": "iets"}, {"wat": "kind-weg", "kind": "²"}, {"wat": "kind-weg"}]
)
def test_a_button_that_we_do_not_know_changes_nothing(client, registration, posted):
    assert client.post(manage_path(registration), posted, follow=True).status_code == 200
    assert counters(registration.session) == (2, 0, 0)


def test_after_the_beginning_there_are_no_buttons_and_nothing_changes(client):
    started = timezone.now() - dt.timedelta(hours=1)
    registration = sign_up(a_moment(original_start=started), now=started - dt.timedelta(days=1))
    assert "Ja, meld me af" not in client.get(manage_path(registration)).content.decode()
    assert "Dit moment is al begonnen." in act(client, registration, "annuleer")
    assert counters(registration.session) == (1, 0, 0)


def test_who_left_no_address_gets_the_link_as_a_code(client):
    registration = sign_up(soon(), contact=Contact("Alice", phone="014 00 00 00"), now=timezone.now())
    text = client.get(manage_path(registration)).content.decode()
    assert "Bewaar deze pagina" in text
    assert "data:image/svg+xml" in text


def test_a_cancelled_moment_says_why(client, registration):
    session = registration.session
    session.status, session.cancel_reason = "cancelled", "Het stormt."
    session.save()
    text = client.get(manage_path(registration)).content.decode()
    assert "Dit moment gaat niet door" in text
    assert "Het stormt." in text


def test_a_sign_up_whose_names_were_erased_still_opens(client, registration):
    cancel_registration(registration_id=registration.pk, now=timezone.now())
    Participant.objects.all().delete()
    Registration.objects.update(name="", email="", phone="", contact_key="", anonymised_at=timezone.now())
    assert client.get(manage_path(registration)).status_code == 200


@pytest.mark.parametrize("path", ["/momenten/1/inschrijven/", "/inschrijving/x/"])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, path, method):
    assert getattr(client, method)(path).status_code == 405
