"""`/mijn/`: what is coming for us, our sign-ups, and the way to the desk for who works here."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.models import Registration
from families.forms import home_label
from families.models import Family
from huizen.access import members
from huizen.links import sign
from huizen.roles import Permission


@require_safe
@members
def my(request):
    """The sign-ups of this address that are still to come: the address was proved with a code."""
    now = timezone.now()
    family = Family.objects.filter(user=request.user).prefetch_related("children").first()
    registrations = (
        Registration.objects.current()
        .filter(email__iexact=request.user.email, session__ends_at__gt=now)
        .select_related("session__activity__house", "session__activity__location")
        .order_by("session__starts_at")[:50]
    )
    return render(
        request,
        "activities/my.html",
        {
            "registrations": [(row, sign("registration", row.pk)) for row in registrations],
            "family": family,
            "home": home_label(family, today=timezone.localdate(now)),
            "sees_desk": request.user.may(Permission.SEE_DESK),
            "sees_agency": request.user.may(Permission.SEE_PROJECTS),
        },
    )
