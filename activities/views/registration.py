"""Signing up for a moment, and the page on which a family keeps its sign-up: without an account."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from activities.actions import waiting_list
from activities.actions.closing import closes_at, why_closed
from activities.actions.forget import forget_registration
from activities.actions.hold import count_live_holds, hold_places, live_hold
from activities.actions.offered_place import accept_offer
from activities.actions.registration import (
    FormUsedError,
    RegistrationError,
    register,
)
from activities.actions.registration_change import (
    add_child,
    cancel_registration,
    change_places,
    remove_child,
)
from activities.actions.registration_mail import PURPOSE, manage_path
from activities.actions.series_mail import series_path
from activities.actions.session_lock import BusyError
from activities.actions.session_words import place_of
from activities.actions.text_choice import choose_text_messages, may_get_text_messages
from activities.forms.children import ChildForm
from activities.forms.registration import PlacesForm, RegistrationForm
from activities.models import Activity, Registration, Session
from activities.views.mail_language import keep_language, language_form
from activities.views.remembered import overlaps_to_tell, remember
from activities.views.sign_up_form import comes_too_often, family_of, key_in, refuse_machine
from activities.waiting_words import answer_words, draw_words, fit_rule, line_rules, why_not_yet
from huizen import links
from huizen.access import public
from huizen.retention import timed_rules

State = Registration.State
BUSY_SECONDS = 5


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_create(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for one moment; sent well, it leads to the page of the sign-up."""
    now = timezone.now()
    session = get_object_or_404(_sessions(), pk=pk)
    if not session.activity.is_for_families:
        return redirect("learning_sign_up", pk)
    count_live_holds(session, now=now)
    if request.method != "POST":
        return _show_form(
            request, session, RegistrationForm.known(family_of(request), session=session, now=now), now
        )
    form = RegistrationForm.sent(request.POST, session=session, now=now)
    if comes_too_often(request, form):
        return _show_form(request, session, form, now, status=429)
    if "nog_een_kind" in request.POST:
        form = RegistrationForm.with_one_more(request.POST, session=session, now=now)
        _hold_more(request, session, form, now)
        return _show_form(request, session, form, now)
    return _sign_up(request, session, form, now)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_manage(request: HttpRequest, token: str) -> HttpResponse:
    """What a family signed up for, by the link in its mail. Looking changes nothing; the buttons do."""
    now = timezone.now()
    try:
        registration = get_object_or_404(_registrations(), pk=links.read(PURPOSE, token))
    except links.BadLinkError:
        return render(request, "link_bad.html", status=404)
    if request.method != "POST":
        return _show_registration(request, registration, now)
    try:
        return ACTS.get(request.POST.get("wat"), _do_nothing)(request, registration, now)
    except (BusyError, RegistrationError) as error:
        messages.error(request, str(error))
        return redirect(manage_path(registration))


def _sign_up(request, session: Session, form: RegistrationForm, now) -> HttpResponse:
    """Ask the action; what stands in the way is said on the form, with all that was typed."""
    refuse_machine(request, form)
    if not form.is_valid():
        return _show_form(request, session, form, now)
    try:
        registration = register(
            session_id=session.pk,
            form_key=_form_key(request),
            family=family_of(request),
            now=now,
            **form.party,
        )
    except BusyError as error:
        form.add_error(None, str(error))
        return _show_form(request, session, form, now, status=503, retry_after=BUSY_SECONDS)
    except FormUsedError as error:
        form.add_error(None, str(error))
        return _show_form(request, session, form, now, form_key=uuid4())
    except RegistrationError as error:
        form.add_error(None, str(error))
        return _show_form(request, session, form, now)
    _congratulate(request, registration)
    return remember(request, redirect(manage_path(registration)), registration)


def _hold_more(request, session: Session, form: RegistrationForm, now) -> None:
    """One more child, one more place held, if this form holds any; where that cannot be nothing is said."""
    if form.children and live_hold(session, _form_key(request), now=now):
        with suppress(BusyError):
            hold_places(
                session_id=session.pk, form_key=_form_key(request), places=form.children.rows, now=now
            )


def _show_form(request, session, form, now, *, status=200, form_key=None, retry_after=0) -> HttpResponse:
    """The form, or a clear page when this moment takes no sign-ups."""
    if sentence := why_closed(session, now=now):
        return _show_closed(request, session, sentence)
    form_key = form_key or _form_key(request)
    hold = live_hold(session, form_key, now=now)
    context = {
        "session": session,
        "activity": session.activity,
        # To search machines the form belongs to the page of the activity.
        "activity_url": links.absolute(reverse("activity_detail", args=[session.activity.slug])),
        "place": place_of(session),
        "form": form,
        "form_key": form_key,
        "hold": hold,
        "in_line": None if hold else _next_position(session),
        "draw_words": draw_words(session, now=now),
        "fit_rule": fit_rule(session),
        "line_rules": line_rules(session),
        "closes_at": closes_at(session) if session.activity.closes_hours else None,
        "phone": session.activity.phone or session.activity.house.phone,
        "now": now,
    }
    answer = render(request, "activities/registration_create.html", context, status=status)
    if retry_after:
        answer["Retry-After"] = str(retry_after)
    return answer


def _show_closed(request, session: Session, sentence: str) -> HttpResponse:
    """Why nobody can sign up; of an offer that is not published nothing else is told."""
    activity = session.activity
    context = {
        "sentence": sentence,
        "session": session if activity.is_online else None,
        "activity": activity,
        "phone": activity.phone or activity.house.phone,
    }
    return render(
        request, "activities/registration_closed.html", context, status=200 if activity.is_online else 404
    )


