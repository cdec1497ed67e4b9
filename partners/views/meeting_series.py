"""Series of meetings: planning one, changing it from a date on, stopping it. The dates are shown first."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.recurrence import schedule_in_words
from huizen.roles import Permission
from partners.actions.meeting_lock import MeetingError
from partners.actions.meeting_series import coming_moments, plan_series, refuse_odd_number
from partners.actions.meeting_series_change import From, change_series, foresee_change, monday_of, stop_series
from partners.forms.meeting import CancelForm
from partners.forms.meeting_series import SeriesChangeForm, SeriesForm
from partners.models import Meeting, MeetingSeries
from partners.series_plan import Fate
from partners.views.meeting import meeting_of
from partners.views.meeting_change import group_asked
from partners.views.meeting_home import chosen_home
from partners.views.people_papers import all_valid, invitees_of, people_papers

FATES = {
    Fate.STAYS: ("blijft", "quiet"),
    Fate.NEW: ("nieuw", "good"),
    Fate.MOVES: ("nieuw moment", "warning"),
    Fate.GOES: ("gaat niet door", "bad"),
    Fate.APART: ("blijft, apart gewijzigd", "quiet"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def series_create(request):
    """The rule, who is asked, the dates; only then the button that sends the invitations."""
    group, now = group_asked(request), timezone.now()
    house, choose = (group.house, None) if group else chosen_home(request, "Voor wie is de reeks?")
    if choose:
        return choose
    first = MeetingSeries(house=house, group=group, weekdays=[], nths=[])
    form = SeriesForm(request.POST or None, instance=first, now=now)
    papers = {"form": form, **people_papers(request, house)}
    context = papers | {"house": house, "group": group}
    if "rijen" not in request.POST and request.method == "POST" and all_valid(papers):
        try:
            rule = form.rule(request.POST.getlist("overslaan"))
            if "plan" in request.POST:
                series = plan_series(rule=rule, invitees=invitees_of(papers), by=request.user, now=now)
                words = "De reeks is gepland. De uitnodigingen zijn onderweg. Begint elke datum met dezelfde punten?"
                messages.success(request, f"{words} Zet ze hier.")
                return redirect("series_agenda", series.meetings.earliest("original_start").pk)
            context |= _foreseen(rule, coming_moments(rule, after=now))
        except MeetingError as error:
            form.add_error(None, str(error))
    return render(request, "partners/series_create.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def series_edit(request, pk):
    """Another rule or other words, from this date on; `?vanaf=alles`: for all that is to come."""
    meeting, now = _date_of_series(request, pk), timezone.now()
    form = SeriesChangeForm.of(meeting, request.POST or None, now=now)
    context = {"form": form, "meeting": meeting, "all": request.GET.get("vanaf") == "alles"}
    if request.method == "POST" and form.is_valid():
        try:
            start = From(meeting, form.cleaned_data["seen"])
            rule = form.rule(request.POST.getlist("overslaan"))
            rule.starts_on = monday_of(meeting)
            if "plan" in request.POST:
                series = change_series(start=start, rule=rule, by=request.user, now=now)
                messages.success(request, "De reeks is gewijzigd. Iedereen krijgt bericht.")
                return redirect("meeting_detail", _first_of(series, pk))
            steps = foresee_change(start=start, rule=rule, now=now)
            refuse_odd_number([step.moment for step in steps if step.moment])
            context |= {
                "steps": [(step, *FATES[step.fate]) for step in steps],
                "rule": schedule_in_words(rule),
            }
        except MeetingError as error:
            form.add_error(None, str(error))
    return render(request, "partners/series_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def series_stop(request, pk):
    """A clear question first, with the reason that everybody reads."""
    meeting, now = _date_of_series(request, pk), timezone.now()
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            start = From(meeting, meeting.series.changed_at)
            stop_series(start=start, **form.cleaned_data, by=request.user, now=now)
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "De reeks stopt. Iedereen krijgt bericht.")
            return redirect("meeting_detail", pk)
    context = {"form": form, "meeting": meeting}
    return render(request, "partners/series_stop.html", context, status=422 if form.errors else 200)


def _date_of_series(request, pk) -> Meeting:
    """A date that is still to come of a series of the person's; the first such date for `?vanaf=alles`. Or 404."""
    meeting, now = meeting_of(request, pk), timezone.now()
    coming = Meeting.objects.whole().filter(series=meeting.series_id, starts_at__gt=now)
    if meeting.series_id is None:
        raise Http404
    if request.GET.get("vanaf") == "alles":
        meeting = coming.order_by("original_start").first()
    if meeting is None or meeting.starts_at <= now:
        raise Http404("Deze datum is voorbij.")
    return meeting


def _first_of(series: MeetingSeries, pk: int) -> int:
    """The date from which she changed the series if it goes on with it, else its first one."""
    rows = series.meetings.order_by("original_start")
    first = rows.filter(pk=pk).first() or rows.filter(status=Meeting.Status.SCHEDULED).last() or rows.first()
    return first.pk if first else pk


def _foreseen(rule: MeetingSeries, moments: list) -> dict:
    """The dates as the page shows them, those that were ticked away too."""
    refuse_odd_number(moments)
    return {"moments": moments, "skipped": rule.skip_dates, "rule": schedule_in_words(rule)}
