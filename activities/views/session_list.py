"""The moments of a House: those to come, open houses, and those of which nobody noted yet who came."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.actions.attendance import OPENS
from activities.forms.session_list import VIEWS, SessionListForm
from activities.models import Session
from huizen.access import allow
from huizen.listing import page_of
from huizen.models import House
from huizen.roles import Permission

SEE = Permission.SEE_REGISTRATIONS


@require_safe
@allow(SEE)
def session_list(request):
    """Moments with how full they are, each with what is done most: note who is there, or call it off."""
    now = timezone.now()
    own = Session.objects.filter(activity__house__in=House.objects.where(request.user, SEE))
    form = SessionListForm(request.GET)
    rows = form.found(own.select_related("activity__house"), now=now)
    context = {
        "page": page_of(request, rows),
        "form": form,
        "views": VIEWS,
        "now": now,
        "takes_from": now + OPENS,
    }
    return render(request, "activities/session_list.html", context)
