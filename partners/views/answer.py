"""Answering an invitation by the link in the mail: opening it shows, the button answers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import public
from huizen.download import CALENDAR, download
from huizen.links import BadLinkError, read
from huizen.throttle import address_of, too_often
from huizen.words import count
from partners.actions.answer import AnswerError, answer_meeting, why_closed
from partners.actions.answer_series import answer_rest_of_series, open_dates
from partners.actions.delegate import delegate_of
from partners.forms.answer import AnswerForm
from partners.meeting_calendar import ANSWER, answer_url, invitee_calendar
from partners.models import Meeting, MeetingInvitation, Organisation

Answer = MeetingInvitation.Answer
OTHER_DATES = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def meeting_answer(request, token):
    """The meeting, its agenda, which organisations are asked; and a form to say whether you come."""
    invitation = invitation_behind(token)
    if invitation is None:
        return render(request, "link_bad.html", status=404)
    meeting, now = invitation.meeting, timezone.now()
    delegate, sent = delegate_of(invitation), request.method == "POST"
    initial = AnswerForm.initial_of(invitation, asked=request.GET.get("antwoord", ""), delegate=delegate)
    form = AnswerForm(request.POST if sent else None, initial=initial)
    if sent and form.is_valid() and not _is_too_often(request, form):
        try:
            answer_meeting(invitation=invitation, **form.facts, now=now)
        except AnswerError as error:
            # It was moved while she looked: show what stands now, with what she typed.
            form = AnswerForm({**request.POST.dict(), "seen_version": meeting.time_version})
            form.add_error(None, str(error))
        else:
            messages.success(request, _thanks(invitation, form, now))
            return redirect("meeting_answer", token)
    context = {
        "invitation": invitation,
        "meeting": meeting,
        "token": token,
        "closed": why_closed(meeting, invitation, now=now),
        "form": form,
        "delegate": delegate,
        "shows_delegate": invitation.chooses or form["answer"].value() == Answer.OTHER,
        "organisations": _organisations(meeting),
        "coming": _coming(meeting),
        "other_dates": [(row, answer_url(row)) for row in open_dates(invitation, now=now)[:OTHER_DATES]],
    }
    return render(request, "partners/meeting_answer.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@public
def meeting_answer_calendar(request, token):
    """The meeting as a file for one's own calendar, as it stands now."""
    invitation = invitation_behind(token)
    if invitation is None:
        return render(request, "link_bad.html", status=404)
    text = invitee_calendar(invitation.meeting, invitation, method="PUBLISH")
    return download(text, "overleg.ics", CALENDAR)


def invitation_behind(token: str, purpose: str = ANSWER) -> MeetingInvitation | None:
    """The invitation that a link was made for, with its whole meeting; none for a forged or worn-out one."""
    try:
        pk = read(purpose, token)
    except BadLinkError:
        return None
    invitation = MeetingInvitation.objects.filter(pk=pk).first()
    if invitation:
        invitation.meeting = Meeting.objects.whole().get(pk=invitation.meeting_id)
    return invitation


def _is_too_often(request, form: AnswerForm) -> bool:
    """Whether this visitor names other people as a machine would: each of them gets a mail."""
    if form.cleaned_data["answer"] != Answer.OTHER or not too_often("delegate", address_of(request)):
        return False
    form.add_error(None, "Dit gaat te snel na elkaar. Probeer het over tien minuten opnieuw.")
    return True


def _thanks(invitation: MeetingInvitation, form: AnswerForm, now) -> str:
    """What she reads after her answer, which she may have given for later dates too."""
    answer = form.cleaned_data["answer"]
    if not form.cleaned_data["also_later"] or answer == Answer.OTHER:
        return "Dank je. We hebben je antwoord bewaard."
    later = answer_rest_of_series(invitation=invitation, answer=answer, now=now)
    also = count(later, "andere datum", "andere data", none="geen andere datum")
    return f"Dank je. We hebben je antwoord bewaard, ook voor {also}."


def _coming(meeting: Meeting) -> list[MeetingInvitation]:
    """Who comes, or perhaps: for who is asked, where the organiser lets her see it."""
    if not meeting.shows_who_comes:
        return []
    rows = meeting.invitations.asked().filter(answer__in=[Answer.YES, Answer.MAYBE]).exclude(name="")
    return list(rows.select_related("organisation").order_by("name", "pk"))


def _organisations(meeting: Meeting) -> list[str]:
    """Which organisations are asked; no names of people, and not what they answered."""
    asked = meeting.invitations.asked().values("organisation")
    return list(Organisation.objects.filter(pk__in=asked).order_by("name").values_list("name", flat=True))
