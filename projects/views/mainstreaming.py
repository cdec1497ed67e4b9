"""What stays of a project once the subsidy stops: told by its coordinator, confirmed by the agency."""

from datetime import datetime

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions.mainstreaming import (
    MainstreamingError,
    confirm_mainstreaming,
    remove_mainstreaming,
    tell_mainstreaming,
)
from projects.forms.story import MainstreamingForm
from projects.models import Mainstreaming
from projects.views.reports import WRITE
from projects.views.stories import own_project


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def mainstreaming_create(request, slug):
    """One part of the project, and what stays of it."""
    return _told(request, Mainstreaming(project=own_project(request, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def mainstreaming_edit(request, pk):
    """Said otherwise; the agency confirms it again."""
    return _told(request, _own(request, pk))


@require_POST
@allow(WRITE)
def mainstreaming_remove(request, pk):
    """Take one part away."""
    row = _own(request, pk)
    carry_out(request, f"“{row}” is weg.", remove_mainstreaming, MainstreamingError, row=row)
    return redirect("story_list", row.project.slug)


@require_POST
@allow(Permission.REVIEW_REPORTS)
def mainstreaming_confirm(request, pk):
    """The agency says that it is so."""
    row = get_object_or_404(Mainstreaming.objects.select_related("project"), pk=pk)
    facts = {"row": row, "seen": _moment(request.POST.get("gezien", ""))}
    done = "Bevestigd. Iedereen leest het nu."
    carry_out(request, done, confirm_mainstreaming, MainstreamingError, **facts)
    return redirect("story_list", row.project.slug)


def _own(request, pk) -> Mainstreaming:
    """A part of a project of one of the Houses for which the person writes, or 404."""
    rows = Mainstreaming.objects.filter(project__house__in=request.user.houses_where(WRITE))
    return get_object_or_404(rows.select_related("project__house"), pk=pk)


def _told(request, row: Mainstreaming):
    form = MainstreamingForm(request.POST or None, instance=row, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        done = "Bewaard. Iedereen leest het zodra Opgroeien het bevestigt."
        facts = {"row": row, "facts": form.cleaned_data}
        if carry_out_form(request, form, done, tell_mainstreaming, MainstreamingError, **facts):
            return redirect("story_list", row.project.slug)
    context = {"project": row.project, "row": row, "form": form}
    return render(request, "projects/mainstreaming_edit.html", context, status=422 if form.errors else 200)


def _moment(text: str) -> datetime | None:
    """The moment that a page sent; None where it is none."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None
