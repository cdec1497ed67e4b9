"""A place that is kept free from the moment somebody presses "Schrijf je in": without an account or a cookie."""

from contextlib import suppress
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from activities.actions.hold import hold_places, let_go
from activities.actions.session_lock import BusyError
from activities.models import Activity, Session
from huizen.access import public
from huizen.throttle import address_of, too_often


@never_cache
@public
@require_POST
def place_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a place for a new form and show that form; without a place to keep the form comes all the same."""
    session = get_object_or_404(Session, pk=pk, activity__audience=Activity.Audience.FAMILIES)
    form, key = reverse("registration_create", args=[session.pk]), uuid4()
    if too_often("hold", address_of(request)):
        return redirect(form)
    try:
        hold = hold_places(session_id=session.pk, form_key=key, now=timezone.now())
    except BusyError:
        hold = None
    return redirect(f"{form}?sleutel={key}" if hold else form)


@never_cache
@public
@require_POST
def place_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the form and give its place back at once; with a busy moment the clock does it."""
    session = get_object_or_404(Session.objects.select_related("activity"), pk=pk)
    with suppress(BusyError, ValueError):
        let_go(session_id=pk, form_key=UUID(request.POST.get("sleutel", "")), now=timezone.now())
    return redirect("activity_detail", session.activity.slug)
