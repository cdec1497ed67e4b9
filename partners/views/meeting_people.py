"""Who is asked to a meeting: more people, or somebody no longer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from huizen.words import count
from partners.actions.invitee import invite, withdraw
from partners.actions.meeting_lock import MeetingError
from partners.models import Meeting, MeetingInvitation
from partners.views.meeting import meeting_of
from partners.views.people_papers import all_valid, invitees_of, is_sent, people_papers


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_invite(request, pk):
    """Ask more people; they get the invitation at once."""
    meeting = meeting_of(request, pk)
    asked = set(meeting.invitations.asked().values_list("email", flat=True))
    papers = people_papers(request, meeting.house, asked=asked)
    if is_sent(request) and all_valid(papers):
        try:
            added = invite(meeting=meeting, invitees=invitees_of(papers), by=request.user, now=timezone.now())
        except MeetingError as error:
            papers["contacts"].add_error(None, str(error))
        else:
            words = count(
                len(added), "uitnodiging is", "uitnodigingen zijn", none="Niemand nieuw: geen uitnodiging is"
            )
            messages.success(request, f"{words} onderweg.")
            return redirect("meeting_detail", pk)
    status = 422 if is_sent(request) else 200
    return render(request, "partners/meeting_invite.html", papers | {"meeting": meeting}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_withdraw(request, pk):
    """A clear question first: she hears that she is no longer asked."""
    mine = MeetingInvitation.objects.asked().filter(meeting__in=Meeting.objects.editable_by(request.user))
    invitation = get_object_or_404(mine.select_related("meeting__house", "organisation"), pk=pk)
    if request.method == "POST":
        done = f"{invitation.name} is niet meer gevraagd."
        carry_out(request, done, withdraw, MeetingError, invitation=invitation)
        return redirect("meeting_detail", invitation.meeting_id)
    return render(request, "partners/meeting_withdraw.html", {"invitation": invitation})
