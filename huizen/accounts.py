"""How people sign in: django-allauth, with its mail sent through the outbox in our own words."""

import uuid
from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils import timezone

from huizen.links import absolute
from huizen.models import Category
from huizen.outbox.queue import queue_message

#: allauth's name of a mail → our template (templates/emails/).
LETTERS = {
    "login_code": "account_code",
    "email_confirmation": "account_confirm",
    "email_confirmation_signup": "account_confirm",
    "unknown_account": "account_unknown",
    "account_already_exists": "account_exists",
    "password_reset_key": "account_password",
    "password_reset_code": "account_password",
}
#: allauth's name of a notice that something changed → what changed.
NOTICES = {
    "email_changed": "Je e-mailadres is gewijzigd.",
    "email_confirm": "Je e-mailadres is bevestigd.",
    "email_deleted": "Een e-mailadres is verwijderd.",
    "password_changed": "Je wachtwoord is gewijzigd.",
    "password_reset": "Je koos een nieuw wachtwoord.",
    "password_set": "Je koos een wachtwoord.",
    "totp_activated": "Je meldt je voortaan ook aan met een code van een app.",
    "totp_deactivated": "Je meldt je niet meer aan met een code van een app.",
    "recovery_codes_generated": "Je vroeg nieuwe reservecodes.",
    "webauthn_added": "Je voegde een sleutel toe om je aan te melden.",
    "webauthn_removed": "Je verwijderde een sleutel om je aan te melden.",
}
#: What a mail may show; the rest of allauth's context is for its own templates.
_SHOWN = ("code", "activate_url", "password_reset_url", "signup_url")
#: allauth's name of a mail with a code → its setting of how long the code works.
_TIMEOUTS = {
    "login_code": "LOGIN_BY_CODE_TIMEOUT",
    "email_confirmation": "EMAIL_VERIFICATION_BY_CODE_TIMEOUT",
    "email_confirmation_signup": "EMAIL_VERIFICATION_BY_CODE_TIMEOUT",
    "password_reset_code": "PASSWORD_RESET_BY_CODE_TIMEOUT",
}


class AccountAdapter(DefaultAccountAdapter):
    """No passwords for parents: a code by mail is the way in."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail; a code that comes after it stopped working is not sent."""
        name = template_prefix.rpartition("/")[2]
        shown = {key: str(context[key]) for key in _SHOWN if key in context}
        now = timezone.now()
        queue_message(
            key=f"account:{uuid.uuid4()}",
            category=Category.ACCOUNT,
            recipient=email,
            template=LETTERS.get(name, "account_notice"),
            context=shown | _words(name),
            now=now,
            expires_at=now + _lifetime(name) if name in _TIMEOUTS else None,
        )


def _words(name: str) -> dict[str, str]:
    what = NOTICES.get(name, "Er veranderde iets aan je account.")
    return {"what": what, "login_url": absolute(reverse("account_login"))}


def _lifetime(name: str) -> timedelta:
    return timedelta(seconds=getattr(app_settings, _TIMEOUTS[name]))
