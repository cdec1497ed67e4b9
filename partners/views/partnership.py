"""The partners of a House: the list, one of them, add one, change what it is, end it."""

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.listing import in_order, page_of
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from partners.actions.partnership import (
    PartnershipError,
    add_new_partner,
    add_partner,
    change_partnership,
    end_partnership,
    trust_partner,
)
from partners.forms.organisation import (
    EndForm,
    NewOrganisationForm,
    OrganisationSearch,
    PartnerFilter,
    PartnershipForm,
)
from partners.history import history
from partners.models import (
    Contact,
    Editor,
    EditorInvitation,
    Organisation,
    OrganisationMerge,
    PartnerNote,
    Partnership,
)
from partners.views.house import chosen_house

ORDERS = {"naam": "organisation__name", "redacteurs": "editors"}
HISTORY = 20


@require_safe
@allow(Permission.EDIT_PARTNERS)
def partner_list(request):
    """Fifty partners a page, by name, narrowed by what was asked."""
    form = PartnerFilter(request.GET)
    contacts = Prefetch("organisation__contacts", Contact.objects.order_by("name", "pk"))
    editors = Count("organisation__editors", filter=Q(organisation__editors__ended_at=None), distinct=True)
    partnerships = (
        form.narrow(Partnership.objects.editable_by(request.user))
        .select_related("organisation", "house")
        .prefetch_related(contacts)
        .annotate(editors=editors)
        .order_by("organisation__name", "pk")
    )
    page = page_of(request, in_order(request, partnerships, ORDERS))
    houses = request.user.houses_where(Permission.EDIT_PARTNERS)
    return render(request, "partners/partner_list.html", {"form": form, "page": page, "houses": houses})


@require_safe
@allow(Permission.EDIT_PARTNERS)
def partner_detail(request, pk):
    """What a partner is in the House: its facts, who to call, its editors, and what happened."""
    partnership = _partnerships(request).filter(pk=pk).first()
    if partnership is None:
        if stands := OrganisationMerge.objects.partnership_instead_of(pk):
            return redirect("partner_detail", stands)
        raise Http404
    organisation = partnership.organisation
    others = organisation.partnerships.filter(until=None).exclude(house=partnership.house)
    others = others.select_related("house").order_by("house__name")
    invitations = EditorInvitation.objects.unanswered()
    context = {
        "partnership": partnership,
        "organisation": organisation,
        "others": [other.house for other in others],
        "contacts": organisation.contacts.order_by("name", "pk"),
        "editors": Editor.objects.current()
        .filter(organisation=organisation)
        .select_related("user")
        .order_by("pk"),
        "invitations": invitations.filter(organisation=organisation, house=partnership.house).order_by(
            "created_at"
        ),
        "now": timezone.now(),
        "agreements": partnership.agreements.select_related("added_by").order_by("-added_at"),
        "notes": PartnerNote.objects.filter(house=partnership.house, organisation=organisation)
        .select_related("author")
        .order_by("-written_at"),
        "events": history(partnership)[:HISTORY],
    }
    return render(request, "partners/partner_detail.html", context)


@require_safe
@allow(Permission.EDIT_PARTNERS)
def partner_history(request, pk):
    """All that happened to a partner, fifty a page."""
    partnership = partnership_of(request, pk)
    page = page_of(request, history(partnership))
    return render(request, "partners/partner_history.html", {"partnership": partnership, "page": page})


@require_POST
@allow(Permission.EDIT_PARTNERS)
def partner_trust(request, pk):
    """Whether its editors publish without approval: `ja` or not."""
    partnership, is_trusted = partnership_of(request, pk), request.POST.get("vertrouw") == "ja"
    words = "Hun aanbod staat voortaan meteen online." if is_trusted else "Jij keurt hun aanbod weer goed."
    facts = {"partnership": partnership, "is_trusted": is_trusted}
    carry_out(request, words, trust_partner, PartnershipError, **facts)
    return redirect("partner_detail", pk)


