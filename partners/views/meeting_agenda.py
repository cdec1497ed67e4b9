"""The calendar address of a professional: asked for, ended, and read by her calendar."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from huizen.access import allow, public
from huizen.calendar_file import calendar_file
from huizen.download import followed_calendar
from huizen.roles import Permission
from huizen.throttle import address_of, too_often
from partners.actions.meeting_agenda import agenda_behind, end_agenda_address, mail_agenda_address
from partners.meeting_calendar import agenda_events
from partners.models import Meeting, MeetingCalendar, MeetingInvitation
from partners.views.answer import invitation_behind

NAME = "Overleg van het Huis van het Kind"
#: A calendar keeps what just passed for a while, and no more than this in one file.
KEPT, MOST = timedelta(days=30), 500
MAILED = "We mailden je agenda-adres. Een vroeger adres werkt niet meer."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLAN_MEETINGS)
def meeting_agenda(request):
    """Whether she has an address, a button that mails one, and one that ends it."""
    user = request.user
    if request.method == "POST":
        if request.POST.get("wat") == "stop":
            end_agenda_address(email=user.email)
            messages.success(request, "Je agenda-adres werkt niet meer.")
        else:
            mail_agenda_address(email=user.email, name=str(user), house=None, now=timezone.now())
            messages.success(request, MAILED)
        return redirect("meeting_agenda")
    calendar = MeetingCalendar.objects.filter(email=user.email).first()
    return render(request, "partners/meeting_agenda_address.html", {"calendar": calendar})


@require_POST
@public
def meeting_answer_agenda(request, token):
    """The same for who has no account: mailed to the address that was asked, never shown to who holds the link."""
    invitation = invitation_behind(token)
    if invitation is None:
        return render(request, "link_bad.html", status=404)
    if too_often("meeting-agenda", address_of(request)):
        messages.error(request, "Dit gaat te snel na elkaar. Probeer het over tien minuten opnieuw.")
    else:
        facts = {"email": invitation.email, "name": invitation.name, "house": invitation.meeting.house}
        mail_agenda_address(**facts, now=timezone.now())
        messages.success(request, MAILED)
    return redirect("meeting_answer", token)


@require_safe
@public
@conditional_page
def meeting_agenda_file(request, secret):
    """The file that a calendar asks for again and again; an address that was replaced is not there any more."""
    calendar = agenda_behind(secret)
    if calendar is None:
        raise Http404("Dit adres werkt niet meer.")
    since = timezone.now() - KEPT
    asked = MeetingInvitation.objects.asked().filter(email=calendar.email)
    asked = asked.exclude(answer__in=[MeetingInvitation.Answer.NO, MeetingInvitation.Answer.OTHER])
    mine = Q(invitations__in=asked) | Q(organiser__email=calendar.email)
    meetings = Meeting.objects.whole().filter(mine, ends_at__gt=since).distinct().order_by("starts_at", "pk")
    own = {row.meeting_id: row for row in asked.filter(meeting__ends_at__gt=since)}
    text = calendar_file(agenda_events(meetings[:MOST], own), name=NAME, refresh=timedelta(hours=6))
    return followed_calendar(text, "overleg.ics")
