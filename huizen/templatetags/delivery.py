"""How the state of a mail looks."""

from django import template
from django.utils.safestring import SafeString

from huizen.models import Message, PlannedMessage
from huizen.templatetags.ui import badge

register = template.Library()

KINDS = {
    "sent": "good",
    "released": "good",
    "failed": "bad",
    "unknown": "warning",
    "bounced": "bad",
    "complained": "bad",
    "suppressed": "warning",
    "expired": "warning",
    "cancelled": "quiet",
}


@register.simple_tag
def state_badge(row: Message | PlannedMessage) -> SafeString:
    """A badge with the state in a word: green when it left, red when a person must look."""
    return badge(row.get_state_display().capitalize(), KINDS.get(row.state, "info"))
