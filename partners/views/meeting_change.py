"""Planning, changing, cancelling and restoring a meeting."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from partners.actions.meeting import cancel_meeting, change_meeting, plan_meeting, restore_meeting
from partners.actions.meeting_lock import MeetingError
from partners.forms.meeting import (
    AgendaForms,
    AgendaFormSet,
    CancelForm,
    MeetingChangeForm,
    MeetingForm,
)
from partners.forms.rows import more_rows, typed_rows
from partners.models import Meeting, MeetingGroup
from partners.models.meeting_group import coordinators
from partners.views.meeting import meeting_of
from partners.views.meeting_home import chosen_home
from partners.views.people_papers import all_valid, invitees_of, is_sent, people_papers

AGENDA = "agenda"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_create(request):
    """One page: when and where, the agenda, who is asked. The button sends the invitations."""
    group, now = group_asked(request), timezone.now()
    house, choose = (group.house, None) if group else chosen_home(request, "Voor wie is het overleg?")
    if choose:
        return choose
    papers = _new_papers(request, house, group, now)
    if is_sent(request) and all_valid(papers):
        facts = {"facts": papers["form"].facts, "agenda": papers["agenda"].points, "group": group}
        facts |= {"invitees": invitees_of(papers), "by": request.user, "now": now}
        try:
            meeting = plan_meeting(house=house, **facts)
        except MeetingError as error:
            papers["form"].add_error(None, str(error))
        else:
            messages.success(request, "Het overleg is gepland. De uitnodigingen zijn onderweg.")
            return redirect("meeting_detail", meeting.pk)
    groups = MeetingGroup.objects.editable_by(request.user).on(timezone.localdate(now)).order_by("name")
    about = {"house": house, "group": group, "groups": groups, "members": group and group.members.count()}
    return _show(request, "partners/meeting_create.html", papers, **about)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_edit(request, pk):
    """Change what stands. Who is asked hears of another time or place."""
    meeting, now = meeting_of(request, pk), timezone.now()
    papers = _papers_of(request, meeting, now)
    if is_sent(request) and all_valid(papers):
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
    done = "Het overleg gaat toch door. Iedereen krijgt bericht."
    carry_out(request, done, restore_meeting, MeetingError, meeting=meeting)
    return redirect("meeting_detail", pk)


def group_asked(request) -> MeetingGroup | None:
    """The group of the address (`?groep=<pk>`), if the person plans its meetings."""
    pk = key_asked(request, "groep")
    mine = MeetingGroup.objects.editable_by(request.user).on(timezone.localdate())
    return mine.select_related("house").filter(pk=pk).first() if pk else None


def key_asked(request, name: str) -> str:
    """The key of a row in the address; "" for none and for nonsense."""
    key = request.GET.get(name, "")
    return key if key.isascii() and key.isdigit() and len(key) < 19 else ""


def _new_papers(request, house, group, now) -> dict:
    """The forms of a new meeting: empty, as typed, or like a former meeting (`?kopie=<pk>`)."""
    if is_sent(request):
        return {
            "form": MeetingForm(request.POST, now=now),
            "agenda": AgendaForms(request.POST, prefix=AGENDA),
            **people_papers(request, house),
        }
    typed = request.POST.dict() if request.method == "POST" else {}
    former = _former_meeting(request)
    agenda = AgendaFormSet.initial_of(former) if former else []
    facts = {"title": former.title, "place": former.place, "online_url": former.online_url} if former else {}
    return {
        "form": MeetingForm(initial=typed or facts, now=now),
        "agenda": _rows(AgendaForms, request, AGENDA, agenda),
        **people_papers(request, house, contacts=_ticked_at_first(house, group, former)),
    }


def _ticked_at_first(house, group, former: Meeting | None) -> list[str]:
    """Who was asked to the former meeting; for the whole network every coordinator."""
    if former:
        return [str(invitation.contact_id) for invitation in former.invitations.asked()]
    everybody = house is None and group is None
    return [str(pk) for pk in coordinators().values_list("pk", flat=True)] if everybody else []


def _papers_of(request, meeting: Meeting, now) -> dict:
    """The forms of a meeting that stands: as it is, or as typed."""
    if is_sent(request):
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
    pk = key_asked(request, "kopie")
    return Meeting.objects.editable_by(request.user).whole().filter(pk=pk).first() if pk else None


def _show(request, template: str, papers: dict, **context):
    wrong = any(paper.is_bound and not paper.is_valid() for paper in papers.values())
    return render(request, template, papers | context, status=422 if wrong else 200)
