"""One moment for the people of the House: who comes, who waits, and every change that families must hear."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.actions.attendance import may_take
from activities.actions.broadcast import broadcasts_of
from activities.actions.registration import RegistrationError, register
from activities.actions.registration_change import cancel_registration
from activities.actions.session_change import (
    SessionChangeError,
    cancel_session,
    change_capacity,
    move_session,
    restore_session,
)
from activities.actions.session_lock import BusyError
from activities.actions.session_words import place_of
from activities.actions.waiting_list import Trigger, promote_session
from activities.forms.session import CapacityForm, MoveForm, ReasonForm
from activities.forms.telephone import TelephoneForm
from activities.models import Activity, Registration, Session
from activities.no_shows import count_no_shows
from activities.views.sign_up_form import key_in
from huizen.access import allow
from huizen.models import Event, House
from huizen.roles import Permission
from huizen.words import count

SEE = Permission.SEE_REGISTRATIONS
REFUSALS = (BusyError, RegistrationError, SessionChangeError)
LAST_EVENTS = 30


@require_safe
@allow(SEE)
def session_manage(request, pk: int):
    """Who comes, who waits (in order), who cancelled, and what happened."""
    return _show(request, _session(request, pk))


@require_POST
@allow(SEE)
def session_capacity(request, pk: int):
    """More or fewer places."""
    session = _session(request, pk)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        return _show(request, session, capacity_form=form)
    try:
        change_capacity(session_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
    except REFUSALS as error:
        form.add_error("capacity", str(error))
        return _show(request, session, capacity_form=form)
    messages.success(request, "Het aantal plaatsen is aangepast.")
    return redirect("session_manage", pk)


@require_POST
@allow(SEE)
def session_promote(request, pk: int):
    """Let the waiting list move now, without waiting for the clock."""
    _session(request, pk)
    try:
        promoted = promote_session(session_id=pk, by=request.user, now=timezone.now(), trigger=Trigger.CLICK)
    except BusyError as error:
        messages.error(request, str(error))
        return redirect("session_manage", pk)
    if promoted:
        asked = sum(each.state == Registration.State.OFFERED for each in promoted)
        if asked:
            messages.success(
                request, f"{count(asked, 'gezin krijgt', 'gezinnen krijgen')} een mail: wil je deze plaats?"
            )
        if len(promoted) > asked:
            given = count(len(promoted) - asked, "gezin heeft", "gezinnen hebben")
            messages.success(request, f"{given} nu een plaats.")
    else:
        messages.warning(request, "Niemand schoof door: er is geen plaats vrij die past.")
    return redirect("session_manage", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SEE)
def session_cancel(request, pk: int):
    """The moment does not take place: a reason, and everybody hears it."""
    session = _session(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session(session_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het moment gaat niet door. Wie een e-mailadres gaf, krijgt een mail.")
            return redirect("session_manage", pk)
    return render(
        request, "activities/session_cancel.html", {"session": session, "form": form, **_heard(session)}
    )


@require_POST
@allow(SEE)
def session_restore(request, pk: int):
    """The moment takes place after all."""
    _session(request, pk)
    try:
        restore_session(session_id=pk, by=request.user, now=timezone.now())
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Het moment gaat toch door. Wie een e-mailadres gaf, krijgt een mail.")
    return redirect("session_manage", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SEE)
def session_move(request, pk: int):
    """Another day, hour or place; everybody hears the old and the new."""
    session, now = _session(request, pk), timezone.now()
    form = MoveForm(request.POST or None, session=session, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            move_session(session_id=pk, by=request.user, now=now, **form.change)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het moment is verplaatst. Wie een e-mailadres gaf, krijgt een mail.")
            return redirect("session_manage", pk)
    return render(
        request, "activities/session_move.html", {"session": session, "form": form, **_heard(session)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SEE)
def session_register(request, pk: int):
    """A sign-up that came by telephone."""
    session, now = _session(request, pk), timezone.now()
    form = TelephoneForm(session=session, now=now)
    if "nog_een_kind" in request.POST:
        form = TelephoneForm.with_one_more(request.POST, session=session, now=now)
    elif request.method == "POST":
        form = TelephoneForm.sent(request.POST, session=session, now=now)
        if form.is_valid() and (registration := _register(request, session, form, now)):
            messages.success(request, f"{registration.name}: {registration.get_state_display()}.")
            return redirect("session_manage", pk)
    context = {"session": session, "form": form, "form_key": key_in(request.POST)}
    return render(request, "activities/session_register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SEE)
def registration_cancel(request, pk: UUID):
    """One family does not come: with the reason that it reads."""
    rows = Registration.objects.select_related("session__activity").filter(
        session__activity__house__in=House.objects.where(request.user, SEE)
    )
    registration = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_registration(registration_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "De inschrijving is geannuleerd.")
            return redirect("session_manage", registration.session_id)
    context = {"registration": registration, "session": registration.session, "form": form}
    return render(request, "activities/registration_cancel.html", context)


def _show(request, session: Session, *, capacity_form: CapacityForm | None = None):
    by_state = {state: [] for state in Registration.State.values}
    for registration in _rows(session):
        by_state[registration.state].append(registration)
    by_state[Registration.State.WAITING].sort(key=lambda each: (each.yields, each.waiting_number))
    now = timezone.now()
    context = {
        "session": session,
        "activity": session.activity,
        "place": place_of(session),
        **by_state,
        "capacity_form": capacity_form or CapacityForm(initial={"capacity": session.capacity}),
        "events": _events(session, [each.pk for rows in by_state.values() for each in rows]),
        "broadcasts": broadcasts_of(session),
        "visits": session.visits.order_by("marked_at", "pk"),
        "opinions": session.opinions.order_by("-score", "?"),
        "is_over": session.ends_at <= now,
        "may_take": may_take(session, now=now),
        "by_child": session.activity.counts == Activity.Counts.CHILDREN,
        "now": now,
    }
    return render(request, "activities/session_manage.html", context)


def _rows(session: Session) -> list[Registration]:
    rows = session.registrations.with_yields().select_related("attendance").prefetch_related("participants")
    found = list(rows.order_by("created_at", "pk"))
    count_no_shows(found, session)
    return found


def _events(session: Session, registrations: list[UUID]):
    """What happened to a moment and to its sign-ups, the last first."""
    about = Q(subject_type=Session._meta.label_lower, subject_id=str(session.pk)) | Q(
        subject_type=Registration._meta.label_lower, subject_id__in=[str(pk) for pk in registrations]
    )
    return Event.objects.filter(about).select_related("actor").order_by("-at", "-pk")[:LAST_EVENTS]


def _sessions(user):
    return Session.objects.filter(activity__house__in=House.objects.where(user, SEE)).select_related(
        "activity__house", "activity__location", "location"
    )


def _session(request, pk: int) -> Session:
    return get_object_or_404(_sessions(request.user), pk=pk)


def _register(request, session: Session, form: TelephoneForm, now) -> Registration | None:
    """The sign-up, or nothing and the reason on the form."""
    try:
        return register(
            session_id=session.pk, form_key=key_in(request.POST), by=request.user, now=now, **form.party
        )
    except REFUSALS as error:
        form.add_error(None, str(error))
        return None


def _heard(session: Session) -> dict[str, int]:
    """How many families hear of a change by mail, and how many must be called."""
    return session.registrations.current().aggregate(
        by_mail=Count("pk", filter=~Q(email="")), by_phone=Count("pk", filter=Q(email=""))
    )
