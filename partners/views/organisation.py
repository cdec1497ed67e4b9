"""An organisation's own facts and its logo, kept by the coordinators who share it and by its editors."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow, public
from huizen.roles import Permission
from partners.actions.organisation import change_logo, change_organisation
from partners.forms.organisation import LogoForm, OrganisationForm
from partners.models import Organisation, OrganisationMerge
from partners.views.house import house_behind, way_back


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_DESK)
def organisation_edit(request, pk):
    """What parents and colleagues read about a partner."""
    if merged := OrganisationMerge.objects.instead_of(pk):
        return redirect("organisation_edit", merged)
    organisation = organisation_of(request, pk)
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        house = house_behind(request.user, organisation)
        # A fresh row: validation has already written on the form's own.
        row = Organisation.objects.get(pk=pk)
        facts = {"organisation": row, "facts": form.cleaned_data, "house": house}
        change_organisation(**facts, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard.")
        return redirect(way_back(request.user, organisation))
    context = page_of(request, organisation) | {"form": form}
    return render(request, "partners/organisation_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_DESK)
def organisation_logo(request, pk):
    """Put up another logo, or take it away."""
    organisation = organisation_of(request, pk)
    remove = "verwijder" in request.POST
    form = LogoForm(None if remove else request.POST or None, request.FILES or None)
    if request.method == "POST" and (remove or form.is_valid()):
        logo = None if remove else form.cleaned_data["logo"]
        facts = {
            "organisation": organisation,
            "logo": logo,
            "house": house_behind(request.user, organisation),
        }
        change_logo(**facts, by=request.user, now=timezone.now())
        messages.success(request, "Het logo is weg." if remove else "Het logo is bewaard.")
        return redirect("organisation_edit", pk)
    context = page_of(request, organisation) | {"form": form}
    return render(request, "partners/organisation_logo.html", context, status=422 if form.errors else 200)


@require_safe
@public
def logo(request, name):
    """A partner's logo. It was written anew by us when it came in, and never changes under its name."""
    stored = f"logos/{name}"
    if not Organisation.objects.filter(logo=stored).exists() or not default_storage.exists(stored):
        raise Http404
    return FileResponse(
        default_storage.open(stored),
        content_type="image/png",
        headers={"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"},
    )


def organisation_of(request, pk) -> Organisation:
    """An organisation that the person may edit, or 404."""
    return get_object_or_404(Organisation.objects.editable_by(request.user), pk=pk)


def page_of(request, organisation) -> dict:
    """What the pages of an organisation share: in which Houses others read the same."""
    shared = organisation.partnerships.filter(until=None).select_related("house").order_by("house__name")
    houses = [partnership.house for partnership in shared]
    return {"organisation": organisation, "houses": houses, "back": way_back(request.user, organisation)}
