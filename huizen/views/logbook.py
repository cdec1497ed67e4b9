"""`/beheer/logboek/`: who did what in the Houses of the reader."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.models import Event, House
from huizen.roles import Permission


@require_safe
@allow(Permission.SEE_LOGBOOK)
def logbook(request):
    """Fifty acts a page, the newest first."""
    events = (
        Event.objects.filter(house__in=House.objects.where(request.user, Permission.SEE_LOGBOOK))
        .select_related("actor", "house")
        .order_by("-at", "-pk")
    )
    return render(request, "huizen/logbook.html", {"page": page_of(request, events)})
