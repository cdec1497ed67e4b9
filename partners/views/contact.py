"""Who to call at a partner: add, change, take off the list."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.roles import Permission
from partners.actions.organisation import remove_contact, save_contact
from partners.forms.organisation import ContactForm
from partners.models import Contact
from partners.views.house import house_behind, way_back
from partners.views.organisation import organisation_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_DESK)
def contact_create(request, pk):
    """Somebody new to call."""
    return _edit(request, Contact(organisation=organisation_of(request, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_DESK)
def contact_edit(request, pk):
    """Another name, function, address or number."""
    return _edit(request, contact_of(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_DESK)
def contact_remove(request, pk):
    """A clear question first."""
    contact = contact_of(request, pk)
    back = way_back(request.user, contact.organisation)
    if request.method == "POST":
        house = house_behind(request.user, contact.organisation)
        remove_contact(contact=contact, house=house, by=request.user, now=timezone.now())
        messages.success(request, "De contactpersoon is weg.")
        return redirect(back)
    return render(request, "partners/contact_remove.html", {"contact": contact, "back": back})


def contact_of(request, pk) -> Contact:
    """A contact of an organisation that the person edits, or 404."""
    return get_object_or_404(Contact.objects.editable_by(request.user).select_related("organisation"), pk=pk)


def _edit(request, contact):
    back = way_back(request.user, contact.organisation)
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        house = house_behind(request.user, contact.organisation)
        save_contact(contact=form.instance, house=house, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard.")
        return redirect(back)
    context = {"contact": contact, "organisation": contact.organisation, "form": form, "back": back}
    return render(request, "partners/contact_edit.html", context, status=422 if form.errors else 200)
