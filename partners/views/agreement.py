"""Agreements of a House with a partner, and its notes about it: for the people of that House alone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow
from huizen.download import stored_file
from huizen.roles import Permission
from partners.actions.agreement import add_agreement, change_note, remove_agreement, remove_note, write_note
from partners.forms.agreement import AgreementForm, NoteForm
from partners.models import Agreement, PartnerNote
from partners.views.partnership import partnership_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def agreement_create(request, pk):
    """Add a signed PDF."""
    partnership = partnership_of(request, pk)
    posted = request.method == "POST"
    form = AgreementForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        facts = {"title": form.cleaned_data["title"], "document": form.cleaned_data["file"]}
        add_agreement(partnership=partnership, **facts, by=request.user, now=timezone.now())
        messages.success(request, "De overeenkomst is bewaard.")
        return redirect("partner_detail", pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "partners/agreement_create.html", context, status=422 if form.errors else 200)


@require_safe
@allow(Permission.EDIT_PARTNERS)
def agreement_file(request, pk):
    """The document itself, always as a download: nothing in it runs on our address."""
    agreement = _agreement_of(request, pk)
    name = f"{slugify(agreement.title) or 'overeenkomst'}.pdf"
    return stored_file(agreement.file, name, content_type="application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def agreement_remove(request, pk):
    """A clear question first."""
    agreement = _agreement_of(request, pk)
    if request.method == "POST":
        remove_agreement(agreement=agreement, by=request.user, now=timezone.now())
        messages.success(request, "De overeenkomst is weg.")
        return redirect("partner_detail", agreement.partnership_id)
    context = {"agreement": agreement, "partnership": agreement.partnership}
    return render(request, "partners/agreement_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def note_create(request, pk):
    """Write something down."""
    partnership = partnership_of(request, pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = {"house": partnership.house, "organisation": partnership.organisation}
        write_note(**about, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
        messages.success(request, "De notitie is bewaard.")
        return redirect("partner_detail", pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "partners/note_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def note_edit(request, pk):
    """Write it otherwise."""
    note = _note_of(request, pk)
    partnership = _partnership_behind(note)
    form = NoteForm(request.POST or None, instance=note)
    if request.method == "POST" and form.is_valid():
        change_note(note=note, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
        messages.success(request, "Bewaard.")
        return redirect("partner_detail", partnership.pk)
    context = {"partnership": partnership, "form": form, "note": note}
    return render(request, "partners/note_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def note_remove(request, pk):
    """A clear question first."""
    note = _note_of(request, pk)
    partnership = _partnership_behind(note)
    if request.method == "POST":
        remove_note(note=note, by=request.user, now=timezone.now())
        messages.success(request, "De notitie is gewist.")
        return redirect("partner_detail", partnership.pk)
    return render(request, "partners/note_remove.html", {"note": note, "partnership": partnership})


def _agreement_of(request, pk) -> Agreement:
    rows = Agreement.objects.editable_by(request.user)
    return get_object_or_404(rows.select_related("partnership__house", "partnership__organisation"), pk=pk)


def _note_of(request, pk) -> PartnerNote:
    rows = PartnerNote.objects.editable_by(request.user)
    return get_object_or_404(rows.select_related("house", "organisation"), pk=pk)


def _partnership_behind(note: PartnerNote):
    """The page on which a note stands: that of the latest partnership in its House."""
    return get_object_or_404(note.organisation.partnerships.filter(house=note.house).order_by("-since")[:1])
