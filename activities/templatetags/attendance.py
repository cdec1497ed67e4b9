"""Who came, in the colours of the portal."""

from django import template

from activities.models import Came

register = template.Library()

KINDS = {Came.PRESENT: "good", Came.ABSENT: "bad", Came.EXCUSED: "quiet"}


@register.filter
def came_kind(state: str) -> str:
    """The kind of badge of what became of a family that signed up."""
    return KINDS.get(Came(state), "") if state else ""
