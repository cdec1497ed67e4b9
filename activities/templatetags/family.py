"""What a visitor can do with an offer: keep it, and hear of news."""

from django import template
from django.utils.http import urlencode

from activities.models import Activity, SavedActivity
from huizen.links import path_of, query_without

register = template.Library()


@register.inclusion_tag("activities/save_button.html", takes_context=True)
def save_button(context, activity: Activity, back: str = "") -> dict:
    """The star. With an account it is a form that works without a script; else the browser keeps it (saved.js)."""
    request = context["request"]
    user = getattr(request, "user", None)
    has_account = bool(user and user.is_authenticated)
    saved = has_account and SavedActivity.objects.filter(family__user=user, activity=activity).exists()
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "activity": activity,
        "has_account": has_account,
        "saved": saved,
        "back": back,
    }


@register.simple_tag(takes_context=True)
def follow_search_url(context) -> str:
    """The page where somebody follows the search of this address; empty where nothing was chosen."""
    asked = context["request"].GET
    empty = [name for name, values in asked.lists() if not any(values)]
    query = query_without(asked, "pagina", *empty)
    return f"{path_of('follow_create')}?{query}" if query else ""


@register.simple_tag
def follow_house_url(house) -> str:
    """The page where somebody follows a House."""
    return f"{path_of('follow_create')}?{urlencode({'huis': house.slug})}"
