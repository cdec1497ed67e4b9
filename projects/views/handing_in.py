"""An application looked over, handed in, taken back; its documents, its versions and the letter about it."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.download import stored_file
from huizen.links import absolute
from huizen.pdf import pdf_response
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from projects.actions.application import (
    ApplicationError,
    UnfinishedError,
    is_late_draft,
    mark_of_draft,
    submit_application,
    withdraw_application,
)
from projects.actions.application_file import add_file, remove_file
from projects.application.parts import Step
from projects.application.standing import standing_of
from projects.forms.application import FileForm
from projects.letters import application_reference
from projects.models import Application, ApplicationDecision, ApplicationFile, ApplicationVersion
from projects.report_content import differences, sections_of
from projects.views.applications import application_of, way

APPLY = Permission.APPLY


@require_safe
@allow(APPLY)
def application(request, pk):
    """Where an application stands: on to its form, or what was handed in and what was decided."""
    row, now = application_of(request, pk), timezone.now()
    if row.is_draft and row.call.is_open(now):
        return redirect("application_check", pk)
    context = {
        "application": row,
        "is_late": is_late_draft(row, now),
        "may_withdraw": row.state == "submitted" and row.call.is_open(now),
        **version_facts(row),
    }
    return render(request, "projects/application.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(APPLY)
def application_files(request, pk):
    """The last step: the documents that go with it."""
    row, now = application_of(request, pk), timezone.now()
    if not (row.is_draft and row.call.is_open(now)):
        return redirect("application", pk)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        facts = {"title": form.cleaned_data["title"], "document": form.cleaned_data["file"]}
        carry_out(request, "De bijlage is bewaard.", add_file, ApplicationError, application=row, **facts)
        return redirect("application_files", pk)
    standing = standing_of(row, today=timezone.localdate(now))
    guide = row.call.guides.get(Step.FILES.value, "")
    context = {"application": row, "form": form, "files": standing.files, "step": Step.FILES}
    context |= {"way": way(standing), "guide": guide}
    return render(request, "projects/application_files.html", context, status=422 if form.errors else 200)


@require_safe
@allow(APPLY)
def application_file(request, pk):
    """A document of an application of her own House."""
    mine = Application.objects.writable_by(request.user)
    return pdf_of(get_object_or_404(ApplicationFile, pk=pk, application__in=mine, removed_at=None))


@require_POST
@allow(APPLY)
def application_file_remove(request, pk):
    """Take a document away."""
    mine = Application.objects.writable_by(request.user)
    rows = ApplicationFile.objects.select_related("application__call")
    document = get_object_or_404(rows, pk=pk, application__in=mine)
    carry_out(request, "De bijlage is weg.", remove_file, ApplicationError, document=document)
    return redirect("application_files", document.application_id)


@require_safe
@allow(APPLY)
def application_check(request, pk):
    """All of it as the jury will read it, and what is still missing, each with its step."""
    row, now = application_of(request, pk), timezone.now()
    if not (row.is_draft and row.call.is_open(now)):
        return redirect("application", pk)
    standing = standing_of(row, today=timezone.localdate(now))
    context = {
        "application": row,
        "way": way(standing),
        "missing": [(step, standing.faults_in(step)) for step in Step if standing.faults_in(step)],
        "sections": sections_of(standing.content),
        "mark": mark_of_draft(row),
    }
    return render(request, "projects/application_check.html", context)


@require_POST
@allow(APPLY)
def application_submit(request, pk):
    """Hand in what the page of before showed."""
    row = application_of(request, pk)
    seen = request.POST.get("versie", "")
    number = int(seen) if seen.isdecimal() and len(seen) < 6 else -1
    facts = {"application": row, "version": number, "mark": request.POST.get("gezien", "")}
    try:
        submit_application(**facts, by=request.user, now=timezone.now())
    except UnfinishedError as error:
        messages.warning(request, str(error))
        return redirect("application_check", pk)
    except ApplicationError as error:
        messages.warning(request, str(error))
        return redirect("application", pk)
    messages.success(request, "De aanvraag is ingediend. Je krijgt een mail.")
    return redirect("application", pk)


@require_POST
@allow(APPLY)
def application_withdraw(request, pk):
    """Take it back to change it."""
    row = application_of(request, pk)
    done = "Je aanvraag is weer een ontwerp. Dien ze opnieuw in voor de oproep sluit."
    facts = {"application": row, "version": row.versions_made}
    carry_out(request, done, withdraw_application, ApplicationError, **facts)
    return redirect("application", pk)


@require_safe
@allow(APPLY)
def application_letter(request, pk):
    """The letter about the last decision, to read and to print."""
    row = application_of(request, pk)
    return letter_page(request, row, paper="application_letter_paper")


@require_safe
@allow(APPLY)
def application_letter_paper(request, pk):
    """The same letter as PDF, for who receives it."""
    return letter_paper(application_of(request, pk))


def letter_page(request, row: Application, *, paper: str):
    """The letter with what was decided last, as the House got it by mail; `paper` is the name of the page of its PDF."""
    context = {"application": row, "decision": last_decision(row), "paper": paper}
    return render(request, "projects/application_letter.html", context)


def letter_paper(row: Application):
    """That letter as tagged PDF, with a reference by which it is found again."""
    decision = last_decision(row)
    context = {
        "application": row,
        "decision": decision,
        "reference": application_reference(decision),
        "address": absolute(reverse("application", args=[row.pk])),
    }
    name = f"brief {context['reference']}"
    return pdf_response("projects/application_letter_paper.html", context, name=name)


def last_decision(row: Application) -> ApplicationDecision:
    """What was decided last about an application, or 404."""
    decisions = ApplicationDecision.objects.filter(version__application=row)
    decision = decisions.select_related("by", "version__application__call").order_by("-at", "-pk").first()
    if decision is None:
        raise Http404
    return decision


def version_facts(row: Application) -> dict:
    """What every page about what was handed in shows: the last version, what it changed, and what was decided."""
    versions = list(row.versions.select_related("submitted_by").order_by("number"))
    last = versions[-1] if versions else None
    before = versions[-2] if len(versions) > 1 else None
    decisions = ApplicationDecision.objects.filter(version__application=row).select_related("by", "version")
    return {
        "version": last,
        "versions": versions,
        "before": before,
        "sections": sections_of(last.content) if last else [],
        "files": files_in(last) if last else [],
        "differences": differences(before.content, last.content) if last and before else [],
        "decisions": decisions.order_by("at", "pk"),
    }


def files_in(version: ApplicationVersion) -> list[ApplicationFile]:
    """The documents that a version names."""
    keys = [each["id"] for each in version.content["files"]]
    return list(ApplicationFile.objects.filter(pk__in=keys).order_by("pk"))


def pdf_of(document: ApplicationFile) -> FileResponse:
    """The document itself, always as a download: nothing in it runs on our address."""
    name = f"{slugify(document.title) or 'bijlage'}.pdf"
    return stored_file(document.file, name, content_type="application/pdf")
