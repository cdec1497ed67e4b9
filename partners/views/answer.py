"""Answering an invitation by the link in the mail: opening it shows, the button answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import public
from huizen.links import BadLinkError, read
from partners.actions.answer import AnswerError, answer_meeting, why_closed
from partners.forms.answer import AnswerForm
from partners.meeting_calendar import ANSWER, invitee_calendar
from partners.models import Meeting, MeetingInvitation, Organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def meeting_answer(request, token):
    """The meeting, its agenda, which organisations are asked; and a form to say whether you come."""
    invitation = _invitation_behind(token)
    if invitation is None:
        return render(request, "link_bad.html", status=404)
    meeting, now = invitation.meeting, timezone.now()
    closed = why_closed(meeting, invitation, now=now)
    sent = request.method == "POST"
    form = AnswerForm(request.POST if sent else None, initial=AnswerForm.initial_of(invitation))
    if sent and form.is_valid():
        try:
            answer_meeting(invitation=invitation, **form.cleaned_data, now=now)
        except AnswerError as error:
            # It was moved while she looked: show what stands now, with what she typed.
            form = AnswerForm({**request.POST.dict(), "seen_version": meeting.time_version})
            form.add_error(None, str(error))
        else:
            messages.success(request, "Dank je. We hebben je antwoord bewaard.")
            return redirect("meeting_answer", token)
    context = {
        "invitation": invitation,
        "meeting": meeting,
        "token": token,
        "closed": closed,
        "form": form,
        "organisations": _organisations(meeting),
    }
    return render(request, "partners/meeting_answer.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@public
def meeting_answer_calendar(request, token):
    """The meeting as a file for one's own calendar, as it stands now."""
    invitation = _invitation_behind(token)
    if invitation is None:
        return render(request, "link_bad.html", status=404)
    text = invitee_calendar(invitation.meeting, invitation, method="PUBLISH")
    headers = {"Content-Disposition": 'attachment; filename="overleg.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _invitation_behind(token: str) -> MeetingInvitation | None:
    """The invitation that a link was made for; none for a forged or worn-out one."""
    try:
        pk = read(ANSWER, token)
    except BadLinkError:
        return None
    invitation = MeetingInvitation.objects.filter(pk=pk).first()
    if invitation:
        invitation.meeting = Meeting.objects.whole().get(pk=invitation.meeting_id)
    return invitation


def _organisations(meeting: Meeting) -> list[str]:
    """Which organisations are asked; no names of people, and not what they answered."""
    asked = meeting.invitations.asked().values("organisation")
    return list(Organisation.objects.filter(pk__in=asked).order_by("name").values_list("name", flat=True))
