"""`/beheer/netwerk/`: who works with whom in a House, as a picture and as a table."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.network_picture import picture_of
from activities.partner_ties import ties_of
from huizen.access import allow
from huizen.house_choice import house_asked
from huizen.listing import page_of
from huizen.roles import Permission


@require_safe
@allow(Permission.EDIT_PARTNERS)
def partner_network(request):
    """The picture, every tie in words beside it, and the partners who share nothing yet."""
    asked, houses = house_asked(request, Permission.EDIT_PARTNERS)
    house = asked or houses[0]
    ties = ties_of(house, now=timezone.now())
    nodes = {node.key: node for node in ties.nodes}
    linked = {key for tie in ties.ties for key in tie[:2]}
    rows = [(nodes[tie.one], nodes[tie.other], tie) for tie in ties.ties]
    context = {
        "house": house,
        "houses": houses,
        "picture": picture_of(ties) if len(ties.nodes) > 1 else None,
        "page": page_of(request, rows),
        "alone": [node for node in ties.nodes[1:] if node.key not in linked],
    }
    return render(request, "activities/partner_network.html", context)
