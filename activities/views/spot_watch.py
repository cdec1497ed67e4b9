"""Tell me when there is a place: an address for one mail, and the page that stops it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from activities.actions.session_lock import BusyError
from activities.actions.session_words import place_of
from activities.actions.spot_watch import (
    PURPOSE,
    PlaceFreeError,
    WatchError,
    stop_path,
    stop_watching,
    takes_people,
    watch_session,
)
from activities.forms.spot_watch import SpotWatchForm
from activities.models import Activity, Session, SpotWatch
from huizen import links
from huizen.access import public
from huizen.throttle import address_of, too_often


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def spot_watch_create(request: HttpRequest, pk: int) -> HttpResponse:
    """One field: where to write when there is a place again. Where there is one now, the way to it."""
    now = timezone.now()
    session = get_object_or_404(_sessions(), pk=pk)
    if not session.has_queue or not takes_people(session, now=now):
        return redirect("activity_detail", session.activity.slug)
    form = SpotWatchForm(request.POST or None, initial={"email": getattr(request.user, "email", "")})
    if request.method == "POST" and _kept(request, session, form, now):
        return redirect("activity_detail", session.activity.slug)
    context = {"session": session, "activity": session.activity, "place": place_of(session), "form": form}
    return render(request, "activities/spot_watch_create.html", {**context, "now": now})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def spot_watch_stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more of these mails. Looking changes nothing; the button does."""
    try:
        rows = SpotWatch.objects.select_related("session__activity__house")
        watch = get_object_or_404(rows, pk=links.read(PURPOSE, token))
    except links.BadLinkError:
        return render(request, "link_bad.html", status=404)
    if request.method == "POST":
        stop_watching(watch_id=watch.pk, now=timezone.now())
        messages.success(request, gettext("Je krijgt zulke mails niet meer."))
        return redirect(stop_path(watch))
    return render(request, "activities/spot_watch_stop.html", {"activity": watch.session.activity})


def _kept(request, session: Session, form: SpotWatchForm, now) -> bool:
    """Whether we will write; else the reason stands on the form."""
    if too_often("spot-watch", address_of(request)):
        form.add_error(
            None, gettext("Van hier kwamen te veel vragen na elkaar. Wacht tien minuten, of bel het Huis.")
        )
    if not form.is_valid():
        return False
    try:
        watch_session(session_id=session.pk, email=form.cleaned_data["email"], now=now)
    except PlaceFreeError as error:
        messages.success(request, str(error))
        return True
    except (BusyError, WatchError) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, gettext("We mailen je één keer, zodra er plaats is."))
    return True


def _sessions():
    online = Activity.objects.published()
    rows = Session.objects.filter(activity__in=online)
    return rows.select_related("activity__house", "activity__location", "location")
