"""What a coordinator keeps of the House: its facts, whether they still hold, the municipalities it serves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.actions import house as actions
from huizen.forms.house import FreshnessForm, HouseForm, WorkingAreaEndForm, WorkingAreaForm
from huizen.house_panels import panels_of
from huizen.models import House, WorkingArea
from huizen.opening import DaysOff, opening_now
from huizen.roles import Permission


def _house(request, slug: str) -> House:
    return get_object_or_404(House.objects.editable_by(request.user), slug=slug)


@require_safe
@allow(Permission.EDIT_HOUSE)
def house_choose(request):
    """The Houses that somebody keeps; straight on when there is one."""
    houses = House.objects.editable_by(request.user).order_by("name", "pk")
    if len(houses) == 1:
        return redirect("house_manage", houses[0].slug)
    return render(request, "huizen/house_choose.html", {"houses": houses})


@require_safe
@allow(Permission.EDIT_HOUSE)
def house_manage(request, slug):
    """All that the portal holds of one House, each part with its own button."""
    house = _house(request, slug)
    now = timezone.now()
    days_off = DaysOff.around(now)
    locations = [
        (location, opening_now(location, now=now, days_off=days_off))
        for location in house.locations.with_hours().order_by("-is_active", "name", "pk")
    ]
    areas = house.working_areas.on(timezone.localdate(now)).select_related("municipality")
    return render(
        request,
        "huizen/house_manage.html",
        {
            "house": house,
            "locations": locations,
            "areas": areas.order_by("municipality__name"),
            "panels": panels_of(house, now=now),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def house_edit(request, slug):
    """Change the facts that parents read."""
    house = _house(request, slug)
    form = HouseForm(request.POST or None, instance=house)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        actions.change_house(house=form.instance, by=request.user, now=now, today=timezone.localdate(now))
        messages.success(request, "De gegevens van het Huis zijn bewaard.")
        return redirect("house_manage", slug)
    return render(
        request, "huizen/house_edit.html", {"house": house, "form": form}, status=422 if form.errors else 200
    )


@require_POST
@allow(Permission.EDIT_HOUSE)
def house_check(request, slug):
    """Everything still holds: no form to go through."""
    now = timezone.now()
    house = _house(request, slug)
    actions.check_house(house=house, by=request.user, now=now, today=timezone.localdate(now))
    messages.success(request, "Bedankt. Ouders zien dat de gegevens vandaag zijn nagekeken.")
    return redirect("house_manage", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def house_freshness(request, slug):
    """After how long offer is labelled, and after how long it is hidden."""
    house = _house(request, slug)
    form = FreshnessForm(request.POST or None, instance=house)
    if request.method == "POST" and form.is_valid():
        actions.set_house_rule(house=form.instance, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard. Vannacht passen we het toe.")
        return redirect("house_manage", slug)
    return render(
        request,
        "huizen/house_freshness.html",
        {"house": house, "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def working_area(request, slug):
    """The municipalities that the House serves, served, and will serve; and a form for one more."""
    house = _house(request, slug)
    form = WorkingAreaForm(request.POST or None, instance=WorkingArea(house=house))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_working_area(area=form.instance, by=request.user, now=timezone.now())
        except actions.WorkingAreaError as error:
            form.add_error("municipality", str(error))
        else:
            messages.success(request, f"{form.instance.municipality} hoort nu bij het werkingsgebied.")
            return redirect("working_area", slug)
    areas = house.working_areas.select_related("municipality__merged_into")
    return render(
        request,
        "huizen/house_area.html",
        {"house": house, "form": form, "areas": areas.order_by("until", "municipality__name", "since")},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def working_area_end(request, pk):
    """Give the last day on which the House serves a municipality."""
    mine = WorkingArea.objects.filter(house__in=House.objects.editable_by(request.user))
    area = get_object_or_404(mine.select_related("house", "municipality"), pk=pk)
    form = WorkingAreaEndForm(request.POST or None, instance=area)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_working_area(area=form.instance, by=request.user, now=timezone.now())
        except actions.WorkingAreaError as error:
            form.add_error("until", str(error))
        else:
            messages.success(request, "De laatste dag is bewaard.")
            return redirect("working_area", area.house.slug)
    return render(
        request,
        "huizen/house_area_end.html",
        {"area": area, "form": form},
        status=422 if form.errors else 200,
    )
