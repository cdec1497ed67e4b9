"""`/activiteiten/<slug>/`: one activity, with everything that a family asks before it leaves home."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.actions.series import offers_series
from activities.freshness import Freshness, freshness_of
from activities.linked_data import of_activity
from activities.models import Activity, ActivityTranslation
from activities.qr import qr_svg
from activities.recurrence import ONGOING, schedule_in_words
from huizen.access import public
from huizen.languages import language_of_page
from huizen.links import absolute, mail_to_share
from huizen.reading import Reading, read
from huizen.shared_pages import shared

SHOWN_MOMENTS = 6
OVER = {Activity.Status.ARCHIVED, Activity.Status.EXPIRED}


@require_safe
@public
@shared
def activity_detail(request, slug):
    """The page of an activity. Over: a page that says so (410). Not online: only for who may edit it."""
    now = timezone.now()
    today = timezone.localdate(now)
    activity = _found(slug)
    may_edit = _may_edit(request.user, activity)
    if not may_edit and activity.status in OVER and activity.house.is_published:
        return render(request, "activities/activity_gone.html", {"activity": activity}, status=410)
    if not may_edit and not activity.is_online:
        raise Http404("Deze activiteit staat niet online.")
    sessions = list(activity.sessions.upcoming(now=now).select_related("location").order_by("starts_at"))
    schedules = list(activity.schedules.order_by("pk"))
    url = absolute(reverse("activity_detail", args=[activity.slug]))
    context = {
        "activity": activity,
        "reading": _reading(request, activity),
        "may_edit": may_edit,
        "online": activity.is_online,
        "next": next((s for s in sessions if s.status == s.Status.SCHEDULED), None),
        "offers_series": activity.is_online and offers_series(activity, sessions, now=now),
        "first_moments": sessions[:SHOWN_MOMENTS],
        "more_moments": sessions[SHOWN_MOMENTS:],
        "rules": [schedule_in_words(s) for s in schedules if s.kind not in ONGOING],
        "ongoing": next((s.kind for s in schedules if s.kind in ONGOING), ""),
        "is_old": freshness_of(activity, today=today) != Freshness.FRESH,
        "url": url,
        "report_url": f"{reverse('report_create')}?activiteit={activity.slug}",
        "share_to": mail_to_share(activity.title, url),
        "qr": qr_svg(url),
        "facts": of_activity(activity, sessions, url=url),
        "now": now,
    }
    return render(request, "activities/activity_detail.html", context)


def _found(slug: str) -> Activity:
    rows = Activity.objects.select_related("house", "organiser", "location__municipality")
    activity = rows.filter(slug=slug).first()
    if activity is None:
        raise Http404("Deze activiteit bestaat niet.")
    return activity


def _reading(request, activity: Activity) -> Reading:
    """Its own words in the language that the reader asked, or in that of the page."""
    asked = request.GET.get("taal") or language_of_page().code
    return read(activity, ActivityTranslation.FIELDS, activity.translations.all(), asked=asked)


def _may_edit(user, activity: Activity) -> bool:
    return user.is_authenticated and Activity.objects.editable_by(user).filter(pk=activity.pk).exists()
