"""The meetings of a year: who comes, who never does, who does not answer, what was represented."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.house_choice import house_asked
from huizen.roles import Permission
from partners.meeting_presence import presence, years


@require_safe
@allow(Permission.PLAN_MEETINGS)
def meeting_overview(request):
    """Of one House, or for the agency of the whole network; `?jaar=2026`, at first this year."""
    now = timezone.now()
    asked, houses = house_asked(request, Permission.PLAN_MEETINGS)
    house = asked or next(iter(houses), None)
    this_year = timezone.localdate(now).year
    known = sorted({*years(house, now=now), this_year}, reverse=True)
    year = next((one for one in known if str(one) == request.GET.get("jaar", "")), this_year)
    context = {
        "house": house,
        "houses": houses,
        "presence": presence(house=house, year=year, now=now),
        "years": [(one, "" if one == this_year else str(one)) for one in known],
        "year": year,
    }
    return render(request, "partners/meeting_overview.html", context)
