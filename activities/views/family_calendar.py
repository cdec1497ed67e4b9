"""The agenda of a family for its phone: `/agenda/<secret>.ics`, and the buttons on `/mijn/` that make and end it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_POST, require_safe

from activities.actions.family_calendar import (
    close_calendar,
    open_calendar,
    renew_calendar,
    set_calendar_contents,
)
from activities.family_agenda import family_events
from activities.models import FamilyCalendar
from huizen.access import members, public
from huizen.calendar_file import calendar_file
from huizen.download import followed_calendar
from huizen.links import absolute

NAME = "Huis van het Kind: onze agenda"


@require_safe
@public
@conditional_page
def family_calendar(request, secret: str):
    """The file that a phone asks for again and again; an address that was replaced is not there any more."""
    rows = FamilyCalendar.objects.select_related("family__user")
    calendar = rows.filter(secret=secret).first() if "\x00" not in secret else None
    if calendar is None:
        raise Http404(gettext("Dit adres werkt niet meer."))
    text = calendar_file(family_events(calendar, now=timezone.now()), name=NAME)
    return followed_calendar(text, "onze-agenda.ics")


@require_POST
@members
def calendar_change(request):
    """Make the address, replace it, say what stands in it, or end it."""
    act = ACTS.get(request.POST.get("wat", ""))
    if act:
        messages.success(request, act(request, timezone.now()))
    return redirect(reverse("my") + "#agenda")


def addresses(calendar: FamilyCalendar) -> dict:
    """What the page shows: the address to copy, and the one that a phone opens with a tap."""
    url = absolute(reverse("family_calendar", args=[calendar.secret]))
    return {"url": url, "tap": "webcal:" + url.partition(":")[2], "with_saved": calendar.with_saved}


def _open(request, now) -> str:
    open_calendar(by=request.user, now=now)
    return gettext("Je agenda-adres is klaar.")


def _renew(request, now) -> str:
    renew_calendar(by=request.user, now=now)
    return gettext("Je hebt een nieuw adres. Het oude werkt niet meer.")


def _close(request, now) -> str:
    close_calendar(by=request.user, now=now)
    return gettext("Het agenda-adres is weg.")


def _set_contents(request, now) -> str:
    with_saved = request.POST.get("bewaard") == "1"
    set_calendar_contents(by=request.user, with_saved=with_saved, now=now)
    if with_saved:
        return gettext("Wat je bewaarde, staat nu ook in je agenda.")
    return gettext("In je agenda staan nu alleen je inschrijvingen.")


ACTS = {"maak": _open, "nieuw": _renew, "stop": _close, "inhoud": _set_contents}
