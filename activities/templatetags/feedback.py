"""What families thought of an activity, for who edits it."""

from django import template

from activities.actions import feedback

register = template.Library()


@register.simple_tag
def opinions_of(activity) -> dict[str, int] | None:
    """How many said fine, fair and bad; None while they are too few to say it without telling who."""
    return feedback.summary(activity)
