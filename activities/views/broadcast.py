"""A message to the families of a moment or of an activity: written, looked at, sent."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from activities.actions.broadcast import (
    BroadcastError,
    keep_text,
    sample,
    send_broadcast,
    who_hears,
)
from activities.forms.broadcast import BroadcastForm, started_from, texts_of
from activities.models import Activity, Session
from activities.views.sign_up_form import key_in
from huizen.access import allow
from huizen.models import House
from huizen.outbox.compose import written
from huizen.roles import Permission
from huizen.words import count

SEE = Permission.SEE_REGISTRATIONS


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SEE)
def broadcast_session(request, pk: int):
    """To the families of one moment."""
    rows = Session.objects.filter(activity__house__in=House.objects.where(request.user, SEE))
    session = get_object_or_404(rows.select_related("activity__house"), pk=pk)
    return _write(request, session.activity, session)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SEE)
def broadcast_activity(request, pk: int):
    """To the families of all moments to come of an activity."""
    rows = Activity.objects.filter(house__in=House.objects.where(request.user, SEE))
    return _write(request, get_object_or_404(rows.select_related("house"), pk=pk), None)


def _write(request, activity: Activity, session: Session | None):
    about = {"activity": activity, "session": session}
    if request.method != "POST":
        form = BroadcastForm(initial=started_from(activity, request.GET.get("tekst", "")), **about)
        return _show(request, form, **about)
    form = BroadcastForm(request.POST, **about)
    if not form.is_valid():
        return _show(request, form, **about)
    if "verstuur" in request.POST:
        return _send(request, form, **about)
    return _show(request, form, seen=_seen(form, **about), **about)


def _send(request, form: BroadcastForm, **about):
    now, activity, told = timezone.now(), about["activity"], form.cleaned_data
    try:
        sent = send_broadcast(key=key_in(request.POST), by=request.user, now=now, **about, **form.message)
    except BroadcastError as error:
        form.add_error(None, str(error))
        return _show(request, form, **about)
    if told["keep_as"]:
        keep_text(house=activity.house, name=told["keep_as"], subject=told["subject"], text=told["text"])
    who = count(sent.families, "gezin krijgt", "gezinnen krijgen")
    messages.success(request, f"Verstuurd. {who} het bericht.")
    session = about["session"]
    return redirect("session_manage", session.pk) if session else redirect("sign_up_list", activity.pk)


def _seen(form: BroadcastForm, **about) -> dict:
    """How many hear it, and the mail of the first of them."""
    now, told = timezone.now(), form.message
    heard = who_hears(audience=told["audience"], chosen=told["chosen"], now=now, **about)
    mail = sample(heard, subject=told["subject"], text=told["text"], now=now)
    title, text = written(mail) if mail else ("", "")
    return {"heard": heard, "title": title, "text": text}


def _show(request, form: BroadcastForm, *, activity, session, seen: dict | None = None):
    context = {
        "form": form,
        "activity": activity,
        "session": session,
        "texts": texts_of(activity),
        "key": key_in(request.POST),
        "seen": seen,
        "now": timezone.now(),
    }
    return render(request, "activities/broadcast_write.html", context)
