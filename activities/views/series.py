"""Coming every time: the form for all moments, and the page on which a family keeps them."""

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from activities.actions.registration import RegistrationError
from activities.actions.series import coming_sessions, join_series, offers_series, party_of, pauses
from activities.actions.series_change import (
    end_series,
    pause_series,
    rejoin_moment,
    resume_series,
    skip_moment,
)
from activities.actions.series_mail import PURPOSE, series_path
from activities.actions.session_lock import BusyError
from activities.forms.series import PauseForm, SeriesForm
from activities.models import Activity, Registration, Series, Session
from activities.views.mail_language import keep_language, language_form
from activities.views.sign_up_form import comes_too_often, family_of, key_in, refuse_machine
from huizen import links
from huizen.access import public
from huizen.words import count

SHOWN = 10
State = Registration.State


class Row(NamedTuple):
    """One moment on the page of a family, and what can be done about it: "", skip or rejoin."""

    session: Session
    words: str
    kind: str
    act: str = ""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series_create(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for all moments; sent well, it leads to the page with all of them."""
    now = timezone.now()
    online = Activity.objects.published().select_related("house", "location")
    activity = get_object_or_404(online, slug=slug)
    sessions = coming_sessions(activity, now=now)
    if not offers_series(activity, sessions, now=now):
        return redirect("activity_detail", slug)
    if request.method != "POST":
        form = SeriesForm.known(family_of(request), session=sessions[0], now=now)
    elif "nog_een_kind" in request.POST:
        form = SeriesForm.with_one_more(request.POST, session=sessions[0], now=now)
    else:
        form = SeriesForm.sent(request.POST, session=sessions[0], now=now)
        if series := _join(request, activity, form, now):
            return redirect(series_path(series))
    return _show_form(request, activity, sessions, form, now)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series_manage(request: HttpRequest, token: str) -> HttpResponse:
    """All moments of a family that comes every time. Looking changes nothing; the buttons do."""
    now = timezone.now()
    rows = Series.objects.select_related("activity__house", "activity__location").prefetch_related("children")
    try:
        series = get_object_or_404(rows, pk=links.read(PURPOSE, token))
    except links.BadLinkError:
        return render(request, "link_bad.html", status=404)
    if request.method != "POST":
        return _show_series(request, series, now)
    try:
        return ACTS.get(request.POST.get("wat"), _do_nothing)(request, series, now)
    except (BusyError, RegistrationError) as error:
        messages.error(request, str(error))
        return redirect(series_path(series))


def _join(request, activity: Activity, form: SeriesForm, now: datetime) -> Series | None:
    """The standing sign-up, or nothing and the reason on the form."""
    comes_too_often(request, form)
    refuse_machine(request, form)
    if not form.is_valid():
        return None
    try:
        series = join_series(
            activity=activity, form_key=key_in(request.POST), family=family_of(request), now=now, **form.party
        )
    except (BusyError, RegistrationError) as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, gettext("Gelukt! Hieronder zie je al jullie momenten."))
    return series


def _show_form(request, activity, sessions, form, now) -> HttpResponse:
    context = {
        "activity": activity,
        "place": activity.location,
        "sessions": sessions[:SHOWN],
        "more": max(0, len(sessions) - SHOWN),
        "form": form,
        "form_key": key_in(request.POST),
        "phone": activity.phone or activity.house.phone,
        "now": now,
    }
    return render(request, "activities/series_create.html", context)


def _show_series(request, series: Series, now: datetime, *, pause_form=None, mail_form=None):
    rows = _moments(series, now)
    context = {
        "series": series,
        "activity": series.activity,
        "rows": rows[:SHOWN],
        "more_rows": rows[SHOWN:],
        "pause_form": pause_form or PauseForm(),
        "language_form": mail_form or language_form(series),
        "phone": series.activity.phone or series.activity.house.phone,
        "address": links.absolute(series_path(series)),
        "now": now,
    }
    return render(request, "activities/series_manage.html", context)


def _moments(series: Series, now: datetime) -> list[Row]:
    """Every moment that comes, soonest first, with what it is for this family (two queries)."""
    registrations = {row.session_id: row for row in series.registrations.filter(session__starts_at__gt=now)}
    sessions = series.activity.sessions.filter(starts_at__gt=now).order_by("starts_at", "pk")
    return [_row(series, each, registrations.get(each.pk)) for each in sessions]


def _row(series: Series, session: Session, registration: Registration | None) -> Row:
    if session.status == Session.Status.CANCELLED:
        return Row(session, gettext("Gaat niet door"), "bad")
    if registration is None:
        return _row_without(series, session)
    if registration.state == State.CONFIRMED:
        return Row(session, gettext("Ingeschreven"), "good", "skip")
    if registration.state == State.WAITING:
        return Row(session, gettext("Op de wachtlijst"), "warning", "skip")
    if registration.state == State.OFFERED:
        return Row(session, gettext("Er is plaats. Zeg ja in de mail"), "warning", "skip")
    if registration.cancelled_by == Registration.CancelledBy.HOUSE:
        return Row(session, gettext("Geannuleerd door het Huis"), "bad")
    return Row(session, gettext("Deze keer niet"), "quiet", "" if pauses(series, session) else "rejoin")


def _row_without(series: Series, session: Session) -> Row:
    if pauses(series, session):
        return Row(session, gettext("Pauze"), "quiet")
    if not party_of(series, list(series.children.all()), session).places:
        return Row(session, gettext("Niet voor de leeftijd van je kind"), "quiet")
    return Row(session, gettext("Niet ingeschreven"), "quiet", "rejoin")


def _skip(request, series: Series, now: datetime) -> HttpResponse:
    if session_id := _moment(request):
        skip_moment(series_id=series.pk, session_id=session_id, now=now)
        messages.success(request, gettext("Deze keer komen jullie niet. Dank je om het te zeggen."))
    return redirect(series_path(series))


def _rejoin(request, series: Series, now: datetime) -> HttpResponse:
    session = series.activity.sessions.filter(pk=_moment(request)).first()
    registration = session and rejoin_moment(series_id=series.pk, session_id=session.pk, now=now)
    if registration and registration.state == State.WAITING:
        messages.warning(request, gettext("Intussen is alles bezet. Jullie staan op de wachtlijst."))
    elif registration:
        messages.success(request, gettext("Jullie komen toch. Tot dan!"))
    elif session:
        messages.error(request, gettext("Voor dat moment kunnen we jullie niet inschrijven."))
    return redirect(series_path(series))


def _pause(request, series: Series, now: datetime) -> HttpResponse:
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _show_series(request, series, now, pause_form=form)
    left = pause_series(series_id=series.pk, until=form.cleaned_data["until"], now=now)
    messages.success(
        request,
        gettext("Pauze. Jullie slaan %(moments)s over.") % {"moments": count(left, "moment", "momenten")},
    )
    return redirect(series_path(series))


def _resume(request, series: Series, now: datetime) -> HttpResponse:
    resume_series(series_id=series.pk, now=now)
    messages.success(request, gettext("De pauze is voorbij. Kijk hieronder welke momenten jullie hebben."))
    return redirect(series_path(series))


def _end(request, series: Series, now: datetime) -> HttpResponse:
    end_series(series_id=series.pk, now=now)
    messages.success(request, gettext("Jullie zijn gestopt. Dank je om het te zeggen."))
    return redirect(series_path(series))


def _choose_language(request, series: Series, now: datetime) -> HttpResponse:
    if form := keep_language(request, series):
        return _show_series(request, series, now, mail_form=form)
    return redirect(series_path(series))


def _do_nothing(request, series: Series, now: datetime) -> HttpResponse:
    return redirect(series_path(series))


ACTS = {
    "niet": _skip,
    "toch": _rejoin,
    "pauze": _pause,
    "hervat": _resume,
    "stop": _end,
    "taal": _choose_language,
}


def _moment(request) -> int | None:
    """The number of the moment that was pressed; None for what cannot be one."""
    sent = request.POST.get("moment", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else None
