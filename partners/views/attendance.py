"""Who is at a meeting, noted on a phone: one tap each."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.roles import Permission
from partners.actions.attendance import note_attendance, note_extra, note_rest, remove_extra
from partners.actions.meeting_lock import MeetingError
from partners.forms.attendance import ExtraForm
from partners.models import Meeting, MeetingAttendance
from partners.views.meeting import meeting_of

Status = MeetingAttendance.Status
#: The three buttons: as short as a phone is narrow.
CHOICES = ((Status.PRESENT, "Er"), (Status.EXCUSED, "Zei af"), (Status.ABSENT, "Niet"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_attendance(request, pk):
    """Everybody who is asked with three buttons; the others at once; and who came besides."""
    meeting = meeting_of(request, pk)
    form = ExtraForm(request.POST if "name" in request.POST else None)
    if request.method == "POST":
        try:
            if place := _note(request, meeting, form):
                return redirect(f"{reverse('meeting_attendance', args=[pk])}#{place}")
        except MeetingError as error:
            messages.error(request, str(error))
            return redirect("meeting_attendance", pk)
    context = {"meeting": meeting, "form": form, "choices": CHOICES, **_sheet(meeting)}
    return render(request, "partners/meeting_attendance.html", context, status=422 if form.errors else 200)


def _note(request, meeting: Meeting, form: ExtraForm) -> str:
    """Carry out the button that was pressed; the place on the page to return to, "" where a field is wrong."""
    act = {"by": request.user, "now": timezone.now()}
    key, _, status = request.POST.get("wie", "").partition(":")
    status = status if status in Status.values else ""
    if form.is_bound:
        if not form.is_valid():
            return ""
        note_extra(meeting=meeting, **form.cleaned_data, **act)
        return "nog"
    if "weg" in request.POST:
        remove_extra(meeting=meeting, key=_number(request.POST["weg"]), **act)
        return "nog"
    if request.POST.get("rest") in Status.values:
        note_rest(meeting=meeting, status=request.POST["rest"], **act)
        return "wie"
    if invitation := meeting.invitations.asked().filter(pk=_number(key)).first():
        note_attendance(invitation=invitation, status=status, **act)
        return f"wie-{invitation.pk}"
    return "wie"


def _sheet(meeting: Meeting) -> dict:
    """Who is asked, with what is noted; who came besides; and the count."""
    rows = list(meeting.attendance.order_by("name"))
    noted = {row.invitation_id: row.status for row in rows if row.invitation_id}
    invited = list(meeting.invitations.asked().select_related("organisation").order_by("name", "pk"))
    for invitation in invited:
        invitation.noted = noted.get(invitation.pk, "")
    return {
        "invited": invited,
        "extra": [row for row in rows if row.name],
        "here": sum(row.status == Status.PRESENT for row in rows),
        "unanswered": sum(not invitation.noted for invitation in invited),
    }


def _number(text: str) -> int:
    """A key out of a form; 0, which nobody has, for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
