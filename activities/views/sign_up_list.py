"""All sign-ups of one activity: found, taken along as a file, printed as a list to sign, given another moment."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from activities.actions.registration import RegistrationError
from activities.actions.registration_shift import shift_registration
from activities.actions.session_lock import BusyError
from activities.actions.session_words import place_of
from activities.forms.sign_up_list import ShiftForm, SignUpListForm
from activities.models import Activity, Registration, Session
from activities.qr import qr_svg
from activities.sign_up_table import HEAD, sign_up_rows
from huizen.access import allow
from huizen.links import absolute
from huizen.listing import PER_PAGE, page_of
from huizen.models import House
from huizen.roles import Permission
from huizen.spreadsheet import table_response
from huizen.words import wall

SEE = Permission.SEE_REGISTRATIONS
#: Lines on paper for who comes without a sign-up.
EMPTY_LINES, FEWEST_LINES = 6, 16


@require_safe
@allow(SEE)
def sign_up_list(request, pk: int):
    """Who signed up for an activity, over all its moments: by name, by state, by moment."""
    activity = _activity(request, pk)
    form = SignUpListForm(request.GET, activity=activity)
    page = page_of(request, _whole(form.registrations()))
    context = {
        "activity": activity,
        "form": form,
        "page": page,
        "visits": form.visits().select_related("session")[:PER_PAGE],
        "query": request.GET.urlencode(),
        "now": timezone.now(),
    }
    return render(request, "activities/sign_up_list.html", context)


@require_safe
@allow(SEE)
def sign_up_file(request, pk: int, kind: str):
    """The same rows as a file for a spreadsheet."""
    activity = _activity(request, pk)
    form = SignUpListForm(request.GET, activity=activity)
    rows = sign_up_rows(_whole(form.registrations()), form.visits().select_related("session"))
    moment = form.told.get("moment")
    name = f"{activity.title} {wall(moment.starts_at):%Y-%m-%d}" if moment else activity.title
    return table_response(kind, name, HEAD, rows)


@require_safe
@allow(SEE)
def sign_in_sheet(request, pk: int):
    """A sheet to sign on paper, with empty lines and the code of the page where it is noted."""
    rows = Session.objects.filter(activity__house__in=House.objects.where(request.user, SEE))
    session = get_object_or_404(
        rows.select_related("activity__house", "activity__location", "location"), pk=pk
    )
    coming = session.registrations.filter(state=Registration.State.CONFIRMED).order_by("name", "pk")
    families = list(coming.prefetch_related("participants"))
    address = absolute(reverse("attendance_take", args=[pk]))
    context = {
        "session": session,
        "activity": session.activity,
        "place": place_of(session),
        "families": families,
        "empty": range(max(EMPTY_LINES, FEWEST_LINES - len(families))),
        "qr": qr_svg(address),
        "address": address,
        "now": timezone.now(),
    }
    return render(request, "activities/sign_in_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SEE)
def registration_shift(request, pk: UUID):
    """Another moment for one family; it hears it by mail."""
    rows = Registration.objects.select_related("session__activity__house").prefetch_related("participants")
    mine = rows.filter(session__activity__house__in=House.objects.where(request.user, SEE))
    registration, now = get_object_or_404(mine, pk=pk), timezone.now()
    form = ShiftForm(request.POST or None, registration=registration, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            shift_registration(registration_id=pk, to=form.cleaned_data["to"].pk, by=request.user, now=now)
        except (BusyError, RegistrationError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, f"{registration.name or 'Het gezin'} heeft nu een plaats in dit moment."
            )
            return redirect("session_manage", form.cleaned_data["to"].pk)
    context = {"registration": registration, "session": registration.session, "form": form, "now": now}
    return render(request, "activities/registration_shift.html", context)


def _activity(request, pk: int) -> Activity:
    rows = Activity.objects.filter(house__in=House.objects.where(request.user, SEE))
    return get_object_or_404(rows.select_related("house"), pk=pk)


def _whole(registrations):
    return registrations.select_related("session", "attendance").prefetch_related("participants")
