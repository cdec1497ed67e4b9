"""`/oproepen/`: the calls for projects that were made public, as everybody may read them; what a House asks stands apart."""

from django.contrib.sitemaps import Sitemap
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import public
from huizen.links import absolute
from huizen.roles import Permission
from huizen.shared_pages import shared
from projects.application.parts import Step
from projects.models import Call, CallPhase

#: In this order, under these words.
GROUPS = (
    (CallPhase.OPEN, "Nu open"),
    (CallPhase.PLANNED, "Komt eraan"),
    (CallPhase.CLOSED, "Gesloten"),
)


@require_safe
@public
@shared
def public_calls(request):
    """What is open, what comes and what has closed."""
    now, calls = timezone.now(), Call.objects.announced().select_related("programme")
    rows = [(call, call.phase(now)) for call in calls.order_by("closes_at", "pk")]
    groups = [(words, [row for row in rows if row[1] == phase]) for phase, words in GROUPS]
    return render(request, "projects/public_calls.html", {"groups": [each for each in groups if each[1]]})


@require_safe
@public
@shared
def public_call(request, programme, year):
    """What one call asks, for whom, how much, until when, by what the jury judges, and who can be asked."""
    calls = Call.objects.announced().select_related("programme")
    call = get_object_or_404(calls, programme__slug=programme, year=year)
    context = facts_of_call(call) | {
        "guides": [(step.label, call.guides[step.value]) for step in Step if call.guides.get(step.value)],
        "url": absolute(address_of(call)),
        # Who signs in may turn out to lead a House; who did and does not is not sent to a closed door.
        "may_ask": not request.user.is_authenticated or request.user.may(Permission.APPLY),
    }
    return render(request, "projects/public_call.html", context)


def facts_of_call(call: Call) -> dict:
    """What every page about a call shows: where it stands, its rules and its criteria."""
    return {
        "call": call,
        "phase": call.phase(timezone.now()),
        "criteria": call.criteria.order_by("number"),
        "municipalities": call.municipalities.order_by("name"),
    }


def address_of(call: Call) -> str:
    """Where everybody reads it."""
    return reverse("public_call", args=[call.programme.slug, call.year])


class Calls(Sitemap):
    """Each call that was made public."""

    def items(self):
        return Call.objects.announced().select_related("programme").order_by("pk")

    def location(self, item):
        return address_of(item)