@require_safe
@allow(Permission.EDIT_PARTNERS)
def partner_search(request):
    """First look whether the network knows the organisation: one row serves all Houses."""
    form = OrganisationSearch(request.GET or None)
    mine = Partnership.objects.editable_by(request.user).filter(until=None).select_related("house")
    found = form.found().prefetch_related(Prefetch("partnerships", mine, to_attr="mine"))
    houses = request.user.houses_where(Permission.EDIT_PARTNERS)
    return render(request, "partners/partner_search.html", {"form": form, "found": found, "houses": houses})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def partner_add(request, pk):
    """An organisation that the network knows becomes a partner of the House."""
    organisation = get_object_or_404(Organisation, pk=pk)
    house, choose = chosen_house(request, Permission.EDIT_PARTNERS, "Van welk Huis wordt ze partner?")
    if choose:
        return choose
    form = PartnershipForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"house": house, "organisation": organisation, **form.cleaned_data}
        if partnership := attempt(request, form, add_partner, **facts):
            messages.success(request, f"{organisation} is nu partner van {house}.")
            return redirect("partner_detail", partnership.pk)
    context = {"organisation": organisation, "house": house, "form": form}
    return render(request, "partners/partner_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def partner_create(request):
    """An organisation that nobody wrote down yet becomes a partner of the House."""
    house, choose = chosen_house(request, Permission.EDIT_PARTNERS, "Van welk Huis wordt ze partner?")
    if choose:
        return choose
    typed = request.POST if request.method == "POST" else None
    if typed is not None and "dezelfde" in typed:
        return _the_same(request, house, typed["dezelfde"])
    form = NewOrganisationForm(typed, initial={"name": request.GET.get("naam", "")[:120].replace("\0", "")})
    role = PartnershipForm(typed, today=timezone.localdate())
    if typed is not None and all([form.is_valid(), role.is_valid()]):
        facts = {"house": house, "facts": form.cleaned_data, **role.cleaned_data}
        if partnership := attempt(request, form, add_new_partner, **facts):
            messages.success(request, f"{partnership.organisation} is nu partner van {house}.")
            return redirect("partner_detail", partnership.pk)
    context = {"house": house, "form": form, "role": role, "look_alikes": form.look_alikes}
    return render(
        request, "partners/partner_create.html", context, status=422 if form.errors or role.errors else 200
    )


def _the_same(request, house, key: str):
    """It is one that the network knows: that one becomes the partner, in the role that was chosen."""
    organisation = get_object_or_404(Organisation, pk=key if key.isascii() and key.isdigit() else None)
    form = PartnershipForm(request.POST, today=timezone.localdate())
    if form.is_valid():
        facts = {"house": house, "organisation": organisation, **form.cleaned_data}
        if partnership := attempt(request, form, add_partner, **facts):
            messages.success(request, f"{organisation} is nu partner van {house}.")
            return redirect("partner_detail", partnership.pk)
    context = {"organisation": organisation, "house": house, "form": form}
    return render(request, "partners/partner_add.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def partnership_edit(request, pk):
    """Another role, or another first day."""
    partnership = partnership_of(request, pk)
    initial = {"role": partnership.role, "since": partnership.since}
    form = PartnershipForm(request.POST or None, initial=initial, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"partnership": partnership, **form.cleaned_data}
        if attempt(request, form, change_partnership, **facts):
            messages.success(request, "Bewaard.")
            return redirect("partner_detail", pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "partners/partnership_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PARTNERS)
def partnership_end(request, pk):
    """A clear question first: what ends, and what stays."""
    partnership = partnership_of(request, pk)
    form = EndForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"partnership": partnership, **form.cleaned_data}
        if attempt(request, form, end_partnership, **facts):
            messages.success(
                request, f"{partnership.organisation} is geen partner meer van {partnership.house}."
            )
            return redirect("partner_list")
    context = {"partnership": partnership, "form": form}
    return render(request, "partners/partnership_end.html", context, status=422 if form.errors else 200)


def partnership_of(request, pk) -> Partnership:
    """A partnership of one of the person's Houses, or 404."""
    return get_object_or_404(_partnerships(request), pk=pk)


def _partnerships(request):
    return Partnership.objects.editable_by(request.user).select_related("house", "organisation")


def attempt(request, form, action, **facts):
    """Do it; where the action refuses, its sentence stands above the form."""
    try:
        return action(**facts, by=request.user, now=timezone.now())
    except PartnershipError as error:
        form.add_error(None, str(error))
        return None
