"""The quick switcher as a page, and as the list under its field while somebody types."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.switcher import LONGEST, find

MOST_ON_THE_PAGE = 25


@require_safe
@allow(Permission.SEE_DESK)
def switch(request):
    """All that fits the words; works without a script."""
    asked = _asked(request)
    hits = find(request.user, asked, now=timezone.now(), most=MOST_ON_THE_PAGE)
    return render(request, "huizen/switch.html", {"letters": asked, "hits": hits})


@require_safe
@allow(Permission.SEE_DESK)
def switch_options(request):
    """The best of it, as options of a list box."""
    hits = find(request.user, _asked(request), now=timezone.now())
    return render(request, "huizen/switch_options.html", {"hits": hits[:12]})


def _asked(request) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
