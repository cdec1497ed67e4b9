"""`/momenten/<nummer>/loting/`: how a moment is drawn, so that anybody can do it over. Numbers only, no names."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activities.actions.session_words import place_of
from activities.draw import digest_of, draw_at, seal_of
from activities.models import Activity, Draw, Registration, Session
from activities.waiting_words import draw_words
from huizen.access import public


@public
@never_cache
@require_safe
def draw_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the draw its seal; afterwards the seed, and every lot in order with what it got."""
    now = timezone.now()
    rows = Session.objects.filter(activity__in=Activity.objects.published())
    session = get_object_or_404(
        rows.select_related("activity__house", "activity__location", "location"), pk=pk
    )
    draw = Draw.objects.filter(session=session).first()
    if draw is None and not session.collects_wishes:
        raise Http404("Dit moment wordt niet geloot.")
    context = {
        "session": session,
        "activity": session.activity,
        "place": place_of(session),
        "seal": seal_of(draw.seed) if draw else "",
        "seed": draw.seed if draw and session.drawn_at else "",
        "lots": _lots(draw) if draw and session.drawn_at else [],
        "wishes": session.registrations.filter(state=Registration.State.WAITING).count()
        if session.collects_wishes
        else 0,
        "draw_words": draw_words(session, now=now),
        "draw_at": draw_at(session),
        "now": now,
    }
    return render(request, "activities/draw_show.html", context)


def _lots(draw: Draw) -> list[dict]:
    """Every lot with its figure: the lowest figure goes first."""
    return [{**lot, "digest": digest_of(draw.seed, lot["lot"])} for lot in draw.lots]
