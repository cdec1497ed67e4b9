"""`/opgroeien/huizen/`: every House of the network, a new one, and where each stands."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow
from huizen.actions import network
from huizen.actions.house import WorkingAreaError
from huizen.actions.invitation import InvitationError
from huizen.forms.network import FoundForm, NetworkFilter, StandingForm
from huizen.listing import in_order, page_of
from huizen.models import House
from huizen.roles import Permission, Role

ORDERS = {"naam": "name", "gemeenten": "served", "coordinatoren": "leaders", "nagekeken": "checked_on"}


@require_safe
@allow(Permission.SEE_NETWORK)
def network_list(request):
    """Fifty Houses a page, by name: who leads them, what they serve, where they stand."""
    form = NetworkFilter(request.GET)
    leads = Q(memberships__role=Role.COORDINATOR, memberships__ended_at=None)
    houses = (
        form.narrow(House.objects.all())
        .annotate(
            served=Count("working_areas", filter=Q(working_areas__until=None), distinct=True),
            leaders=Count("memberships", filter=leads, distinct=True),
        )
        .order_by("name", "pk")
    )
    page = page_of(request, in_order(request, houses, ORDERS))
    may_edit = request.user.may(Permission.EDIT_NETWORK)
    return render(request, "huizen/network_list.html", {"page": page, "form": form, "may_edit": may_edit})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_NETWORK)
def house_found(request):
    """A form; then the House stands, and its coordinator has a mail."""
    now = timezone.now()
    form = FoundForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            house = network.found_house(**form.cleaned_data, by=request.user, now=now)
        except WorkingAreaError as error:
            form.add_error("municipality", str(error))
        except InvitationError as error:
            form.add_error("coordinator", str(error))
        else:
            messages.success(request, f"{house} staat er. De coördinator kreeg een uitnodiging.")
            return redirect("house_standing", house.slug)
    return render(request, "huizen/house_found.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_NETWORK)
def house_standing(request, slug):
    """Recognised, subsidised, visible: three ticks."""
    house = get_object_or_404(House, slug=slug)
    form = StandingForm(request.POST or None, instance=house)
    if request.method == "POST" and form.is_valid():
        network.set_standing(house=form.instance, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard.")
        return redirect("network_list")
    areas = house.working_areas.select_related("municipality").order_by("municipality__name", "since")
    leaders = house.memberships.current().filter(role=Role.COORDINATOR).select_related("user").order_by("pk")
    context = {"house": house, "form": form, "areas": areas, "leaders": leaders}
    return render(request, "huizen/house_standing.html", context)
