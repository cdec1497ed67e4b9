"""`/beheer/`: what needs doing today, and the way to everything else."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.dashboard import tiles_for
from huizen.roles import Permission


@require_safe
@allow(Permission.SEE_DESK)
def desk(request):
    """The tiles that each app hands in, most urgent first."""
    return render(
        request,
        "huizen/desk.html",
        {
            "tiles": tiles_for(request.user, now=timezone.now()),
            "memberships": request.user.current_memberships,
        },
    )
