"""Files and photos of a report, and who agreed to be shown."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow
from huizen.download import BYTES, stored_file
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions.consent import ConsentError, give_consent, withdraw_consent
from projects.actions.evidence import add_evidence, remove_evidence, versions_with
from projects.actions.report import ReportError
from projects.forms.evidence import ConsentForm, FileForm, PhotoForm
from projects.models import Consent, Evidence
from projects.views.reports import WRITE, report_of
from projects.views.stories import own_project

FILE, PHOTO = Evidence.Kind.FILE, Evidence.Kind.PHOTO


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def evidence_list(request, pk):
    """What belongs to a report that is being written, with a form for a file and one for a photo."""
    report = report_of(request, pk)
    today, posted = timezone.localdate(), request.POST.get("soort") if request.method == "POST" else ""
    forms = {
        FILE: FileForm(*_sent(request, posted == FILE), prefix=FILE),
        PHOTO: PhotoForm(*_sent(request, posted == PHOTO), prefix=PHOTO, project=report.project, today=today),
    }
    if request.method == "POST" and posted not in forms:
        return redirect("evidence_list", pk)
    if posted and forms[posted].is_valid() and _added(request, report, posted, forms[posted]):
        return redirect("evidence_list", pk)
    context = {
        "report": report,
        "project": report.project,
        "evidence": report.evidence.current().select_related("consent").order_by("pk"),
        "forms": [("Een bestand", FILE, forms[FILE]), ("Een foto", PHOTO, forms[PHOTO])],
        "has_consent": forms[PHOTO].fields["consent"].queryset.exists(),
    }
    wrong = posted and forms[posted].errors
    return render(request, "projects/evidence_list.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def evidence_remove(request, pk):
    """A clear question first: whether the file goes, or stays with a version that was handed in."""
    evidence = evidence_of(request, pk)
    report = evidence.report
    if request.method == "POST":
        done = f"“{evidence}” hoort niet meer bij het verslag."
        carry_out(request, done, remove_evidence, ReportError, evidence=evidence)
        return redirect("evidence_list", report.pk)
    if not report.is_open or evidence.removed_at:
        return redirect("evidence_list", report.pk)
    context = {"evidence": evidence, "report": report, "stays": versions_with(evidence).exists()}
    return render(request, "projects/evidence_drop.html", context)


@require_safe
@allow(Permission.EDIT_PROJECTS)
def evidence_file(request, pk):
    """The file, always as something to keep: nothing in it runs on our address."""
    evidence = evidence_of(request, pk)
    if not evidence.may_be_seen(timezone.localdate()):
        raise Http404
    name = f"{slugify(evidence.title) or 'bewijsstuk'}{PurePath(evidence.file.name).suffix}"
    return stored_file(evidence.file, name, "image/webp" if evidence.is_photo else BYTES)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def consent_list(request, slug):
    """Who agreed to be shown, in one project."""
    project = own_project(request, slug)
    form = ConsentForm(request.POST or None, project=project, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"project": project, "facts": form.cleaned_data, "field": "reference"}
        if carry_out_form(request, form, "De toestemming is genoteerd.", give_consent, ConsentError, **facts):
            return redirect("consent_list", slug)
    context = {
        "project": project,
        "form": form,
        "consents": project.consents.order_by("-given_on", "reference"),
        "today": timezone.localdate(),
    }
    return render(request, "projects/consent_list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(WRITE)
def consent_withdraw(request, pk):
    """A clear question first: what hung on it is gone after this."""
    mine = Consent.objects.filter(project__house__in=request.user.houses_where(WRITE))
    consent = get_object_or_404(mine.select_related("project"), pk=pk)
    if request.method == "POST":
        withdraw_consent(consent=consent, by=request.user, now=timezone.now())
        messages.success(
            request, "Ingetrokken. De foto's zijn gewist en de verhalen staan niet meer op het portaal."
        )
        return redirect("consent_list", consent.project.slug)
    context = {
        "consent": consent,
        "project": consent.project,
        "photos": consent.evidence.filter(erased_at=None).count(),
        "stories": consent.stories.count(),
    }
    return render(request, "projects/consent_withdraw.html", context)


def evidence_of(request, pk) -> Evidence:
    """Something of a report that the person writes, or reads for the agency; or 404."""
    rows = Evidence.objects.visible_to(request.user).select_related(
        "report__period__call", "report__project", "consent"
    )
    return get_object_or_404(rows, pk=pk)


def _sent(request, posted: bool) -> tuple:
    return (request.POST, request.FILES) if posted else (None, None)


def _added(request, report, kind: str, form) -> bool:
    """Whether it was added; what stops it stands in the form."""
    try:
        add_evidence(report=report, kind=kind, **form.cleaned_data, by=request.user, now=timezone.now())
    except ReportError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "Toegevoegd. Het gaat mee als je het verslag indient.")
    return True
