"""Signing in, at Dutch addresses: only the pages that we offer (there are no passwords, so no page asks for one).

The pages are django-allauth's; the names are the ones that its own redirects use.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

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
    path("passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("veiligheid/", mfa.index, name="mfa_index"),
    path("veiligheid/opnieuw/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("veiligheid/app/aan/", totp.activate_totp, name="mfa_activate_totp"),
    path("veiligheid/app/uit/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("veiligheid/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "veiligheid/codes/maken/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "veiligheid/codes/bewaren/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("veiligheid/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("veiligheid/passkeys/nieuw/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "veiligheid/passkeys/opnieuw/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("veiligheid/passkeys/<int:pk>/weg/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("veiligheid/passkeys/<int:pk>/naam/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
