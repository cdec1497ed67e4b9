"""What belongs on an agenda besides its points."""

from django import template

from partners.models import Meeting
from partners.waiting_points import open_actions as open_actions_of

register = template.Library()


@register.inclusion_tag("partners/open_actions.html")
def open_actions(meeting: Meeting) -> dict:
    """What was agreed before a meeting and is still to be done (one query); nothing where all is done."""
    return {"actions": open_actions_of(meeting)}
