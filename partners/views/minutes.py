"""The minutes of a meeting for who writes them: read, written, sent round, approved, kept as a file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.download import download
from huizen.pdf import pdf_response
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from huizen.words import wall
from partners.actions.meeting_lock import MeetingError
from partners.actions.minutes import (
    ClashError,
    MinutesError,
    approve_minutes,
    reopen_minutes,
    save_minutes,
    send_minutes,
    why_no_writing,
)
from partners.forms.minutes import MinutesForms, ReopenForm
from partners.meeting_line import after, before
from partners.minutes_body import body_of, written_in
from partners.minutes_text import minutes_text, readable
from partners.models import Meeting, Minutes, MinutesRevision
from partners.views.meeting import meeting_of

PLAN = Permission.PLAN_MEETINGS
State = Minutes.State


@require_safe
@allow(PLAN)
def minutes_detail(request, pk):
    """The minutes as they stand, how far they are, and all their revisions."""
    meeting, now = meeting_of(request, pk), timezone.now()
    minutes, latest = _minutes_of(meeting)
    context = {
        "meeting": meeting,
        "minutes": minutes,
        "latest": latest,
        "body": readable(latest.body if latest else body_of(meeting, written_in({}), {})),
        "closed": why_no_writing(meeting, now=now),
        "revisions": _revisions(minutes),
        "unsent": bool(latest and not latest.was_sent),
        "later": after(meeting).filter(starts_at__lte=now),
        "again": ReopenForm(),
    }
    return render(request, "partners/minutes_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PLAN)
def minutes_edit(request, pk):
    """All points on one page, written while the meeting goes on."""
    meeting, now = meeting_of(request, pk), timezone.now()
    minutes, latest = _minutes_of(meeting)
    if minutes and minutes.state == State.APPROVED:
        return redirect("minutes_detail", pk)
    sent = request.POST if request.method == "POST" else None
    written, seen = written_in(latest.body if latest else {}), latest.number if latest else 0
    papers = MinutesForms(meeting, written, seen, data=sent, today=wall(now).date())
    if papers.is_bound and papers.is_valid() and _saved(request, meeting, papers, now):
        place = request.POST.get("bewaar", "")
        anchor = f"#punt-{place}" if place.isascii() and place.isdigit() else ""
        return redirect(f"{reverse('minutes_edit', args=[pk])}{anchor}")
    context = {
        "meeting": meeting,
        "papers": papers,
        "closed": why_no_writing(meeting, now=now),
        "to_approve": _to_approve(meeting),
    }
    wrong = papers.is_bound
    return render(request, "partners/minutes_edit.html", context, status=422 if wrong else 200)


@require_POST
@allow(PLAN)
def minutes_send(request, pk):
    """Everybody who was asked gets the minutes."""
    meeting = meeting_of(request, pk)
    seen = request.POST.get("seen", "")
    seen = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 6 else 0
    words = "Het verslag is onderweg naar iedereen die gevraagd was."
    carry_out(request, words, send_minutes, MeetingError, meeting=meeting, seen=seen)
    return redirect("minutes_detail", pk)


@require_POST
@allow(PLAN)
def minutes_approve(request, pk):
    """The minutes were approved in a later meeting."""
    meeting = meeting_of(request, pk)
    key = request.POST.get("overleg", "")
    key = key if key.isascii() and key.isdigit() and len(key) < 19 else "0"
    later = get_object_or_404(Meeting.objects.editable_by(request.user), pk=key)
    facts = {"meeting": meeting, "approved_in": later}
    carry_out(request, f"Goedgekeurd in {later}.", approve_minutes, MeetingError, **facts)
    return redirect("minutes_detail", pk)


@require_POST
@allow(PLAN)
def minutes_reopen(request, pk):
    """The approval is taken back, with the reason."""
    meeting, form = meeting_of(request, pk), ReopenForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Zeg kort waarom je de goedkeuring terugneemt.")
        return redirect("minutes_detail", pk)
    words = "De goedkeuring is teruggenomen. Je kan het verslag weer verbeteren."
    facts = {"meeting": meeting, **form.cleaned_data}
    carry_out(request, words, reopen_minutes, MeetingError, **facts)
    return redirect("minutes_detail", pk)


@require_safe
@allow(PLAN)
def minutes_revision(request, pk, number):
    """The minutes as they were saved once."""
    meeting = meeting_of(request, pk)
    rows = MinutesRevision.objects.filter(minutes=meeting.pk).select_related("author")
    revision = get_object_or_404(rows, number=number)
    context = {"meeting": meeting, "revision": revision, "body": readable(revision.body)}
    return render(request, "partners/minutes_revision.html", context)


@require_safe
@allow(PLAN)
def minutes_file(request, pk, kind):
    """The minutes as plain text, or as a page that stands by itself."""
    meeting = meeting_of(request, pk)
    latest = get_object_or_404(MinutesRevision.objects.filter(minutes=meeting.pk).order_by("-number")[:1])
    if kind == "txt":
        text, content_type = minutes_text(meeting, latest.body), "text/plain"
    else:
        context = {"meeting": meeting, "body": readable(latest.body)}
        text, content_type = render_to_string("partners/minutes_file.html", context), "text/html"
    return download(text, f"{_file_name(meeting)}.{kind}", f"{content_type}; charset=utf-8")


@require_safe
@allow(PLAN)
def minutes_paper(request, pk):
    """The minutes as PDF."""
    meeting = meeting_of(request, pk)
    minutes, latest = _minutes_of(meeting)
    if latest is None:
        raise Http404
    context = {"meeting": meeting, "minutes": minutes, "body": readable(latest.body)}
    return pdf_response("partners/minutes_paper.html", context, name=_file_name(meeting))


def _file_name(meeting: Meeting) -> str:
    return f"verslag-{slugify(meeting.title)[:60]}-{wall(meeting.starts_at):%Y-%m-%d}"


def _saved(request, meeting: Meeting, papers: MinutesForms, now) -> bool:
    try:
        save_minutes(meeting=meeting, save=papers.facts, by=request.user, now=now)
    except ClashError as error:
        papers.show_both(error)
        return False
    except MinutesError as error:
        papers.general.add_error(None, str(error))
        return False
    messages.success(request, "Bewaard.")
    return True


def _minutes_of(meeting: Meeting) -> tuple[Minutes | None, MinutesRevision | None]:
    minutes = Minutes.objects.select_related("approved_in").filter(meeting=meeting).first()
    latest = minutes.revisions.order_by("-number").first() if minutes else None
    return minutes, latest


def _revisions(minutes: Minutes | None):
    """All revisions without their text, the latest first."""
    if minutes is None:
        return []
    return minutes.revisions.select_related("author").defer("body").order_by("-number")


def _to_approve(meeting: Meeting):
    """Minutes of earlier meetings that this one can approve."""
    earlier = Minutes.objects.filter(meeting__in=before(meeting), state=State.CIRCULATED)
    return earlier.select_related("meeting").order_by("meeting__starts_at")
