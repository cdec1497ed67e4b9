"""What a button asks is done, and the next page says how it went."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import timezone

Refusals = type[Exception] | tuple[type[Exception], ...]


def carry_out(
    request: HttpRequest, done: str, action: Callable[..., object], refusals: Refusals, /, **facts
) -> bool:
    """Do it, by who is signed in and now. The next page says `done`, or the sentence with which the action refused.

    Gives whether it was done.
    """
    try:
        action(**facts, by=request.user, now=timezone.now())
    except refusals as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


def carry_out_form(
    request: HttpRequest,
    form: BaseForm,
    done: str,
    action: Callable[..., object],
    refusals: Refusals,
    /,
    *,
    field: str | None = None,
    **facts,
) -> bool:
    """The same for what a form asks. Where the action refused, its sentence stands at that field, or above the form without
    one: the page shows the form again, and what was typed is kept.
    """
    try:
        action(**facts, by=request.user, now=timezone.now())
    except refusals as error:
        form.add_error(field, str(error))
        return False
    messages.success(request, done)
    return True
