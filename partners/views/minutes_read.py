"""Minutes by the link in the mail: read without an account, on a phone first."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huizen.access import public
from partners.actions.minutes_letter import READ, action_url, own_points
from partners.minutes_text import readable
from partners.models import MinutesRevision
from partners.views.answer import invitation_behind


@never_cache
@require_safe
@public
def minutes_read(request, token):
    """The version that went round last, and what she herself would do. Nothing that is still being written."""
    invitation = invitation_behind(token, READ)
    sent = list(_sent(invitation)) if invitation and not invitation.withdrawn_at else []
    if not sent:
        return render(request, "link_bad.html", status=404)
    meeting, latest = invitation.meeting, sent[0]
    points = list(meeting.action_points.open().with_owner().order_by("due_on", "pk"))
    context = {
        "meeting": meeting,
        "minutes": latest.minutes,
        "latest": latest,
        "improved": len(sent) > 1,
        "body": readable(latest.body),
        "own": [(point, action_url(point)) for point in own_points(points, invitation)],
    }
    return render(request, "partners/minutes_read.html", context)


def _sent(invitation):
    rows = MinutesRevision.objects.filter(minutes=invitation.meeting_id, was_sent=True)
    return rows.select_related("minutes__approved_in").order_by("-number")[:2]
