"""The weekly mail with news for partners: ended by the link in it, or by who is signed in; and wanted again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from huizen import links
from huizen.access import allow, public
from huizen.models import User
from huizen.roles import Permission
from partners.actions.news_mail import PURPOSE, gets_news, stop_news, stop_path, want_news


@public
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def news_stop(request, token: str):
    """Ends it by a POST: from a mail program (RFC 8058: no cookie, no redirect), or from a person; `weer` begins it again.

    Without the token against forgery: a mail program has none, and the address itself is the secret.
    """
    try:
        user = get_object_or_404(User, pk=links.read(PURPOSE, token))
    except links.BadLinkError:
        return render(request, "link_bad.html", status=404)
    if request.method == "POST":
        _choose(user, again="weer" in request.POST)
        if "List-Unsubscribe" not in request.POST:
            return redirect(stop_path(user))
    return render(request, "partners/news_stop.html", {"gets_news": gets_news(user)})


@require_POST
@allow(Permission.SEE_SHARED)
def news_mail(request):
    """No weekly mail any more, or (`weer`) again."""
    again = "weer" in request.POST
    _choose(request.user, again=again)
    words = "Je krijgt de weekmail weer." if again else "Je krijgt deze weekmail niet meer."
    messages.success(request, words)
    return redirect("resource_list")


def _choose(user: User, *, again: bool) -> None:
    if again:
        want_news(user=user)
    else:
        stop_news(user=user, now=timezone.now())
