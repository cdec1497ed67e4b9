"""What the forms share with which a family signs up: whose it is, its key, and who is asked to come back later."""

from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from families.models import Family
from huizen.throttle import address_of, too_often


def family_of(request: HttpRequest) -> Family | None:
    """What we remember of who is signed in, if that is a family."""
    if not request.user.is_authenticated:
        return None
    return Family.objects.select_related("user").filter(user=request.user).first()


def key_in(sent: QueryDict) -> UUID:
    """The key that came with a form, or with the address of a held place; a new one where there is none."""
    try:
        return UUID(sent.get("sleutel", ""))
    except ValueError:
        return uuid4()


def comes_too_often(request: HttpRequest, form: forms.Form) -> bool:
    """Whether too many sign-ups came from here; then the form says so."""
    if not too_often("registration", address_of(request)):
        return False
    form.add_error(
        None,
        gettext("Van hier kwamen te veel inschrijvingen na elkaar. Wacht tien minuten, of bel het Huis."),
    )
    return True


def refuse_machine(request: HttpRequest, form: forms.Form) -> None:
    """Say what to do about a field that people do not see, where it was filled in."""
    if request.POST.get("laat_leeg"):
        form.add_error(None, gettext("Laat het veld 'Laat dit leeg' leeg, en verstuur het nog eens."))
