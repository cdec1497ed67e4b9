"""Changes of what was agreed: a project asks, the agency decides, both see every decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.download import stored_file
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from projects.actions.amendment import AmendmentError, ask_amendment, decide_amendment, withdraw_amendment
from projects.forms.amendment import FORMS, VerdictForm
from projects.models import Amendment, AmendmentFile, Project, Yardstick
from projects.views.desk import project_of

EDIT = Permission.EDIT_PROJECTS
#: The words of an address for each kind.
WORDS = {"verlenging": "extension", "begroting": "budget", "partner": "partner"}


@require_safe
@allow(EDIT)
def amendment_list(request, slug):
    """Every change that was ever asked of a project, with what was decided."""
    project = project_of(request, slug)
    rows = project.amendments.select_related("asked_by", "decision__by").prefetch_related("shifts", "files")
    targets = Yardstick.objects.filter(indicator__result__objective__project=project, edition__gt=1)
    context = {
        "project": project,
        "amendments": rows.order_by("-asked_at", "-pk"),
        "targets": targets.select_related("indicator", "decided_by").order_by("-set_at", "-pk"),
        "asks": [(word, Amendment.Kind(kind).label) for word, kind in WORDS.items()],
        "writes": request.user.may(Permission.WRITE_REPORTS),
        "decides": request.user.may(Permission.REVIEW_REPORTS),
    }
    return render(request, "projects/amendment_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.WRITE_REPORTS)
def amendment_create(request, slug, word):
    """Ask for one change, with the reason."""
    project, kind = project_of(request, slug), WORDS.get(word)
    if kind is None:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FORMS[kind](*sent, project=project)
    if form.is_bound and form.is_valid() and _asked(request, form, project, kind):
        messages.success(request, "Gevraagd. Opgroeien beslist en geeft een reden.")
        return redirect("amendment_list", slug)
    context = {"project": project, "form": form, "title": f"Vraag een {Amendment.Kind(kind).label}"}
    return render(request, "projects/amendment_edit.html", context, status=422 if form.errors else 200)


@require_POST
@allow(Permission.WRITE_REPORTS)
def amendment_withdraw(request, pk):
    """Ask it no more, as long as nothing was decided."""
    mine = Project.objects.editable_by(request.user)
    amendment = get_object_or_404(Amendment.objects.select_related("project"), pk=pk, project__in=mine)
    done = "Je vraag is ingetrokken."
    carry_out(request, done, withdraw_amendment, AmendmentError, amendment=amendment)
    return redirect("amendment_list", amendment.project.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_REPORTS)
def amendment_decide(request, pk):
    """What a project asks, and the decision of the agency."""
    mine = Project.objects.editable_by(request.user)
    rows = Amendment.objects.select_related("project__call", "project__house", "asked_by", "decision__by")
    amendment = get_object_or_404(rows.prefetch_related("shifts", "files"), pk=pk, project__in=mine)
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _decided(request, form, amendment):
        messages.success(request, "Je beslissing is bewaard. Het project krijgt bericht.")
        return redirect("amendment_list", amendment.project.slug)
    context = {"amendment": amendment, "project": amendment.project, "form": form}
    return render(request, "projects/amendment_decide.html", context, status=422 if form.errors else 200)


@require_safe
@allow(EDIT)
def amendment_file(request, pk):
    """A document with a request, for its project and the agency; always a download. 404 once it was erased."""
    mine = Project.objects.editable_by(request.user)
    document = get_object_or_404(AmendmentFile, pk=pk, amendment__project__in=mine)
    return stored_file(document.file, f"{slugify(document.title) or 'document'}.pdf", "application/pdf")


def _asked(request, form, project: Project, kind: str) -> bool:
    """Whether it was done; what stops it stands in the form."""
    try:
        ask_amendment(project=project, kind=kind, **form.facts, by=request.user, now=timezone.now())
    except AmendmentError as error:
        form.add_error("until" if kind == Amendment.Kind.EXTENSION else None, str(error))
    return not form.errors


def _decided(request, form, amendment: Amendment) -> bool:
    """Whether it was done; what stops it stands in the form."""
    facts = {"accepted": form.cleaned_data["antwoord"] == "ja", "text": form.cleaned_data["text"]}
    try:
        decide_amendment(amendment=amendment, **facts, by=request.user, now=timezone.now())
    except AmendmentError as error:
        form.add_error(None, str(error))
    return not form.errors
