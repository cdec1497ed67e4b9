"""Passkeys, the authenticator app and recovery codes: every page works for somebody without a password."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from huizen.models import Message
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    """Signed in the way a person does: with a code from a mail."""
    user = somebody()
    client.post(reverse("account_login"), {"login": user.email})
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_in_the_last_mail()})
    assert answer.status_code == 302
    return user


def somebody():
    """A coordinator whose address was proved before."""
    user = MembershipFactory(user__email="coordinator@voorbeeld.example").user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def code_in_the_last_mail() -> str:
    return Message.objects.order_by("created_at").last().context["code"]


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "account_email"]
)
def test_a_page_of_safety_opens(client, coordinator, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "mfa_reauthenticate"],
)
def test_a_page_of_safety_speaks_plainly(client, coordinator, name):
    main = client.get(reverse(name), follow=True).content.decode().partition("<main")[2]
    said = re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.DOTALL).lower()
    hard = (
        "authenticat",
        "factor",
        "activeer",
        "genereer",
        "beveiligingssleutel",
        "herstelcode",
        "verificatie",
    )
    assert [word for word in hard if word in said] == []


def test_an_authenticator_app_is_added_and_asked_for_at_the_next_sign_in(client, coordinator):
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"[A-Z2-7]{32}", page)[0]
    assert client.post(reverse("mfa_activate_totp"), {"code": totp(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=coordinator, type="totp").exists()
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": coordinator.email})
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_in_the_last_mail()})
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert client.get(reverse("desk")).status_code == 302


def totp(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_wrong_code_gets_a_sentence_and_lets_nobody_in(client):
    somebody()
    client.post(reverse("account_login"), {"login": "coordinator@voorbeeld.example"})
    answer = client.post(reverse("account_confirm_login_code"), {"code": "fout"})
    assert answer.status_code == 200
    assert "Ongeldige code" in answer.content.decode()
    assert client.get(reverse("desk")).status_code == 302


def test_an_unknown_address_is_treated_alike_and_told_by_mail(client):
    answer = client.post(reverse("account_login"), {"login": "niemand@voorbeeld.example"})
    assert answer.status_code == 302
    assert Message.objects.get().recipient == "niemand@voorbeeld.example"


def test_a_parent_makes_an_account_with_a_code(client, django_user_model):
    client.post(reverse("account_signup"), {"email": "Nieuw@Voorbeeld.example"})
    client.post(reverse("account_email_verification_sent"), {"code": code_in_the_last_mail()})
    assert client.get(reverse("my")).status_code == 200
    assert django_user_model.objects.get().email == "nieuw@voorbeeld.example"
