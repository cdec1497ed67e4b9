"""The agenda with which every date of a series begins."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.roles import Permission
from huizen.words import count
from partners.actions.meeting_lock import MeetingError
from partners.actions.series_agenda import set_standing_agenda
from partners.forms.rows import more_rows, typed_rows
from partners.forms.standing_agenda import SeenForm, StandingForms, StandingFormSet
from partners.views.meeting import meeting_of
from partners.views.people_papers import all_valid, is_sent

ROWS = "agenda"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def series_agenda(request, pk):
    """All points at once; dates to come follow, but for what was changed there."""
    meeting = meeting_of(request, pk)
    if meeting.series is None:
        raise Http404
    papers = _papers(request, meeting.series)
    if is_sent(request) and all_valid(papers):
        facts = {"points": papers["agenda"].standing(meeting.series), **papers["form"].cleaned_data}
        try:
            changed = set_standing_agenda(series=meeting.series, **facts, by=request.user, now=timezone.now())
        except MeetingError as error:
            papers["form"].add_error(None, str(error))
        else:
            words = count(
                changed, "datum begint", "data beginnen", none="Geen enkele datum verandert: alles begint"
            )
            messages.success(request, f"{words} met deze agenda.")
            return redirect("meeting_detail", pk)
    context = papers | {"meeting": meeting}
    return render(request, "partners/series_agenda.html", context, status=422 if is_sent(request) else 200)


def _papers(request, series) -> dict:
    """The rows as they are, as typed, or with more of them."""
    if is_sent(request):
        return {"form": SeenForm(request.POST), "agenda": StandingForms(request.POST, prefix=ROWS)}
    if request.method == "POST":
        agenda = more_rows(StandingForms, typed_rows(request.POST, ROWS), ROWS)
    else:
        agenda = StandingForms(initial=StandingFormSet.initial_of(series), prefix=ROWS)
    return {"form": SeenForm(initial={"seen": series.changed_at}), "agenda": agenda}
