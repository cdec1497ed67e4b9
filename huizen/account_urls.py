"""Signing in, at Dutch addresses: only the pages that we offer (there are no passwords, so no page asks for one).

The pages are django-allauth's; the names are the ones that its own redirects use.
"""

from collections.abc import Callable
from importlib import import_module

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import path


def _second_step(part: str, name: str, *, is_open: bool = False) -> Callable:
    """A page of the second step, read in when somebody asks for it: what checks a passkey takes ten megabytes of a process.

    `is_open`: who is not signed in yet may ask for it too.
    """
    module = f"allauth.mfa.{part}.views"

    def view(request, **values):
        return getattr(import_module(module), name)(request, **values)

    # It guards itself no less than when it stands here itself.
    view.__module__ = module
    return login_not_required(view) if is_open else view


urlpatterns = [
    path("", account.login, name="account_login"),
    path("code-vragen/", account.request_login_code, name="account_request_login_code"),
    path("code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("nieuw/", account.signup, name="account_signup"),
    path("nieuw/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("uit/", account.logout, name="account_logout"),
    path("gesloten/", account.account_inactive, name="account_inactive"),
    path("opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("adres/", account.email, name="account_email"),
    path("passkey/", _second_step("webauthn", "login_webauthn", is_open=True), name="mfa_login_webauthn"),
    path("tweede-stap/", _second_step("base", "authenticate", is_open=True), name="mfa_authenticate"),
    path("veiligheid/", _second_step("base", "index"), name="mfa_index"),
    path("veiligheid/opnieuw/", _second_step("base", "reauthenticate"), name="mfa_reauthenticate"),
    path("veiligheid/app/aan/", _second_step("totp", "activate_totp"), name="mfa_activate_totp"),
    path("veiligheid/app/uit/", _second_step("totp", "deactivate_totp"), name="mfa_deactivate_totp"),
    path(
        "veiligheid/codes/",
        _second_step("recovery_codes", "view_recovery_codes"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "veiligheid/codes/maken/",
        _second_step("recovery_codes", "generate_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "veiligheid/codes/bewaren/",
        _second_step("recovery_codes", "download_recovery_codes"),
        name="mfa_download_recovery_codes",
    ),
    path("veiligheid/passkeys/", _second_step("webauthn", "list_webauthn"), name="mfa_list_webauthn"),
    path("veiligheid/passkeys/nieuw/", _second_step("webauthn", "add_webauthn"), name="mfa_add_webauthn"),
    path(
        "veiligheid/passkeys/opnieuw/",
        _second_step("webauthn", "reauthenticate_webauthn"),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "veiligheid/passkeys/<int:pk>/weg/",
        _second_step("webauthn", "remove_webauthn"),
        name="mfa_remove_webauthn",
    ),
    path(
        "veiligheid/passkeys/<int:pk>/naam/",
        _second_step("webauthn", "edit_webauthn"),
        name="mfa_edit_webauthn",
    ),
]
