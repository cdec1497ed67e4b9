"""`/beheer/agendas/`: the calendars of others that a House follows, and what is in each."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.actions import outside_calendar
from activities.actions.outside_calendar import OutsideError
from activities.actions.outside_reading import keep_reading
from activities.forms.outside import OutsideCalendarForm
from activities.models import Activity, OutsideCalendar, OutsideEvent
from activities.models.outside_calendar import OutsideEventQuerySet
from activities.offer_facts import RULES, rules_from
from activities.outside_difference import Outside
from huizen.access import allow
from huizen.listing import page_of
from huizen.recurrence import schedule_in_words
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from huizen.web_visit import Fetched
from partners.views.house import chosen_house

State = OutsideCalendar.State
#: What of a calendar is listed: the word in the address, its label, and which events.
PARTS: dict[str, tuple[str, Callable[[OutsideEventQuerySet], OutsideEventQuerySet]]] = {
    "": ("Alles", lambda events: events.all()),
    "wacht": ("Wacht op jou", lambda events: events.waiting()),
    "nieuw": ("Nieuw", lambda events: events.to_make()),
    "weg": ("Niet overgenomen", lambda events: events.left_out()),
}


@require_safe
@allow(Permission.EDIT_OFFER)
def outside_list(request):
    """All calendars that somebody may change, with how each goes."""
    rows = OutsideCalendar.objects.editable_by(request.user).select_related("house", "organiser")
    rows = rows.annotate(
        made=Count("events", filter=Q(events__activity__isnull=False)),
        waiting=Count("events", filter=Q(events__in=OutsideEvent.objects.waiting())),
    )
    page = page_of(request, rows.order_by("name", "pk"))
    return render(request, "activities/outside_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def outside_create(request):
    """Give the address of a calendar, or a file; nothing is made of it before it is confirmed on the next page."""
    house, choose = chosen_house(request, Permission.EDIT_OFFER, "Voor welk Huis is deze agenda?")
    if choose:
        return choose
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OutsideCalendarForm(*sent, house=house, user=request.user, today=timezone.localdate())
    if form.is_valid():
        now = timezone.now()
        calendar = outside_calendar.add_calendar(calendar=form.save(commit=False), by=request.user, now=now)
        if form.content is not None:
            keep_reading(calendar=calendar, fetched=Fetched(form.content), now=now)
        return redirect("outside_detail", calendar.pk)
    context = {"form": form, "house": house}
    return render(request, "activities/outside_create.html", context, status=422 if form.errors else 200)


@require_safe
@allow(Permission.EDIT_OFFER)
def outside_detail(request, pk):
    """What a calendar says, and what became of each event."""
    calendar = calendar_of(request, pk)
    totals = {code: narrow(calendar.events).count() for code, (_, narrow) in PARTS.items()}
    asked = request.GET.get("wat", "")
    chosen = asked if asked in PARTS else ""
    rows = PARTS[chosen][1](calendar.events).select_related("activity")
    rows = rows.prefetch_related("activity__schedules")
    page = page_of(request, rows.order_by("next_at", "pk"))
    context = {
        "calendar": calendar,
        "page": page,
        "lines": [_line(event) for event in page],
        "parts": [(code, label, totals[code]) for code, (label, _) in PARTS.items()],
        "to_make": totals["nieuw"],
        "now": timezone.now(),
    }
    return render(request, "activities/outside_detail.html", context)


def _line(event: OutsideEvent) -> dict:
    """One event for the list: when it is in words, and whether somebody changed its activity here."""
    rules = rules_from(event.said.get(RULES, []), Activity())
    edited = bool(event.activity and event.taken and Outside.of(event, event.activity).edited)
    return {"event": event, "words": [schedule_in_words(rule) for rule in rules], "edited": edited}


@require_POST
@allow(Permission.EDIT_OFFER)
def outside_confirm(request, pk):
    """Make drafts of it, and follow it."""
    return _do(
        request, pk, outside_calendar.confirm_calendar, "We maken de ontwerpen. Ouders zien ze nog niet."
    )


@require_POST
@allow(Permission.EDIT_OFFER)
def outside_stop(request, pk):
    """Follow it no more."""
    return _do(
        request,
        pk,
        outside_calendar.stop_calendar,
        "We volgen deze agenda niet meer. De activiteiten blijven.",
    )


@require_POST
@allow(Permission.EDIT_OFFER)
def outside_read(request, pk):
    """Read it now."""
    calendar = calendar_of(request, pk)
    try:
        outside_calendar.read_again(calendar=calendar, now=timezone.now())
        messages.success(request, "We lezen de agenda. Kijk over een minuut opnieuw.")
    except OutsideError as error:
        messages.error(request, str(error))
    return redirect("outside_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def outside_remove(request, pk):
    """A clear question first: the calendar goes, its activities stay."""
    calendar = calendar_of(request, pk)
    if request.method == "POST":
        outside_calendar.remove_calendar(calendar=calendar, by=request.user, now=timezone.now())
        messages.success(request, "De agenda is weg. De activiteiten blijven.")
        return redirect("outside_list")
    made = calendar.events.exclude(activity=None).count()
    return render(request, "activities/outside_remove.html", {"calendar": calendar, "made": made})


def _do(request, pk, act, done: str):
    carry_out(request, done, act, OutsideError, calendar=calendar_of(request, pk))
    return redirect("outside_detail", pk)


def calendar_of(request, pk) -> OutsideCalendar:
    """A calendar that the person may change, or 404."""
    rows = OutsideCalendar.objects.editable_by(request.user).select_related("house", "organiser", "made_by")
    return get_object_or_404(rows, pk=pk)
