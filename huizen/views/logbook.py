"""`/beheer/logboek/`: who did what in the Houses of the reader."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huizen.access import allow
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
    page = Paginator(events, 50).get_page(request.GET.get("pagina"))
    return render(request, "huizen/logbook.html", {"page": page})
