"""`/beheer/`: what needs doing today, and the way to everything else."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.dashboard import tiles_for
from huizen.house_choice import house_asked
from huizen.roles import Permission


@require_safe
@allow(Permission.SEE_DESK)
def desk(request):
    """The tiles that each app hands in, most urgent first; of all her Houses, or of the one that she chose."""
    house, houses = house_asked(request, Permission.SEE_DESK)
    user = request.user.within(house) if house else request.user
    context = {
        "tiles": tiles_for(user, now=timezone.now()),
        "memberships": request.user.current_memberships,
        "houses": houses,
    }
    return render(request, "huizen/desk.html", context)