def _show_registration(
    request, registration: Registration, now, *, child_form=None, places_form=None, mail_form=None
):
    session = registration.session
    address = links.absolute(manage_path(registration))
    may_change = registration.state != State.CANCELLED and session.starts_at > now
    by_child = session.activity.counts == Activity.Counts.CHILDREN
    context = {
        "registration": registration,
        "children": registration.participants.order_by("pk"),
        "session": session,
        "activity": session.activity,
        "house": session.activity.house,
        "place": place_of(session),
        "phone": session.activity.phone or session.activity.house.phone,
        **_line(registration, now),
        "may_change": may_change,
        "may_text": may_change and may_get_text_messages(registration),
        "language_form": mail_form or language_form(registration),
        "may_sign_up": not why_closed(session, now=now),
        "child_form": child_form
        or (ChildForm(session=session, now=now) if may_change and by_child else None),
        "places_form": places_form
        or (PlacesForm(initial={"places": registration.places}) if may_change and not by_child else None),
        "overlaps": overlaps_to_tell(request, registration, now),
        "held_until": session.ends_at + timedelta(days=timed_rules()["registration"]),
        "address": address,
        "series_url": series_path(registration.series) if registration.series else "",
        "qr": segno.make(address, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff"),
        "now": now,
    }
    return render(request, "activities/registration_manage.html", context)


def _line(registration: Registration, now) -> dict:
    """Where a family stands that has no place yet, why, and what it can do about it."""
    session, told = registration.session, {}
    if registration.state == State.WAITING:
        place = waiting_list.position(registration)
        told = {"position": place, "why_not_yet": why_not_yet(registration, position=place, now=now)}
    return {
        **told,
        "draw_words": draw_words(session, now=now) if told else "",
        "line_rules": line_rules(session, by_mail=bool(registration.email)),
        "answer_words": answer_words(registration, now=now),
    }


def _cancel(request, registration: Registration, now) -> HttpResponse:
    cancel_registration(registration_id=registration.pk, now=now)
    messages.success(
        request, gettext("Je bent afgemeld. Dank je om het te zeggen: zo kan iemand anders komen.")
    )
    return redirect(manage_path(registration))


def _remove_child(request, registration: Registration, now) -> HttpResponse:
    child = request.POST.get("kind", "")
    if child.isascii() and child.isdigit() and len(child) < 19:
        remove_child(registration_id=registration.pk, participant_id=int(child), now=now)
        messages.success(request, gettext("Dat kind komt niet meer mee."))
    return redirect(manage_path(registration))


def _add_child(request, registration: Registration, now) -> HttpResponse:
    form = ChildForm(request.POST, session=registration.session, now=now)
    if not form.is_valid():
        return _show_registration(request, registration, now, child_form=form)
    add_child(registration_id=registration.pk, child=form.facts, now=now)
    messages.success(request, gettext("%(name)s komt ook mee.") % {"name": form.facts.first_name})
    return redirect(manage_path(registration))


def _change_places(request, registration: Registration, now) -> HttpResponse:
    form = PlacesForm(request.POST)
    if not form.is_valid():
        return _show_registration(request, registration, now, places_form=form)
    change_places(registration_id=registration.pk, places=form.cleaned_data["places"], now=now)
    messages.success(request, gettext("We pasten het aantal aan."))
    return redirect(manage_path(registration))


def _forget(request, registration: Registration, now) -> HttpResponse:
    if forget_registration(registration_id=registration.pk, now=now):
        messages.success(request, gettext("We wisten je gegevens."))
    return redirect(manage_path(registration))


def _choose_texts(request, registration: Registration, now) -> HttpResponse:
    wants = request.POST.get("sms") == "1"
    choose_text_messages(registration=registration, wants=wants, now=now)
    messages.success(
        request, gettext("Je krijgt ook een sms.") if wants else gettext("Je krijgt geen sms meer.")
    )
    return redirect(manage_path(registration))


def _choose_language(request, registration: Registration, now) -> HttpResponse:
    if form := keep_language(request, registration):
        return _show_registration(request, registration, now, mail_form=form)
    return redirect(manage_path(registration))


def _do_nothing(request, registration: Registration, now) -> HttpResponse:
    return redirect(manage_path(registration))


def _accept(request, registration: Registration, now) -> HttpResponse:
    accept_offer(registration_id=registration.pk, now=now)
    messages.success(request, gettext("Gelukt! Je bent ingeschreven."))
    return redirect(manage_path(registration))


ACTS = {
    "aanvaard": _accept,
    "annuleer": _cancel,
    "kind-weg": _remove_child,
    "kind-erbij": _add_child,
    "plaatsen": _change_places,
    "sms": _choose_texts,
    "taal": _choose_language,
    "wis": _forget,
}


def _congratulate(request, registration: Registration) -> None:
    if registration.state == State.CONFIRMED:
        messages.success(request, gettext("Gelukt! Je bent ingeschreven."))
    elif registration.session.collects_wishes:
        messages.success(request, gettext("Gelukt! Jullie doen mee met de loting."))
    elif registration.state == State.WAITING:
        messages.warning(
            request, gettext("Je staat op de wachtlijst. We laten het weten als er een plaats is.")
        )


def _sessions():
    return Session.objects.select_related("activity__house", "activity__location", "location")


def _registrations():
    return Registration.objects.select_related(
        "session__activity__house", "session__activity__location", "session__location", "series"
    )


def _next_position(session: Session) -> int | None:
    """The place in line that a newcomer gets; None when there is room."""
    if not session.has_queue:
        return None
    return session.registrations.filter(state=State.WAITING).count() + 1


def _form_key(request) -> UUID:
    return key_in(request.POST if request.method == "POST" else request.GET)
