"""Planning, changing, cancelling and restoring a meeting."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huizen.access import allow
from huizen.roles import Permission
from partners.actions.meeting import cancel_meeting, change_meeting, plan_meeting, restore_meeting
from partners.actions.meeting_lock import MeetingError
from partners.forms.meeting import (
    AgendaForms,
    AgendaFormSet,
    CancelForm,
    ContactsForm,
    GuestForms,
    MeetingChangeForm,
    MeetingForm,
)
from partners.forms.rows import more_rows, typed_rows
from partners.models import Meeting
from partners.views.house import chosen_house
from partners.views.meeting import meeting_of

AGENDA, GUESTS = "agenda", "gast"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_create(request):
    """One page: when and where, the agenda, who is asked. The button sends the invitations."""
    house, choose = chosen_house(request, Permission.PLAN_MEETINGS, "Voor welk Huis is het overleg?")
    if choose:
        return choose
    now = timezone.now()
    papers = _new_papers(request, house, now)
    if _is_sent(request) and _all_valid(papers):
        facts = {"facts": papers["form"].facts, "agenda": papers["agenda"].points}
        invitees = [*papers["contacts"].invitees, *papers["guests"].invitees]
        try:
            meeting = plan_meeting(house=house, **facts, invitees=invitees, by=request.user, now=now)
        except MeetingError as error:
            papers["form"].add_error(None, str(error))
        else:
            messages.success(request, "Het overleg is gepland. De uitnodigingen zijn onderweg.")
            return redirect("meeting_detail", meeting.pk)
    return _show(request, "partners/meeting_create.html", papers, house=house)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_edit(request, pk):
    """Change what stands. Who is asked hears of another time or place."""
    meeting, now = meeting_of(request, pk), timezone.now()
    papers = _papers_of(request, meeting, now)
    if _is_sent(request) and _all_valid(papers):
        form = papers["form"]
        facts = {"facts": form.facts, "tell": form.cleaned_data["tell"], "seen": form.cleaned_data["seen"]}
        try:
            change_meeting(meeting=meeting, agenda=papers["agenda"].points, **facts, by=request.user, now=now)
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Bewaard.")
            return redirect("meeting_detail", pk)
    return _show(request, "partners/meeting_edit.html", papers, meeting=meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_cancel(request, pk):
    """A clear question first, with the reason that everybody reads."""
    meeting = meeting_of(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(meeting=meeting, **form.cleaned_data, by=request.user, now=timezone.now())
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het overleg gaat niet door. Iedereen krijgt bericht.")
            return redirect("meeting_detail", pk)
    return _show(request, "partners/meeting_cancel.html", {"form": form}, meeting=meeting)


@require_POST
@allow(Permission.PLAN_MEETINGS)
def meeting_restore(request, pk):
    """The meeting takes place after all."""
    meeting = meeting_of(request, pk)
    try:
        restore_meeting(meeting=meeting, by=request.user, now=timezone.now())
    except MeetingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Het overleg gaat toch door. Iedereen krijgt bericht.")
    return redirect("meeting_detail", pk)


def _new_papers(request, house, now) -> dict:
    """The forms of a new meeting: empty, as typed, or like a former meeting (`?kopie=<pk>`)."""
    if _is_sent(request):
        return {
            "form": MeetingForm(request.POST, now=now),
            "agenda": AgendaForms(request.POST, prefix=AGENDA),
            "contacts": ContactsForm(request.POST, house=house),
            "guests": GuestForms(request.POST, prefix=GUESTS),
        }
    typed = request.POST.dict() if request.method == "POST" else {}
    former = _former_meeting(request)
    agenda = AgendaFormSet.initial_of(former) if former else []
    contacts = [str(invitation.contact_id) for invitation in former.invitations.asked()] if former else []
    facts = {"title": former.title, "place": former.place, "online_url": former.online_url} if former else {}
    return {
        "form": MeetingForm(initial=typed or facts, now=now),
        "agenda": _rows(AgendaForms, request, AGENDA, agenda),
        "contacts": ContactsForm(
            initial={"contacts": request.POST.getlist("contacts") or contacts}, house=house
        ),
        "guests": _rows(GuestForms, request, GUESTS, []),
    }


def _papers_of(request, meeting: Meeting, now) -> dict:
    """The forms of a meeting that stands: as it is, or as typed."""
    if _is_sent(request):
        return {
            "form": MeetingChangeForm(request.POST, now=now),
            "agenda": AgendaForms(request.POST, prefix=AGENDA),
        }
    typed = request.POST.dict() if request.method == "POST" else {}
    return {
        "form": MeetingChangeForm(initial=typed or MeetingChangeForm.initial_of(meeting), now=now),
        "agenda": _rows(AgendaForms, request, AGENDA, AgendaFormSet.initial_of(meeting)),
    }


def _rows(forms, request, prefix: str, initial: list[dict]):
    """Rows of a formset that was not sent in: what stands or was typed, and some empty ones."""
    if request.method == "POST":
        return more_rows(forms, typed_rows(request.POST, prefix), prefix)
    return forms(initial=initial, prefix=prefix)


def _former_meeting(request) -> Meeting | None:
    key = request.GET.get("kopie", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return Meeting.objects.editable_by(request.user).whole().filter(pk=key).first()


def _is_sent(request) -> bool:
    """Whether the form was sent in; the button for more rows only shows the page again."""
    return request.method == "POST" and "rijen" not in request.POST


def _all_valid(papers: dict) -> bool:
    """Whether all are right; asks all, so that every mistake shows at once."""
    return False not in [paper.is_valid() for paper in papers.values()]


def _show(request, template: str, papers: dict, **context):
    wrong = any(paper.is_bound and not paper.is_valid() for paper in papers.values())
    return render(request, template, papers | context, status=422 if wrong else 200)
