"""One event of somebody's calendar beside its activity: take over what it says, leave it, or make nothing of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activities.actions import outside_event as actions
from activities.actions.outside_calendar import OutsideError, skip_event
from activities.models import OutsideEvent
from activities.offer_facts import RULES
from activities.outside_difference import Outside
from activities.outside_moves import moves_to_make
from activities.views.offer_schedule import choices_in, shown_plan
from huizen.access import allow
from huizen.roles import Permission


@require_safe
@allow(Permission.EDIT_OFFER)
def outside_event(request, pk):
    """What differs, who changed it, and what would become of each date."""
    event = event_of(request, pk)
    context = {"event": event, "calendar": event.calendar, "now": timezone.now()}
    if event.activity:
        context |= _beside(event, context["now"])
    return render(request, "activities/outside_event.html", context)


def _beside(event: OutsideEvent, now) -> dict:
    differences = Outside.of(event, event.activity).in_words()
    plans = actions.plans_of(event, event.activity, now)
    of_dates = any(one.name == RULES for one, _ in differences)
    return {
        "differences": differences,
        "dates": [shown_plan(plan) for plan in plans] if of_dates else [],
        "moves": moves_to_make(event, event.activity, now=now),
        "gezien": actions.mark_of(event, event.activity, now),
    }


@require_POST
@allow(Permission.EDIT_OFFER)
def outside_take_over(request, pk):
    """Let the activity say what the calendar says."""
    event = event_of(request, pk)
    try:
        proposed = actions.take_over(
            event=event,
            seen=request.POST.get("gezien", ""),
            choices=choices_in(request.POST),
            by=request.user,
            now=timezone.now(),
        )
    except OutsideError as error:
        messages.error(request, str(error))
        return redirect("outside_event", pk)
    messages.success(request, "Voorgesteld aan de coördinator." if proposed else "Overgenomen uit de agenda.")
    return redirect("outside_detail", event.calendar_id)


@require_POST
@allow(Permission.EDIT_OFFER)
def outside_leave(request, pk):
    """Let the activity be as it is."""
    event = event_of(request, pk)
    try:
        actions.leave(event=event)
        messages.success(request, "De activiteit blijft zoals ze is.")
    except OutsideError as error:
        messages.error(request, str(error))
    return redirect("outside_detail", event.calendar_id)


@require_POST
@allow(Permission.EDIT_OFFER)
def outside_skip(request, pk):
    """Make nothing of an event, or do after all."""
    event = event_of(request, pk)
    skip_event(event=event, is_skipped=not event.is_skipped)
    return redirect("outside_detail", event.calendar_id)


def event_of(request, pk) -> OutsideEvent:
    """An event of a calendar that the person may change, or 404."""
    rows = OutsideEvent.objects.editable_by(request.user)
    return get_object_or_404(rows.select_related("calendar__house", "activity__house"), pk=pk)
