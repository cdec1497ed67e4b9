"""Signing in: every mail of allauth leaves through the outbox, in Dutch."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse

from huizen import accounts
from huizen.accounts import AccountAdapter
from huizen.models import Category, Message
from huizen.outbox.compose import compose
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


def test_who_asks_a_code_gets_it_by_the_outbox(client, mailoutbox):
    user = UserFactory()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    client.post(reverse("account_request_login_code"), {"email": user.email})

    message = Message.objects.get()
    assert (message.category, message.recipient, message.template) == (
        Category.ACCOUNT,
        user.email,
        "account_code",
    )
    assert (message.expires_at - message.created_at).total_seconds() == 15 * 60
    assert mailoutbox == []
    compose(message, now=NOW)
    assert message.title == f"{message.context['code']} is je code voor Huizenportaal"


def test_who_is_not_known_hears_so_by_mail_and_not_on_the_page(client):
    client.post(reverse("account_request_login_code"), {"email": "nieuw@voorbeeld.example"})

    message = Message.objects.get()
    assert message.template == "account_unknown"
    assert message.context["signup_url"].endswith(reverse("account_signup"))


def test_two_codes_are_two_mails():
    for code in ("AAAA", "BBBB"):
        AccountAdapter().send_mail("account/email/login_code", "an@voorbeeld.example", {"code": code})
    assert sorted(m.context["code"] for m in Message.objects.all()) == ["AAAA", "BBBB"]


@pytest.mark.parametrize("name", [*accounts.LETTERS, *accounts.NOTICES, "something_new"])
def test_every_mail_of_allauth_has_dutch_words_and_no_open_end(name):
    context = {"code": "AB12CD", "signup_url": "https://a.example/s", "request": object()}
    AccountAdapter().send_mail(f"account/email/{name}", "an@voorbeeld.example", context)
    message = Message.objects.get()
    compose(message, now=NOW)
    text = get_template(f"emails/{message.template}.txt").template.render(
        Context(message.context | {"portal_name": "Huizenportaal"}, autoescape=False)
    )

    assert re.search(r"hoef je niets te doen", text)
    assert not re.search(r":\n+\n\n[A-Z][a-z]", text)
