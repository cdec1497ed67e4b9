"""Components: a misspelt argument is an error, and `/stijl/` shows each in every state."""

from django import template

register = template.Library()
