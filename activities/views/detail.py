"""`/activiteiten/<slug>/`: one activity, with everything that a family asks before it leaves home."""

from datetime import datetime

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.actions.closing import closes_at
from activities.actions.series import offers_series
from activities.freshness import Freshness, freshness_of
from activities.linked_data import of_activity
from activities.models import Activity, ActivityTranslation, Schedule, Session
from activities.qr import qr_svg
from huizen.access import public
from huizen.changes import Piece, Pieces
from huizen.languages import language_of, language_of_page
from huizen.links import absolute, mail_to_share
from huizen.models import Holiday, House, Location, OpeningException, OpeningHours
from huizen.open_places import opening_of
from huizen.opening import Opening
from huizen.reading import read
from huizen.recurrence import ONGOING, schedule_in_words
from huizen.shared_pages import shared
from huizen.templatetags.ui import linked_data
from huizen.words import midnight_after
from partners.models import Organisation

SHOWN_MOMENTS = 6
OVER = {Activity.Status.ARCHIVED, Activity.Status.EXPIRED}
#: So many pages are kept, of about twenty kilobytes each.
MOST = 500
#: What says whether its place is open now.
OF_HOURS = (Holiday, OpeningException, OpeningHours)
_pages: Pieces[dict] = Pieces(most=MOST)


@require_safe
@public
@shared
def activity_detail(request, slug):
    """The page of an activity. Over: a page that says so (410). Not online: only for who may edit it."""
    now = timezone.now()
    asked = language_of(request.GET.get("taal") or language_of_page().code).code
    page = _pages.get((slug, asked), lambda: _made(slug, asked, now), now=now)
    activity = page["activity"]
    may_edit = _may_edit(request.user, activity)
    if not may_edit and activity.status in OVER and activity.house.is_published:
        return render(request, "activities/activity_gone.html", {"activity": activity}, status=410)
    if not may_edit and not page["online"]:
        raise Http404("Deze activiteit staat niet online.")
    return render(request, "activities/activity_detail.html", page | {"may_edit": may_edit})


def _made(slug: str, asked: str, now) -> Piece[dict]:
    """All that the page of an activity says, without its visitor: true until one of its moments or rows changes."""
    activity = _found(slug)
    sessions = list(activity.sessions.upcoming(now=now).select_related("location").order_by("starts_at"))
    schedules = list(activity.schedules.order_by("pk"))
    ongoing = next((s.kind for s in schedules if s.kind in ONGOING), "")
    url = absolute(reverse("activity_detail", args=[activity.slug]))
    context = {
        "activity": activity,
        "reading": read(activity, ActivityTranslation.FIELDS, activity.translations.all(), asked=asked),
        "online": activity.is_online,
        "next": next((s for s in sessions if s.status == s.Status.SCHEDULED), None),
        "offers_series": activity.is_online and offers_series(activity, sessions, now=now),
        "first_moments": sessions[:SHOWN_MOMENTS],
        "more_moments": sessions[SHOWN_MOMENTS:],
        "rules": [schedule_in_words(s) for s in schedules if s.kind not in ONGOING],
        "ongoing": ongoing,
        "is_old": freshness_of(activity, today=timezone.localdate(now)) != Freshness.FRESH,
        "url": url,
        "report_url": f"{reverse('report_create')}?activiteit={activity.slug}",
        "qr": qr_svg(url),
        "now": now,
    }
    page = {
        "activity": activity,
        "online": context["online"],
        "url": url,
        "report_url": context["report_url"],
        "share_to": mail_to_share(activity.title, url),
        "facts": linked_data(of_activity(activity, sessions, url=url)),
        "head": render_to_string("activities/activity_head.html", context),
        "rest": render_to_string("activities/activity_rest.html", context),
    }
    hours = opening_of(activity.location_id, now=now) if ongoing and activity.location_id else None
    until = _until(sessions, hours, now)
    return Piece.of(page, since=now, until=until, tables=OF_HOURS, rows=_shown(activity, sessions))


def _until(sessions: list[Session], opening: Opening | None, now) -> datetime:
    """When one can sign up no more, a moment begins or ends, its place opens or closes, or the day is over."""
    moments = [moment for s in sessions for moment in (closes_at(s), s.starts_at, s.ends_at)]
    if opening and opening.changes_at:
        moments.append(opening.changes_at)
    return min(moment for moment in (*moments, midnight_after(now)) if moment > now)


def _shown(activity: Activity, sessions: list[Session]) -> dict:
    """The rows of which something stands on the page."""
    places = {activity.location_id, *(session.location_id for session in sessions)}
    return {
        **dict.fromkeys((Activity, ActivityTranslation, Schedule, Session), (activity.pk,)),
        House: (activity.house_id,),
        Location: places,
        Organisation: (activity.organiser_id,),
    }


def _found(slug: str) -> Activity:
    rows = Activity.objects.select_related("house", "organiser", "location")
    activity = rows.filter(slug=slug).first()
    if activity is None:
        raise Http404("Deze activiteit bestaat niet.")
    return activity


def _may_edit(user, activity: Activity) -> bool:
    return user.is_authenticated and Activity.objects.editable_by(user).filter(pk=activity.pk).exists()
