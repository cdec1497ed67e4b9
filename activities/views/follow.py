"""`/volgen/`: a weekly mail about a House or a search. No account needed; the letter box itself says yes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from activities.actions.follow import (
    PURPOSE,
    Followed,
    ask_to_follow,
    confirm_follow,
    end_all_follows,
    end_follow,
    follow_at_once,
    manage_path,
)
from activities.forms.follow import FollowForm
from activities.models import Follow
from activities.saved_search import read_search
from huizen import links
from huizen.access import public
from huizen.models import House
from huizen.throttle import address_of, too_often

TOO_OFTEN = _("Van hier kwamen te veel vragen na elkaar. Wacht tien minuten.")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_create(request: HttpRequest) -> HttpResponse:
    """What is asked for stands in the address, as on the results page; who is signed in needs one tap."""
    now = timezone.now()
    followed = _followed(request, now)
    if followed is None:
        return render(request, "activities/follow_nothing.html", status=404)
    if request.method != "POST":
        return _show_form(request, followed, FollowForm())
    if request.user.is_authenticated:
        follow_at_once(by=request.user, followed=followed, now=now)
        messages.success(request, gettext("Je volgt nu: %(label)s.") % {"label": followed.label})
        return redirect(reverse("my") + "#volgen")
    return _ask(request, followed, FollowForm(request.POST), now)


def _ask(request, followed: Followed, form: FollowForm, now) -> HttpResponse:
    if too_often("follow", address_of(request)):
        form.add_error(None, TOO_OFTEN)
        return _show_form(request, followed, form, status=429)
    if not form.is_valid():
        return _show_form(request, followed, form, status=422)
    ask_to_follow(email=form.cleaned_data["email"], followed=followed, now=now)
    return redirect("follow_asked")


@require_safe
@public
def follow_asked(request):
    """The same answer for every address: look in your letter box."""
    return render(request, "activities/follow_asked.html")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_manage(request, token: str):
    """By the link in a mail: looking changes nothing; the buttons confirm and end."""
    follow = _follow(token)
    if follow is None:
        return render(request, "link_bad.html", status=404)
    if request.method == "POST":
        return ACTS.get(request.POST.get("wat", ""), _do_nothing)(request, follow, timezone.now())
    return render(request, "activities/follow_manage.html", {"follow": follow})


@public
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow_stop(request, token: str):
    """Ends one weekly mail by a POST: from a mail program (RFC 8058: no cookie, no redirect), or from a person.

    Without the token against forgery: a mail program has none, and the address itself is the secret.
    """
    follow = _follow(token)
    if follow is None:
        return render(request, "link_bad.html", status=404)
    if request.method == "POST":
        follow = end_follow(follow_id=follow.pk, now=timezone.now())
        if "List-Unsubscribe" not in request.POST:
            return redirect(manage_path(follow))
    context = {"follow": follow, "manage_path": manage_path(follow)}
    return render(request, "activities/follow_stop.html", context)


def _followed(request, now) -> Followed | None:
    """What the address asks to follow: only a House, or any other search; None where it asks for nothing we know."""
    asked = {name for name, value in request.GET.items() if value}
    if asked == {"huis"}:
        slug = request.GET["huis"].replace("\x00", "")[:80]
        house = House.objects.published().filter(slug=slug).first()
        return Followed(house.name, house=house) if house else None
    search = read_search(request.GET, now=now)
    return Followed(search.label, query=search.query) if search else None


def _show_form(request, followed: Followed, form: FollowForm, *, status=200) -> HttpResponse:
    return render(
        request, "activities/follow_create.html", {"followed": followed, "form": form}, status=status
    )


def _follow(token: str) -> Follow | None:
    try:
        key = links.read(PURPOSE, token)
    except links.BadLinkError:
        return None
    return Follow.objects.select_related("house").filter(pk=key).first()


def _confirm(request, follow: Follow, now) -> HttpResponse:
    confirm_follow(follow_id=follow.pk, now=now)
    messages.success(request, gettext("Gelukt. We mailen je op donderdag, als er iets nieuw is."))
    return redirect(manage_path(follow))


def _end(request, follow: Follow, now) -> HttpResponse:
    end_follow(follow_id=follow.pk, now=now)
    messages.success(request, gettext("Je krijgt deze mail niet meer."))
    if request.POST.get("terug") == "mijn" and request.user.is_authenticated:
        return redirect(reverse("my") + "#volgen")
    return redirect(manage_path(follow))


def _end_all(request, follow: Follow, now) -> HttpResponse:
    end_all_follows(email=follow.email, now=now)
    messages.success(request, gettext("Je krijgt geen enkele weekmail meer."))
    return redirect(manage_path(follow))


def _do_nothing(request, follow: Follow, now) -> HttpResponse:
    return redirect(manage_path(follow))


ACTS = {"bevestig": _confirm, "stop": _end, "stop-alles": _end_all}
