"""Meetings as who plans them sees them: the list, one of them, and a sheet to print."""

from collections import Counter
from itertools import groupby

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.models import Message, PlannedMessage
from huizen.outbox.planning import NOT_WANTED
from huizen.pdf import pdf_response
from huizen.recurrence import schedule_in_words
from huizen.roles import Permission
from huizen.words import wall
from partners.actions.meeting_reminder import NUDGE, ORGANISER_NOTE, REMINDER
from partners.models import Meeting, MeetingInvitation
from partners.series_plan import CHANGED

SENT = 100
OTHER_DATES = 12
Answer = MeetingInvitation.Answer
KINDS = {
    REMINDER: "Herinnering",
    NUDGE: "Vraag om te antwoorden",
    ORGANISER_NOTE: "Stand van zaken voor de organisator",
}


@require_safe
@allow(Permission.PLAN_MEETINGS)
def meeting_list(request):
    """What is coming, the nearest first; or what is past, the latest first."""
    now = timezone.now()
    past = request.GET.get("toon") == "voorbij"
    meetings = Meeting.objects.editable_by(request.user).select_related("house").annotate(**answer_counts())
    meetings = meetings.exclude(status=Meeting.Status.CANCELLED, cancel_reason=CHANGED)
    rows = meetings.past(now=now).order_by("-starts_at", "-pk") if past else meetings.coming(now=now)
    rows = rows if past else rows.order_by("starts_at", "pk")
    page = page_of(request, rows)
    context = {"page": page, "past": past, "houses": request.user.houses_where(Permission.PLAN_MEETINGS)}
    return render(request, "partners/meeting_list.html", context)


@require_safe
@allow(Permission.PLAN_MEETINGS)
def meeting_detail(request, pk):
    """One meeting: who comes, the agenda, what will be sent when to whom, and what was sent."""
    meeting, now = meeting_of(request, pk), timezone.now()
    invitations = list(
        meeting.invitations.select_related("organisation", "stands_in_for").order_by(
            "organisation__name", "name", "pk"
        )
    )
    asked = [invitation for invitation in invitations if not invitation.withdrawn_at]
    messages = Message.objects.filter(**_about(meeting)).order_by("-created_at", "recipient")
    context = {
        "meeting": meeting,
        "over": meeting.is_over(now=now),
        "invited": asked,
        "withdrawn": [invitation for invitation in invitations if invitation.withdrawn_at],
        "counts": _counts(asked),
        "time": agenda_time(meeting),
        "planned": _planned(meeting, asked),
        "not_sent": _not_sent(meeting)[:SENT],
        "sent": messages.defer("context", "calendar", "body_mime")[:SENT],
        **_of_series(meeting, now),
    }
    return render(request, "partners/meeting_detail.html", context)


@require_safe
@allow(Permission.PLAN_MEETINGS)
def meeting_print(request, pk):
    """A sheet for the table: the agenda, and a list to sign."""
    return render(request, "partners/meeting_print.html", _sheet(meeting_of(request, pk)))


@require_safe
@allow(Permission.PLAN_MEETINGS)
def meeting_paper(request, pk):
    """The same sheet as PDF."""
    meeting = meeting_of(request, pk)
    name = f"agenda {meeting.title[:60]} {wall(meeting.starts_at):%Y-%m-%d}"
    return pdf_response("partners/meeting_paper.html", _sheet(meeting), name=name)


def meeting_of(request, pk) -> Meeting:
    """A meeting of one of the person's Houses, or 404."""
    return get_object_or_404(Meeting.objects.editable_by(request.user).whole(), pk=pk)


def _sheet(meeting: Meeting) -> dict:
    asked = meeting.invitations.asked().select_related("organisation")
    rows = asked.order_by("organisation__name", "name", "pk")
    return {"meeting": meeting, "asked": rows, "time": agenda_time(meeting)}


def answer_counts() -> dict:
    """How many said what, for a list of meetings in one query."""
    asked = Q(invitations__withdrawn_at=None)
    said = {answer: asked & Q(invitations__answer=answer) for answer in Answer.values}
    return {f"said_{answer}": Count("invitations", filter=rule) for answer, rule in said.items()}


def agenda_time(meeting: Meeting) -> dict[str, int]:
    """How long the points take together and how long the meeting is, in minutes."""
    points = sum(item.minutes or 0 for item in meeting.agenda.all())
    length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return {"points": points, "length": length, "over": max(0, points - length)}


def _of_series(meeting: Meeting, now) -> dict:
    """The rule in words and the nearest other dates; nothing for a meeting on its own."""
    if meeting.series is None:
        return {}
    others = meeting.series.meetings.coming(now=now).exclude(pk=meeting.pk).order_by("starts_at")
    return {
        "series_words": f"reeks: {schedule_in_words(meeting.series)}",
        "series_open": meeting.starts_at > now,
        "other_dates": others[:OTHER_DATES],
    }


def _about(meeting: Meeting) -> dict[str, str]:
    return {"subject_type": Meeting._meta.label_lower, "subject_id": str(meeting.pk)}


def _not_sent(meeting: Meeting):
    """Reminders that did not leave though their time came, with the reason."""
    rows = PlannedMessage.objects.filter(**_about(meeting)).exclude(reason__in=["", NOT_WANTED])
    return rows.order_by("-due_at", "recipient")


def _counts(asked: list[MeetingInvitation]) -> list[tuple[str, int]]:
    said = Counter(invitation.answer for invitation in asked)
    return [
        ("komt", said[Answer.YES]),
        ("misschien", said[Answer.MAYBE]),
        ("komt niet", said[Answer.NO]),
        *([("iemand anders komt", said[Answer.OTHER])] if said[Answer.OTHER] else []),
        ("nog geen antwoord", said[Answer.NONE]),
    ]


def _planned(meeting: Meeting, asked: list[MeetingInvitation]) -> list[dict]:
    """What still has to leave, by its moment and kind, with the names it goes to."""
    names = {invitation.email: invitation.name for invitation in asked}
    if meeting.organiser:
        names.setdefault(meeting.organiser.email, str(meeting.organiser))
    rows = PlannedMessage.objects.filter(**_about(meeting), state=PlannedMessage.State.PLANNED)
    rows = rows.order_by("due_at", "kind", "recipient")
    return [
        {
            "due_at": due_at,
            "words": KINDS[kind],
            "names": [names.get(row.recipient, row.recipient) for row in some],
        }
        for (due_at, kind), some in groupby(rows, key=lambda row: (row.due_at, row.kind))
    ]
