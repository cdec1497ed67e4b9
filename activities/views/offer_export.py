"""The offer of a House as a file, in the columns in which it can come in again."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.forms.offer_filter import OfferFilter
from activities.forms.offer_import import HEAD, written
from activities.models import Activity
from huizen.access import allow
from huizen.roles import Permission
from huizen.spreadsheet import table_response


@require_safe
@allow(Permission.EDIT_OFFER)
def offer_export(request, kind):
    """What the list shows, with the same filter: a line for each activity."""
    mine = Activity.objects.editable_by(request.user).select_related("house", "organiser", "location")
    found = OfferFilter(request.GET, queryset=mine, request=request).qs.prefetch_related("schedules")
    rows = (
        [*written(activity), activity.get_status_display(), activity.house.name]
        for activity in found.order_by("title", "pk")
    )
    return table_response(
        kind, f"activiteiten-{timezone.localdate():%Y-%m-%d}", [*HEAD, "Toestand", "Huis"], rows
    )
