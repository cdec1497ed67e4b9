"""Points that others propose: by the link of who is asked, by a partner's editor, and decided on by the organiser."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow, public
from huizen.download import stored_file
from huizen.roles import Permission
from partners.actions.agenda_proposal import accept_point, decline_point, propose_point, why_no_proposal
from partners.actions.meeting_lock import MeetingError
from partners.forms.agenda import DecisionForm, ProposalForm
from partners.models import AgendaDocument, AgendaProposal, Meeting
from partners.views.answer import invitation_behind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def agenda_propose(request, token):
    """Somebody who is asked proposes a point, without an account; she sees what became of her others."""
    invitation = invitation_behind(token)
    if invitation is None:
        return render(request, "link_bad.html", status=404)
    meeting = invitation.meeting
    form = ProposalForm(request.POST or None)
    if _proposed(request, form, meeting, invitation=invitation):
        return redirect("agenda_propose", token)
    context = {
        "meeting": meeting,
        "token": token,
        "form": form,
        "closed": why_no_proposal(meeting, invitation, now=timezone.now()),
        "proposals": meeting.proposals.filter(invitation=invitation).order_by("pk"),
    }
    return render(request, "partners/agenda_propose.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@public
def agenda_document_by_link(request, token, pk):
    """A document of the agenda, for who is asked to the meeting."""
    invitation = invitation_behind(token)
    if invitation is None or invitation.withdrawn_at:
        return render(request, "link_bad.html", status=404)
    documents = AgendaDocument.objects.filter(item__meeting=invitation.meeting)
    document = get_object_or_404(documents, pk=pk)
    return stored_file(document.file, document.name)


@require_safe
@allow(Permission.PROPOSE_POINTS)
def my_proposals(request):
    """The meetings to come of a partner's editor, what stands on them, and what she proposed."""
    own = Prefetch("proposals", AgendaProposal.objects.filter(user=request.user).order_by("pk"), "mine")
    meetings = _meetings(request).prefetch_related(own).order_by("starts_at", "pk")
    return render(request, "partners/my_proposals.html", {"meetings": meetings})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PROPOSE_POINTS)
def my_proposal_create(request, pk):
    """A partner's editor proposes a point for one meeting."""
    meeting = get_object_or_404(_meetings(request), pk=pk)
    form = ProposalForm(request.POST or None)
    if _proposed(request, form, meeting, user=request.user):
        return redirect("my_proposals")
    context = {"meeting": meeting, "form": form}
    return render(request, "partners/my_proposal_create.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def proposal_decide(request, pk):
    """The organiser reads a proposal and says yes or no, with a word back."""
    rows = AgendaProposal.objects.editable_by(request.user)
    proposal = get_object_or_404(rows.select_related("meeting", "invitation", "user"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action = decline_point if "nee" in request.POST else accept_point
        try:
            action(proposal=proposal, **form.cleaned_data, by=request.user, now=timezone.now())
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Bewaard. Wie het voorstelde, krijgt bericht.")
            return redirect("agenda_edit", proposal.meeting_id)
    context = {"proposal": proposal, "meeting": proposal.meeting, "form": form}
    return render(request, "partners/proposal_decide.html", context, status=422 if form.errors else 200)


def _proposed(request, form: ProposalForm, meeting: Meeting, **who) -> bool:
    """Whether it was sent in and taken."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        propose_point(meeting=meeting, facts=form.cleaned_data, now=timezone.now(), **who)
    except MeetingError as error:
        form.add_error(None, str(error))
        return False
    messages.success(
        request, "Dank je. De organisator bekijkt je voorstel. Je krijgt een mail met het antwoord."
    )
    return True


def _meetings(request):
    """The meetings to come to which an organisation is asked that she keeps."""
    hers = request.user.editorships.current().values("organisation")
    asked = Meeting.objects.filter(
        invitations__organisation__in=hers,
        invitations__withdrawn_at=None,
        status=Meeting.Status.SCHEDULED,
        starts_at__gt=timezone.now(),
    )
    return Meeting.objects.whole().filter(pk__in=asked.values("pk"))
