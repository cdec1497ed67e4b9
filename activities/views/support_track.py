"""`/beheer/leren/trajecten/`: support tracks, which bundle what there is to learn; the agency makes them."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.actions.registration_mail import manage_path
from activities.actions.support_track import keep_track, remove_track
from activities.forms.support_track import SupportTrackForm
from activities.models import Activity, Session, SupportTrack
from activities.own_sign_ups import sign_ups_of
from huizen.access import allow
from huizen.roles import Permission


@require_safe
@allow(Permission.LEARN)
def track_list(request):
    """All tracks, with how much there is in each."""
    offered = Prefetch("activities", Activity.objects.for_professionals().order_by("title"))
    tracks = SupportTrack.objects.visible_to(request.user).prefetch_related(offered).order_by("title")
    context = {"tracks": tracks, "leads": request.user.may(Permission.LEAD_LEARNING)}
    return render(request, "activities/track_list.html", context)


@require_safe
@allow(Permission.LEARN)
def track_detail(request, pk):
    """One track: its activities, what comes first on top, with their moments and for which she signed up."""
    track = get_object_or_404(SupportTrack.objects.visible_to(request.user), pk=pk)
    now = timezone.now()
    coming = (
        Session.objects.upcoming(now=now).scheduled().select_related("location").order_by("starts_at", "pk")
    )
    rows = Activity.objects.for_professionals().filter(tracks=track).select_related("house", "location")
    activities = list(rows.prefetch_related(Prefetch("sessions", coming, to_attr="coming")))
    activities.sort(
        key=lambda each: (not each.coming, each.coming[0].starts_at if each.coming else now, each.pk)
    )
    own = sign_ups_of(request.user).current().filter(session__activity__in=activities)
    ways = {each.session_id: manage_path(each) for each in own}
    for activity in activities:
        for session in activity.coming:
            session.activity, session.own_way = activity, ways.get(session.pk)
    context = {
        "track": track,
        "activities": activities,
        "leads": request.user.may(Permission.LEAD_LEARNING),
        "now": now,
    }
    return render(request, "activities/track_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.LEAD_LEARNING)
def track_create(request):
    """A new track."""
    return _kept(request, SupportTrack())


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.LEAD_LEARNING)
def track_edit(request, pk):
    """Other words for a track, or other things in it."""
    return _kept(request, get_object_or_404(SupportTrack, pk=pk))


@require_POST
@allow(Permission.LEAD_LEARNING)
def track_remove(request, pk):
    """The bundle goes; what was in it stays."""
    track = get_object_or_404(SupportTrack, pk=pk)
    remove_track(track=track, by=request.user, now=timezone.now())
    messages.success(request, "Het traject is weg. De vormingen zelf blijven.")
    return redirect("track_list")


def _kept(request, track: SupportTrack):
    form = SupportTrackForm(request.POST or None, instance=track)
    if request.method == "POST" and form.is_valid():
        kept = keep_track(track=track, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard.")
        return redirect("track_detail", kept.pk)
    context = {"track": track, "form": form}
    return render(request, "activities/track_edit.html", context, status=422 if form.errors else 200)
