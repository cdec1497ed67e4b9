"""Talking about a report, part by part: the agency on its side, the project on its own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions.comment import CommentError, comment, reply, settle
from projects.forms.comment import WHOLE, CommentForm, ReplyForm
from projects.models import ProgressReport, ReviewComment, Visibility
from projects.report_talk import threads_of
from projects.views import reports, review

DONE = {"af": (True, "Afgehandeld."), "open": (False, "Weer open.")}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_PROJECTS)
def review_comments(request, pk):
    """What was said about a report, as the agency reads it; ABB reads what is shared and says nothing."""
    report = review.report_of(request, pk)
    return _answer(request, report, "review_comments", writes=request.user.may(Permission.REVIEW_REPORTS))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.WRITE_REPORTS)
def report_comments(request, pk):
    """What was said about a report, as its project reads it."""
    return _answer(request, reports.report_of(request, pk), "report_comments", writes=True)


def _answer(request, report: ProgressReport, page: str, *, writes: bool):
    if not report.versions_made:
        raise Http404
    if request.method != "POST":
        return _page(request, report, page, writes, chosen=request.GET.get("deel", ""))
    if not writes:
        raise PermissionDenied
    if thread := request.POST.get("bij", ""):
        key = thread if thread.isascii() and thread.isdigit() and len(thread) < 19 else "0"
        mine = ReviewComment.objects.visible_to(request.user).filter(report=report, parent=None)
        return _in_thread(request, report, page, get_object_or_404(mine, pk=key))
    form = _form(request, report, page, request.POST)
    if form.is_valid() and _done(request, form, "Je opmerking staat erbij.", comment, report=report):
        return redirect(page, report.pk)
    return _page(request, report, page, writes, form=form)


def _in_thread(request, report: ProgressReport, page: str, thread: ReviewComment):
    if done := DONE.get(request.POST.get("besluit", "")):
        settled, words = done
        carry_out(request, words, settle, CommentError, thread=thread, settled=settled)
        return redirect(page, report.pk)
    form = ReplyForm(request.POST, auto_id=_ids(thread))
    if form.is_valid() and _done(request, form, "Je antwoord staat erbij.", reply, thread=thread):
        return redirect(page, report.pk)
    return _page(request, report, page, True, replies={thread.pk: form})


def _done(request, form, words: str, action, **facts) -> bool:
    return carry_out_form(request, form, words, action, CommentError, **facts, **form.cleaned_data)


def _form(request, report: ProgressReport, page: str, data=None, chosen: str = "") -> CommentForm:
    parts = [(part["key"], f"{part['section']}: {part['label']}") for part in _parts(report)]
    first = {"part": chosen, "visibility": Visibility.SHARED}
    return CommentForm(data, initial=first, parts=parts, is_agency=page == "review_comments")


def _parts(report: ProgressReport) -> list[dict[str, Any]]:
    return report.versions.order_by("-number").values_list("content__parts", flat=True).first() or []


def _ids(thread: ReviewComment) -> str:
    return f"bij-{thread.pk}-%s"


def _page(request, report, page, writes, *, form=None, replies=None, chosen=""):
    labels = {part["key"]: part["label"] for part in _parts(report)} | {"": WHOLE}
    threads = threads_of(report, request.user)
    context = {
        "report": report,
        "project": report.project,
        "is_agency": page == "review_comments",
        "writes": writes,
        "form": form or _form(request, report, page, chosen=chosen),
        "threads": [
            (
                thread,
                labels.get(thread.part, "Een deel dat er niet meer staat"),
                (replies or {}).get(thread.pk) or ReplyForm(auto_id=_ids(thread)),
            )
            for thread in threads
        ],
    }
    wrong = bool(replies or (form and form.errors))
    return render(request, "projects/report_comments.html", context, status=422 if wrong else 200)
