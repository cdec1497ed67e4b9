"""A new House in an hour: each step with what is there, what is missing, and the pages that do it."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.house_start import progress, with_parts
from huizen.models import House
from huizen.opening import DaysOff, opening_now
from huizen.roles import Permission


@require_safe
@allow(Permission.EDIT_HOUSE)
def house_start(request, slug):
    """The steps in order; the last one shows what parents will read. Only read: what is done, is done on its own page."""
    now = timezone.now()
    houses = with_parts(House.objects.editable_by(request.user), now=now)
    house = get_object_or_404(houses, slug=slug)
    steps = progress(house)
    days_off = DaysOff.around(now)
    places = house.locations.in_use().with_hours().order_by("name", "pk")
    context = {
        "house": house,
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "next": next((step for step in steps if not step.is_done), None),
        "places": [(place, opening_now(place, now=now, days_off=days_off)) for place in places],
    }
    return render(request, "huizen/house_start.html", context)
