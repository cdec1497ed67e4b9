"""The gallery: every component in every state, for who builds or checks a page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from huizen.access import public


@require_safe
@public
def style(request):
    """What the portal is made of."""
    return render(request, "huizen/pages/style.html", {})
