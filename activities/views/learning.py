"""`/beheer/leren/`: what professionals of the network can learn, from all Houses, and how they sign up for it."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from activities.actions.closing import why_closed
from activities.actions.registration import RegistrationError, register
from activities.actions.registration_mail import manage_path
from activities.actions.session_lock import BusyError
from activities.actions.session_words import calendar_event, place_of
from activities.forms.learning import LearningForm
from activities.models import Activity, Session
from activities.own_sign_ups import sign_ups_of
from activities.views.sign_up_form import key_in
from huizen.access import allow
from huizen.calendar_file import calendar_file
from huizen.download import CALENDAR, download
from huizen.links import absolute
from huizen.listing import page_of
from huizen.recurrence import schedule_in_words
from huizen.roles import Permission

#: So many moments of each stand in the list.
SHOWN_MOMENTS = 3


@require_safe
@allow(Permission.LEARN)
def learning_list(request):
    """Learning tracks, labs and support tracks of the whole network, newest first, with their next moments."""
    now = timezone.now()
    coming = Session.objects.upcoming(now=now).scheduled().order_by("starts_at", "pk")
    rows = _activities().prefetch_related(Prefetch("sessions", coming[:SHOWN_MOMENTS], to_attr="coming"))
    context = {"page": page_of(request, rows.order_by("-published_at", "-pk")), "now": now}
    return render(request, "activities/learning_list.html", context)


@require_safe
@allow(Permission.LEARN)
def learning_detail(request, pk):
    """One of them, with all that is known of it, its moments, and for which of those she signed up."""
    now = timezone.now()
    activity = get_object_or_404(_activities(), pk=pk)
    sessions = list(
        activity.sessions.upcoming(now=now).select_related("location").order_by("starts_at", "pk")
    )
    own = sign_ups_of(request.user).current().filter(session__in=sessions)
    ways = {each.session_id: (each.get_state_display(), manage_path(each)) for each in own}
    for session in sessions:
        session.activity = activity
    context = {
        "activity": activity,
        "rules": [schedule_in_words(each) for each in activity.schedules.order_by("pk")],
        "moments": [(each, why_closed(each, now=now), ways.get(each.pk)) for each in sessions],
        "now": now,
    }
    return render(request, "activities/learning_detail.html", context)


@require_safe
@allow(Permission.LEARN)
def learning_calendar(request, pk):
    """All its moments as a file for one's own calendar, also those that do not take place, so that they go away there."""
    activity = get_object_or_404(_activities(), pk=pk)
    rows = activity.sessions.select_related("activity__house", "activity__location", "location")
    url = absolute(reverse("learning_detail", args=[pk]))
    events = [calendar_event(row, stamp=row.changed_at, url=url) for row in rows.order_by("starts_at", "pk")]
    return download(calendar_file(events, name=activity.title), f"{activity.slug}.ics", CALENDAR)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.LEARN)
def learning_sign_up(request, pk):
    """Sign up for one moment, with her own name, address and organisation."""
    now = timezone.now()
    session = get_object_or_404(_sessions(), pk=pk)
    form = LearningForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and (registration := _registered(request, form, pk, now)):
        messages.success(request, "Je inschrijving is genoteerd. Je krijgt een mail.")
        return redirect(manage_path(registration))
    context = {
        "form": form,
        "session": session,
        "activity": session.activity,
        "place": place_of(session),
        "closed": why_closed(session, now=now),
        "form_key": key_in(request.POST),
        "now": now,
    }
    return render(request, "activities/learning_sign_up.html", context, status=422 if form.errors else 200)


def _registered(request, form: LearningForm, pk: int, now):
    """The sign-up; None where it cannot be, and the form says why."""
    try:
        return register(session_id=pk, form_key=key_in(request.POST), now=now, **form.party)
    except (BusyError, RegistrationError) as error:
        form.add_error(None, str(error))
        return None


def _activities():
    return Activity.objects.for_professionals().select_related("house", "organiser", "location")


def _sessions():
    rows = Session.objects.filter(activity__in=Activity.objects.for_professionals())
    return rows.select_related("activity__house", "activity__location", "location")
